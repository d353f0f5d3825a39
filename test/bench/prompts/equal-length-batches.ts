/**
 * Batches of prompts of one length each, so that a peer needs no padding: its fastest way with whole prompts.
 *
 * @param lengths tokens of each prompt
 * @param size prompts of a batch at most
 * @returns places of the prompts of each batch, short prompts first
 */
export function equalLengthBatches(lengths: readonly number[], size: number): number[][] {
  const byLength = new Map<number, number[]>();
  for (const [place, length] of lengths.entries()) {
    byLength.set(length, [...(byLength.get(length) ?? []), place]);
  }
  return [...byLength.keys()]
    .sort((one, other) => one - other)
    .flatMap((length) => chunks(byLength.get(length) ?? [], size));
}

function chunks(places: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(places.length / size) }, (_, chunk) =>
    places.slice(chunk * size, (chunk + 1) * size),
  );
}
