import { join, resolve } from 'node:path';
import { projectPath } from '../files/data-folder.js';
import { InputError, messageOf } from '../files/input-error.js';
import { readJsonFile } from '../files/read-json.js';
import { configured } from './definition/configured.js';
import { restated } from './definition/restated.js';
import { type TokenizerFile, tokenizerConfig, tokenizerFile } from './definition/tokenizer-file.js';
import { unsupportedConstructs } from './definition/unsupported.js';
import { ExactTokenizer } from './exact/exact-tokenizer.js';
import { createRememberingEncoder, type RememberingEncoder } from './remembering/remembering-encoder.js';

/** Text to token ids and back, exactly as the model was trained. */
export interface Tokenizer {
  /** Folder that it was loaded from. */
  readonly folder: string;
  /** One more than the largest token id. */
  readonly vocabularySize: number;
  /** @param specialTokens whether to add the special tokens that the tokenizer's own settings ask for (a BOS, say) */
  encode(text: string, options: { readonly specialTokens: boolean }): number[];
  /** The text of token ids, special tokens included. An id that the tokenizer lacks has no text. */
  decode(tokenIds: readonly number[]): string;
  /** A second `encode` with the same results, much faster for many texts of the same words. Each has its own memory. */
  remembering(): RememberingEncoder;
}

/**
 * Loads `tokenizer.json` and `tokenizer_config.json` of a local folder; ids are those that transformers' generic class gives.
 *
 * @param folder absolute, or relative to the project, for example "data/models/mini/mini-600k"
 * @throws InputError when a file is missing or broken, or uses constructs that cannot be reproduced exactly
 */
export function loadTokenizer(folder: string): Tokenizer {
  const place = resolve(projectPath(), folder);
  const path = join(place, 'tokenizer.json');
  const file = readJsonFile(path, tokenizerFile, 'the tokenizer');
  const configPath = join(place, 'tokenizer_config.json');
  const config = readJsonFile(configPath, tokenizerConfig, 'the tokenizer configuration');
  const unsupported = unsupportedConstructs(file, config);
  if (unsupported.length > 0) {
    throw new InputError(
      `Loading the tokenizer ${path}: it uses what cannot be reproduced exactly here: ${unsupported.join('; ')}. ` +
        'Its token ids could differ in silence, so the model is refused.',
    );
  }
  const tokenizer = open(restated(configured(file, config)), path);
  const ids = [...tokenizer.get_vocab(true).values()];
  return {
    folder: place,
    vocabularySize: ids.reduce((largest, id) => Math.max(largest, id), -1) + 1,
    encode: (text, { specialTokens }) => tokenizer.encode(text, { add_special_tokens: specialTokens }).ids,
    decode: (tokenIds) => {
      const known = tokenIds.filter((id) => tokenizer.model.vocab[id] !== undefined);
      // The library refuses to decode nothing.
      return known.length === 0
        ? ''
        : tokenizer.decode(known, { skip_special_tokens: false, clean_up_tokenization_spaces: false });
    },
    remembering: () => createRememberingEncoder(tokenizer),
  };
}

function open(file: TokenizerFile, path: string): ExactTokenizer {
  try {
    return new ExactTokenizer(file);
  } catch (error) {
    throw new InputError(
      `Loading the tokenizer ${path}: ${messageOf(error)}. Expected a Hugging Face tokenizer.json.`,
    );
  }
}
