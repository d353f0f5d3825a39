import { restateNormalizer } from './restate-normalizer.js';
import { restatePreTokenizer } from './restate-pre-tokenizer.js';
import type { TokenizerFile } from './tokenizer-file.js';

/**
 * The same tokenizer in constructs that the tokenizer library does exactly as Python.
 *
 * Several of the library's parts differ from Python's: what counts as a digit or as white space, cuts at word starts, how a
 * Split puts its pieces together. Each can be said as a Split or a Replace with a pattern, which the library translates well.
 */
export function restated(file: TokenizerFile): TokenizerFile {
  const { normalizer, pre_tokenizer, model } = file;
  return {
    ...file,
    normalizer: normalizer === null ? null : restateNormalizer(normalizer),
    pre_tokenizer: pre_tokenizer === null ? null : restatePreTokenizer(pre_tokenizer),
    model: { ...model, type: model.type ?? typeOf(model) },
  };
}

/** Old files do not name the type of their model. */
function typeOf(model: Readonly<Record<string, unknown>>): string {
  if ('merges' in model) {
    return 'BPE';
  }
  if (Array.isArray(model.vocab)) {
    return 'Unigram';
  }
  return 'continuing_subword_prefix' in model ? 'WordPiece' : 'WordLevel';
}
