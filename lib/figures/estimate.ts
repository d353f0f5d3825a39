/** A number with its interval, as figures draw it; analyses return records that fit. */
export interface Estimate {
  /** Null where undefined: nothing is drawn. */
  readonly mean: number | null;
  readonly interval: { readonly low: number | null; readonly high: number | null };
  /** How many units (countries, items, seeds) the number is a mean of. */
  readonly n: number;
}

/** Error bars of estimates, in the form plotly takes: none where there is no interval. */
export function errorBars(estimates: readonly Estimate[]): object {
  const reach = (side: 'low' | 'high'): (number | null)[] =>
    estimates.map(({ mean, interval }) => {
      const end = interval[side];
      return mean === null || end === null ? null : rounded(Math.abs(end - mean));
    });
  const [up, down] = [reach('high'), reach('low')];
  if ([...up, ...down].every((end) => end === null)) {
    // plotly would draw caps around nothing.
    return { visible: false };
  }
  return {
    type: 'data',
    symmetric: false,
    array: up,
    arrayminus: down,
    thickness: 1.4,
    width: 3,
  };
}

/** Means of estimates, for an axis. */
export function meansOf(estimates: readonly Estimate[]): (number | null)[] {
  return estimates.map(({ mean }) => (mean === null ? null : rounded(mean)));
}

/** Four digits: more than a figure can show, and the same on every machine. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** Where the marks of several series stand around the line of their group, which is one unit wide. */
export function dodge(place: number, count: number): number {
  const step = Math.min(0.18, 0.7 / Math.max(count, 1));
  return (place - (count - 1) / 2) * step;
}
