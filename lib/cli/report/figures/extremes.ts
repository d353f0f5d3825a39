/** Something with a value that may be undefined. */
export interface Valued {
  readonly value: number | null;
}

/** The highest and the lowest of those that are defined; null where none is. */
export function extremes<T extends Valued>(
  all: readonly T[],
): {
  readonly highest: T & { readonly value: number };
  readonly lowest: T & { readonly value: number };
} | null {
  const sorted = all
    .filter((one): one is T & { readonly value: number } => one.value !== null)
    .toSorted((a, b) => b.value - a.value);
  const [highest] = sorted;
  const lowest = sorted.at(-1);
  return highest === undefined || lowest === undefined ? null : { highest, lowest };
}
