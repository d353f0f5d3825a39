/** Some of many, and which: "" where they are all, else ", models 1 to 6 of 17". */
export interface Group<T> {
  readonly some: readonly T[];
  readonly which: string;
}

/** Models in groups of about the same size, none larger than `most`, in their order. */
export function inGroups<T>(models: readonly T[], most: number): Group<T>[] {
  const count = Math.ceil(models.length / most);
  const size = Math.ceil(models.length / Math.max(count, 1));
  return Array.from({ length: count }, (_, place) => {
    const some = models.slice(place * size, (place + 1) * size);
    const from = place * size + 1;
    return {
      some,
      which: count === 1 ? '' : `, models ${from} to ${from + some.length - 1} of ${models.length}`,
    };
  });
}
