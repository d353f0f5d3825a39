/** Which values of a statistic speak against the null hypothesis; `two-sided`: twice the smaller one-sided p. */
export type Alternative = 'greater' | 'less' | 'two-sided';

/** How many values are as large as the observed one or larger, and as small or smaller; ties count in both. */
export interface ExtremeCounts {
  readonly larger: number;
  readonly smaller: number;
}

/** The same numbers added in another order differ by rounding; values this close, beside the largest of all, are ties. */
const TIE = 1e-12;

export function countAsExtreme(values: readonly number[], observed: number): ExtremeCounts {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), Math.abs(observed));
  const tie = TIE * largest;
  return {
    larger: values.filter((value) => value >= observed - tie).length,
    smaller: values.filter((value) => value <= observed + tie).length,
  };
}

/**
 * p from counts: count / total where the values are all that there can be, (count + 1) / (total + 1) where they are a
 * random sample and the observed value is added.
 */
export function pOfCounts(input: {
  readonly counts: ExtremeCounts;
  readonly total: number;
  readonly withObserved: boolean;
  readonly alternative: Alternative;
}): number {
  const { counts, total, withObserved, alternative } = input;
  const added = withObserved ? 1 : 0;
  const share = (count: number) => (count + added) / (total + added);
  switch (alternative) {
    case 'greater':
      return share(counts.larger);
    case 'less':
      return share(counts.smaller);
    case 'two-sided':
      return Math.min(1, 2 * share(Math.min(counts.larger, counts.smaller)));
  }
}
