import { csvText } from '../../files/csv-text.js';
import type { Country } from '../../types.js';
import type { MeanLine, ShareLine } from './aggregate-cells.js';

/** Where the numbers of an imported human side come from, as the columns of its files tell it. */
export interface LineSource {
  /** The column `source`: which importer. */
  readonly source: ImportSource;
  /** The column `weight_source` of a country. */
  readonly weightSource: (country: string) => string;
  readonly countries: readonly Pick<Country, 'iso3' | 'name'>[];
}

/** The column `source` of every file that an importer writes. */
export type ImportSource = 'wvs_file' | 'evs_wvs_file' | 'tidy_table';

/** The text of `shares.csv`, in the columns of data/survey/wvs7_shares.csv. */
export function sharesCsv(lines: readonly ShareLine[], of: LineSource): string {
  const names = namesOf(of);
  return csvText(
    lines.map(({ country, variable, code, weighted, unweighted, n }) => ({
      country_iso3: country,
      country_name: names.get(country) ?? country,
      variable,
      option_code: code,
      share_weighted: decimals(weighted),
      share_unweighted: decimals(unweighted),
      n_valid: n,
      ...tail(of, country, n),
    })),
  );
}

/** The text of `means.csv`, in the columns of data/survey/wvs7_means.csv; null where no item carries a mean. */
export function meansCsv(lines: readonly MeanLine[], of: LineSource): string | null {
  const names = namesOf(of);
  return lines.length === 0
    ? null
    : csvText(
        lines.map((line) => ({
          country_iso3: line.country,
          country_name: names.get(line.country) ?? line.country,
          variable: line.variable,
          mean_weighted: decimals(line.weighted),
          sd_weighted: decimals(line.sdWeighted),
          mean_unweighted: decimals(line.unweighted),
          sd_unweighted: decimals(line.sdUnweighted),
          n_valid: line.n,
          ...tail(of, line.country, line.n),
        })),
      );
}

function tail({ source, weightSource }: LineSource, country: string, n: number | null): object {
  return { source, n_basis: n === null ? 'not_given' : 'exact', weight_source: weightSource(country) };
}

function namesOf({ countries }: LineSource): Map<string, string> {
  return new Map(countries.map(({ iso3, name }) => [iso3, name]));
}

/** Enough that eleven of them miss 1 by less than a hundred-millionth, and no more than sums of doubles hold. */
function decimals(value: number | null): string | null {
  return value === null ? null : value.toFixed(9);
}
