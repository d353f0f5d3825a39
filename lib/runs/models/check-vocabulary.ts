import { InputError } from '../../files/input-error.js';
import type { Tokenizer } from '../../tokenization/tokenizer.js';

// An export may pad its output layer for speed; a tokenizer that lacks more than this share is another model's.
const LARGEST_PADDED_SHARE = 0.1;

/** Makes sure that a tokenizer fits a model with so many logits. @throws InputError when it must be another model's */
export function checkVocabulary(tokenizer: Tokenizer, logits: number): void {
  const tokens = tokenizer.vocabularySize;
  if (tokens > logits || tokens < logits * (1 - LARGEST_PADDED_SHARE)) {
    throw new InputError(
      `Opening the model folder ${tokenizer.folder}: tokenizer.json knows ${tokens} token ids, but the graph returns ` +
        `${logits} logits. Expected about as many: this tokenizer belongs to another model. Copy both from one source.`,
    );
  }
}
