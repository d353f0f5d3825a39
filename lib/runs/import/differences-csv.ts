import { csvText } from '../../files/csv-text.js';
import { type Differences, size } from '../../survey/import/differences.js';

/** The text of `differences.csv`: every number that is another one than in the aggregates that ship, the largest first. */
export function differencesCsv({ rows }: Differences): string {
  return csvText(
    rows.map((row) => ({
      country_iso3: row.country,
      variable: row.variable,
      what: row.what,
      option_code: row.code,
      weights: row.weighted ? 'weighted' : 'unweighted',
      shipped: row.shipped,
      imported: row.imported.toFixed(9),
      difference: size(row).toFixed(9),
      shipped_source: row.source,
    })),
    [
      ...(['country_iso3', 'variable', 'what', 'option_code', 'weights'] as const),
      ...(['shipped', 'imported', 'difference', 'shipped_source'] as const),
    ],
  );
}
