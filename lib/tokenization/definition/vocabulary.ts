import type { TokenizerFile } from './tokenizer-file.js';

/** Ids of the model's own tokens, and of the added ones. */
export function tokenIdsOf({ model, added_tokens }: TokenizerFile): Map<string, number> {
  const { vocab } = model;
  const ids = new Map<string, number>();
  if (Array.isArray(vocab)) {
    for (const [id, entry] of vocab.entries()) {
      ids.set(String(Array.isArray(entry) ? entry[0] : entry), id);
    }
  } else {
    for (const [token, id] of Object.entries(vocab ?? {})) {
      ids.set(token, Number(id));
    }
  }
  for (const { content, id } of added_tokens) {
    ids.set(content, id);
  }
  return ids;
}
