import { type LibraryModel, UnigramModel } from '../library-parts.js';

/** The part of tokenizer.json that describes the model. */
type ModelDefinition = Readonly<Record<string, unknown>>;

/**
 * Lets a model treat unknown letters as Python does: neighbours are fused within a pre-token and not beyond it, a Unigram
 * model writes them as bytes if it has all of them, and the unknown token is that of the model itself.
 */
export function correctModel(model: LibraryModel, { unk_token, byte_fallback }: ModelDefinition): void {
  if (typeof unk_token === 'string') {
    model.unk_token_id = model.tokens_to_ids.get(unk_token);
  }
  if (!model.fuse_unk) {
    return;
  }
  model.fuse_unk = false;
  const encode = model.encode.bind(model);
  const isUnigram = model instanceof UnigramModel;
  const isUnknown = isUnigram
    ? (token: string): boolean => !model.tokens_to_ids.has(token)
    : (token: string): boolean => token === unk_token;
  const asBytes = (token: string): string[] => bytesOf(token).filter((byte) => model.tokens_to_ids.has(byte));
  model.encode = (preTokens) =>
    preTokens.flatMap((preToken) =>
      fused(encode([preToken]), isUnknown).flatMap((token) => {
        const bytes = isUnigram && byte_fallback && isUnknown(token) ? asBytes(token) : [];
        return bytes.length > 0 && bytes.length === Buffer.byteLength(token) ? bytes : [token];
      }),
    );
}

/** Unknown tokens in a row as one. */
function fused(tokens: readonly string[], isUnknown: (token: string) => boolean): string[] {
  const all: string[] = [];
  let before = false;
  for (const token of tokens) {
    const unknown = isUnknown(token);
    if (unknown && before) {
      all.push(`${all.pop()}${token}`);
    } else {
      all.push(token);
    }
    before = unknown;
  }
  return all;
}

const bytesOf = (text: string): string[] =>
  [...Buffer.from(text)].map((byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
