import type { FigureName, Measure } from '../../../analysis/mini-world/seed-values.js';
import { formatNumber } from '../text-table.js';

const SHORT: Readonly<Partial<Record<FigureName, string>>> = {
  'West minus others': 'lean (r)',
  'West minus others, deviation r': 'lean (deviation r)',
};

/** A measure in a column: "deviation r, held-out cells", with format and language where they are not plain English. */
export function measureLabel({ figure, cells, format, language, with: side }: Measure): string {
  return [
    SHORT[figure] ?? figure,
    cells,
    ...(format === 'plain' ? [] : [format]),
    ...(language === 'english' ? [] : [language]),
    ...(side === 'people' ? [] : ['with own text']),
  ].join(', ');
}

/** "mini-100k" is "100k" in a table in which all are mini. */
export function shortRecipe(recipe: string): string {
  return recipe.replace(/^mini-/, '');
}

/** "0.643 ± 0.012": mean and standard deviation over seeds. */
export function meanAndSpread(mean: number | null, standardDeviation: number | null): string {
  return standardDeviation === null
    ? formatNumber(mean, 3)
    : `${formatNumber(mean, 3)} ± ${formatNumber(standardDeviation, 3)}`;
}

/** A p for a table. */
export function formatP(p: number | null): string {
  return p !== null && p < 0.001 ? '<.001' : formatNumber(p, 3);
}

/** Rising whole numbers with neighbours drawn together: "1, 3–5". */
export function inRanges(numbers: readonly number[]): string {
  const starts = numbers.filter((one) => !numbers.includes(one - 1));
  const ends = numbers.filter((one) => !numbers.includes(one + 1));
  return starts
    .map((start, turn) => (ends[turn] === start ? `${start}` : `${start}–${ends[turn]}`))
    .join(', ');
}
