import type { CodeRule } from './code-rules.js';

/** How many people of one country gave one answer, and the sum of their weights. */
export interface Frequency {
  readonly country: string;
  readonly variable: string;
  /** Of the item bank, special codes among them; never a missing code. */
  readonly code: number;
  readonly n: number;
  readonly weight: number;
}

/** One line of `shares.csv`. */
export interface ShareLine {
  readonly country: string;
  readonly variable: string;
  readonly code: number;
  readonly weighted: number | null;
  readonly unweighted: number;
  /** People behind the cell, special codes counted; null where the source does not tell. */
  readonly n: number | null;
}

/** One line of `means.csv`, in the survey's codes. */
export interface MeanLine {
  readonly country: string;
  readonly variable: string;
  readonly weighted: number | null;
  readonly sdWeighted: number | null;
  readonly unweighted: number;
  readonly sdUnweighted: number | null;
  /** People behind the mean, special codes left out; null where the source does not tell. */
  readonly n: number | null;
}

/**
 * Shares, means and standard deviations of every country and item, from counts of answers.
 *
 * A share is sum(w) over the people who gave the answer / sum(w) over all who gave a valid one, w = 1 where unweighted;
 * missing (negative) codes count for neither. Special codes have a share and do not enter the mean, sum(w x) / sum(w).
 * The standard deviation is sqrt(sum(w (x - mean)^2) / sum(w) * n / (n - 1)) with n people, null below two of them: with
 * equal weights the sample's, and the same however weights are scaled. A weighted value is null where no weight is left.
 *
 * @returns in the order of the frequencies' countries, then of the rules; options that nobody gave have the share 0
 */
export function aggregateCells(
  frequencies: readonly Frequency[],
  rules: readonly CodeRule[],
): { readonly shares: ShareLine[]; readonly means: MeanLine[] } {
  const cells = new Map<string, Frequency[]>();
  for (const frequency of frequencies) {
    const key = cellKey(frequency.country, frequency.variable);
    const cell = cells.get(key);
    if (cell === undefined) {
      cells.set(key, [frequency]);
    } else {
      cell.push(frequency);
    }
  }
  const countries = [...new Set(frequencies.map(({ country }) => country))];
  const all = countries.flatMap((country) =>
    rules.flatMap((rule) => {
      const cell = (cells.get(cellKey(country, rule.variable)) ?? []).toSorted((a, b) => a.code - b.code);
      const isAnswered = cell.some(({ code }) => !rule.special.has(code));
      return isAnswered ? [{ country, rule, cell }] : [];
    }),
  );
  return {
    shares: all.flatMap(({ country, rule, cell }) => sharesOf(country, rule, cell)),
    means: all.flatMap(({ country, rule, cell }) => meanOf(country, rule, cell) ?? []),
  };
}

function sharesOf(country: string, rule: CodeRule, cell: readonly Frequency[]): ShareLine[] {
  const n = total(cell, 'n');
  const weight = total(cell, 'weight');
  // Shares over the options alone must exist too: where all weight lies on special codes there is no weighted share.
  const isWeighted = total(withoutSpecial(rule, cell), 'weight') > 0;
  const codes = [...new Set([...rule.codes.values(), ...rule.special])].sort((a, b) => a - b);
  return codes.flatMap((code): ShareLine[] => {
    const own = cell.filter((one) => one.code === code);
    return own.length === 0 && rule.special.has(code)
      ? []
      : [
          {
            ...{ country, variable: rule.variable, code, n },
            weighted: isWeighted ? total(own, 'weight') / weight : null,
            unweighted: total(own, 'n') / n,
          },
        ];
  });
}

function meanOf(country: string, rule: CodeRule, cell: readonly Frequency[]): MeanLine | null {
  const { meanCode } = rule;
  if (meanCode === null) {
    return null;
  }
  const kept = withoutSpecial(rule, cell).map((one) => ({ ...one, value: meanCode(one.code) }));
  const n = total(kept, 'n');
  const plain = moments(kept, 'n', n);
  const weighted = moments(kept, 'weight', n);
  return plain === null
    ? null
    : {
        ...{ country, variable: rule.variable, n },
        weighted: weighted?.mean ?? null,
        sdWeighted: weighted?.sd ?? null,
        unweighted: plain.mean,
        sdUnweighted: plain.sd,
      };
}

function moments(
  kept: readonly (Frequency & { readonly value: number })[],
  by: 'n' | 'weight',
  n: number,
): { readonly mean: number; readonly sd: number | null } | null {
  const sum = total(kept, by);
  if (!(sum > 0)) {
    return null;
  }
  const mean = kept.reduce((all, one) => all + one[by] * one.value, 0) / sum;
  const square = kept.reduce((all, one) => all + one[by] * (one.value - mean) ** 2, 0) / sum;
  return { mean, sd: n < 2 ? null : Math.sqrt((square * n) / (n - 1)) };
}

function withoutSpecial({ special }: CodeRule, cell: readonly Frequency[]): Frequency[] {
  return cell.filter(({ code }) => !special.has(code));
}

function total(cell: readonly Frequency[], of: 'n' | 'weight'): number {
  return cell.reduce((sum, one) => sum + one[of], 0);
}

function cellKey(country: string, variable: string): string {
  return `${country} ${variable}`;
}
