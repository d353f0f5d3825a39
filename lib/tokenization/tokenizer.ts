import { join } from 'node:path';
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { InputError, messageOf } from '../files/input-error.js';
import { readJsonFile } from '../files/read-json.js';
import { createRememberingEncoder, type RememberingEncoder } from './remembering/remembering-encoder.js';
import { unsupportedConstructs } from './unsupported.js';

/** Text to token ids and back, exactly as the model was trained. */
export interface Tokenizer {
  /** Folder that it was loaded from. */
  readonly folder: string;
  /** One more than the largest token id. */
  readonly vocabularySize: number;
  /** @param specialTokens whether to add the special tokens that the tokenizer's own settings ask for (a BOS, say) */
  encode(text: string, options: { readonly specialTokens: boolean }): number[];
  /** The text of token ids, special tokens included. */
  decode(tokenIds: readonly number[]): string;
  /** A second `encode` with the same results, much faster for many texts of the same words. Each has its own memory. */
  remembering(): RememberingEncoder;
}

const anyObject = z.looseObject({});
const tokenizerFile = z.looseObject({ model: z.looseObject({}) });

/**
 * Loads `tokenizer.json` and `tokenizer_config.json` of a local folder.
 *
 * @throws InputError when a file is missing or broken, or uses constructs that the tokenizer library cannot reproduce
 */
export function loadTokenizer(folder: string): Tokenizer {
  const path = join(folder, 'tokenizer.json');
  const definition = readJsonFile(path, tokenizerFile, 'the tokenizer');
  const config = readJsonFile(
    join(folder, 'tokenizer_config.json'),
    anyObject,
    'the tokenizer configuration',
  );
  const unsupported = unsupportedConstructs(definition);
  if (unsupported.length > 0) {
    throw new InputError(
      `Loading the tokenizer ${path}: it uses what cannot be reproduced exactly here: ${unsupported.join('; ')}. ` +
        'Its token ids could differ in silence, so the model is refused.',
    );
  }
  let library: LibraryTokenizer;
  try {
    library = new LibraryTokenizer(definition, config);
  } catch (error) {
    throw new InputError(
      `Loading the tokenizer ${path}: ${messageOf(error)}. Expected a Hugging Face tokenizer.json.`,
    );
  }
  const ids = [...library.get_vocab(true).values()];
  return {
    folder,
    vocabularySize: ids.reduce((largest, id) => Math.max(largest, id), -1) + 1,
    encode: (text, { specialTokens }) => library.encode(text, { add_special_tokens: specialTokens }).ids,
    decode: (tokenIds) =>
      library.decode([...tokenIds], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
    remembering: () => createRememberingEncoder(library, config),
  };
}
