import { InputError } from '../files/input-error.js';
import { parseCsv } from '../files/read-csv.js';
import {
  type CsvSource,
  countField,
  fieldError,
  optionalNumberField,
  textField,
  wordField,
} from './csv-fields.js';

/** Kinds of aggregates; data/survey/README.md says where each comes from. The last three are a user's own files. */
const SOURCES = [
  'micro_v5',
  'spa_v6',
  'india_v6',
  'mena',
  'mena_unchecked',
  'simllm',
  'webapp',
  'webapp_complete_case',
  'teaching_extract',
  'trend_mean',
  'trend_binary',
  'wvs_file',
  'evs_wvs_file',
  'tidy_table',
] as const;
const WEIGHT_SOURCES = ['W_WEIGHT', 'all_weights_1', 'qog_jan24', 'gwght', 'as_given', ''] as const;

const CELL_COLUMNS = ['country_iso3', 'variable', 'n_valid', 'source', 'weight_source'] as const;
const SHARE_COLUMNS = [...CELL_COLUMNS, 'option_code', 'share_weighted', 'share_unweighted'] as const;
const MEAN_COLUMNS = [...CELL_COLUMNS, 'mean_weighted', 'mean_unweighted'] as const;
const SUSPECT_COLUMNS = ['country_iso3', 'variable', 'what_is_suspect'] as const;

/** One row of the file of answer shares. */
export interface ShareRow {
  readonly line: number;
  readonly country: string;
  readonly variable: string;
  readonly code: number;
  readonly weighted: number | null;
  readonly unweighted: number | null;
  /** Answers behind the cell, special codes included; null where the source does not tell. */
  readonly respondents: number | null;
  readonly source: string;
}

/** One row of the file of means; means are in the survey's codes. */
export interface MeanRow {
  readonly line: number;
  readonly country: string;
  readonly variable: string;
  readonly weighted: number | null;
  readonly unweighted: number;
  /** Answers behind the mean, special codes left out; null where the source does not tell. */
  readonly respondents: number | null;
  readonly source: string;
  readonly weightSource: string;
}

/** A cell that looks wrong in the survey itself. */
export interface SuspectRow {
  readonly country: string;
  readonly variable: string;
  readonly reason: string;
}

/** CSV text of answer shares in, rows out. @throws InputError naming line and column */
export function parseShareRows(text: string, path: string): ShareRow[] {
  const source: CsvSource = { path, what: 'the answer shares' };
  const range = { lowest: 0, highest: 1 };
  return parseCsv(text, SHARE_COLUMNS, source).map((row) => ({
    line: row.line,
    country: textField(source, row, 'country_iso3'),
    variable: textField(source, row, 'variable'),
    code: countField(source, row, 'option_code'),
    weighted: optionalNumberField(source, row, 'share_weighted', range),
    unweighted: optionalNumberField(source, row, 'share_unweighted', range),
    respondents: row.values.n_valid === '' ? null : countField(source, row, 'n_valid'),
    source: wordField(source, row, 'source', SOURCES),
  }));
}

/** CSV text of means in, rows out. @throws InputError naming line and column, and for a cell that occurs twice */
export function parseMeanRows(text: string, path: string): MeanRow[] {
  const source: CsvSource = { path, what: 'the country means' };
  const range = { lowest: 0, highest: 100 };
  const lines = new Map<string, number>();
  return parseCsv(text, MEAN_COLUMNS, source).map((row) => {
    const { country_iso3: country, variable } = row.values;
    const earlier = lines.get(`${country} ${variable}`);
    if (earlier !== undefined) {
      throw new InputError(
        `Reading the country means: ${path} line ${row.line} repeats ${country} ${variable} of line ${earlier}. ` +
          'Expected one row for each country and variable. Remove one of the two.',
      );
    }
    lines.set(`${country} ${variable}`, row.line);
    const unweighted = optionalNumberField(source, row, 'mean_unweighted', range);
    if (unweighted === null) {
      throw fieldError(source, row, 'mean_unweighted', 'a number');
    }
    return {
      line: row.line,
      country: textField(source, row, 'country_iso3'),
      variable: textField(source, row, 'variable'),
      weighted: optionalNumberField(source, row, 'mean_weighted', range),
      unweighted,
      respondents: row.values.n_valid === '' ? null : countField(source, row, 'n_valid'),
      source: wordField(source, row, 'source', SOURCES),
      weightSource: wordField(source, row, 'weight_source', WEIGHT_SOURCES),
    };
  });
}

/** CSV text of suspect cells in, rows out. @throws InputError naming line and column */
export function parseSuspectRows(text: string, path: string): SuspectRow[] {
  const source: CsvSource = { path, what: 'the suspect cells' };
  return parseCsv(text, SUSPECT_COLUMNS, source).map((row) => ({
    country: textField(source, row, 'country_iso3'),
    variable: textField(source, row, 'variable'),
    reason: textField(source, row, 'what_is_suspect'),
  }));
}
