import type { Item } from '../../types.js';
import type { MeanLine, ShareLine } from './aggregate-cells.js';

/** One country's answers to one item, as they stand in a table of shares. */
export interface TidyCell {
  readonly country: string;
  readonly item: Item;
  /** Line of the table at which it begins. */
  readonly line: number;
  readonly n: number | null;
  /** Code -> share or percent. */
  readonly shares: Map<number, number>;
}

/** What all shares of a cell sum to. */
export function sumOfShares({ shares }: TidyCell): number {
  return [...shares.values()].reduce((all, share) => all + share, 0);
}

/** What lies on options, special codes left out. */
export function sumOfOptions({ item, shares }: TidyCell): number {
  return item.options.reduce((all, { code }) => all + (shares.get(code) ?? 0), 0);
}

/** The lines of a cell, its shares summing to 1, and how many of the item's options the table does not name. */
export function linesOf(
  cell: TidyCell,
  weighted: boolean,
): { readonly shares: ShareLine[]; readonly mean: MeanLine | null; readonly filled: number } {
  const { country, item, n, shares } = cell;
  const whole = sumOfShares(cell);
  const { variable } = item;
  const codes = [
    ...item.options.map(({ code }) => code),
    ...item.droppedCodes.filter((code) => shares.has(code)),
  ];
  const lines = codes
    .toSorted((a, b) => a - b)
    .map((code): ShareLine => {
      const share = (shares.get(code) ?? 0) / whole;
      return { country, variable, code, unweighted: share, weighted: weighted ? share : null, n };
    });
  return {
    shares: lines,
    mean: meanLine(cell, lines, weighted),
    filled: item.options.filter(({ code }) => !shares.has(code)).length,
  };
}

function meanLine(
  { country, item, n }: TidyCell,
  lines: readonly ShareLine[],
  weighted: boolean,
): MeanLine | null {
  const kept = lines.filter(({ code }) => !item.droppedCodes.includes(code));
  const whole = kept.reduce((all, { unweighted }) => all + unweighted, 0);
  if (!item.canMean || whole === 0) {
    return null;
  }
  const mean = kept.reduce((all, { code, unweighted }) => all + code * unweighted, 0) / whole;
  const square = kept.reduce((all, { code, unweighted }) => all + (code - mean) ** 2 * unweighted, 0) / whole;
  const people = n === null ? null : Math.round(n * whole);
  const sd = people === null || people < 2 ? null : Math.sqrt((square * people) / (people - 1));
  return {
    ...{ country, variable: item.variable, n: people, unweighted: mean, sdUnweighted: sd },
    ...{ weighted: weighted ? mean : null, sdWeighted: weighted ? sd : null },
  };
}
