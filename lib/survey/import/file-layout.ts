import { parse } from 'csv-parse/sync';
import { InputError, messageOf } from '../../files/input-error.js';
import type { CodeRule } from './code-rules.js';
import type { ItemMap } from './item-map.js';

/** Signs that may stand between the fields of a CSV file. */
const DELIMITERS = [',', ';', '\t'] as const;

/** How a CSV file is written, from its first line. */
export interface CsvLayout {
  readonly delimiter: (typeof DELIMITERS)[number];
  readonly columns: readonly string[];
}

/**
 * The columns of a CSV file and the sign between them. A byte order mark is read over.
 *
 * @param start the beginning of the file, at least its first line
 * @throws InputError for an empty file, UTF-16, and a first line that holds no titles
 */
export function csvLayout(
  start: string,
  source: { readonly path: string; readonly what: string },
): CsvLayout {
  const problem = (found: string, wayOut: string): InputError =>
    new InputError(
      `Reading ${source.what}: ${source.path}, row 1 (titles of columns): found ${found}. Expected the titles with commas, ` +
        `semicolons or tabs between them, in UTF-8. ${wayOut}`,
    );
  if (start.length === 0) {
    throw problem('nothing, the file is empty', 'Download it again.');
  }
  if (start.includes('\0')) {
    throw problem(
      'bytes that are no text (UTF-16, or no CSV file)',
      'Save it as CSV in UTF-8, or import the .sav file.',
    );
  }
  const [line = ''] = start.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const outside = line.replace(/"(?:[^"]|"")*"/g, '');
  const [delimiter] = DELIMITERS.toSorted((a, b) => outside.split(b).length - outside.split(a).length);
  if (delimiter === undefined || !outside.includes(delimiter)) {
    throw problem(`"${line.slice(0, 60)}", a single field`, 'Check that this is the data file.');
  }
  let columns: string[];
  try {
    columns = (parse(line, { delimiter }) as string[][])[0] ?? [];
  } catch (error) {
    throw problem(
      `titles that cannot be taken apart (${messageOf(error).split('\n')[0]})`,
      'Download it again.',
    );
  }
  return { delimiter, columns };
}

/** The columns of a file that an import reads, under the names that they have there. */
export interface FoundColumns {
  readonly country: string | null;
  readonly countryCode: string;
  readonly weight: string;
  readonly study: string | null;
  readonly fixed: readonly string[];
  /** One for each rule whose column is there. */
  readonly items: readonly { readonly rule: CodeRule; readonly column: string }[];
  /** Variables whose column the file lacks. */
  readonly absent: readonly string[];
}

/**
 * Finds the columns of an item map in a file; capitals do not matter.
 *
 * @throws InputError naming columns that are missing, with the kind of file it looks like, and columns that occur twice
 */
export function findColumns(
  columns: readonly string[],
  map: ItemMap,
  rules: readonly CodeRule[],
  path: string,
): FoundColumns {
  const places = new Map<string, string>();
  const twice = new Set<string>();
  for (const column of columns) {
    const key = column.trim().toLowerCase();
    if (places.has(key)) {
      twice.add(key);
    }
    places.set(key, column);
  }
  const find = (column: string): string | null => places.get(column.toLowerCase()) ?? null;
  const { country, countryCode, weight, study, fixed } = map.columns;
  const needed = [country, countryCode, weight, study, ...fixed.map(({ column }) => column)].filter(
    (column) => column !== null,
  );
  const missing = needed.filter((column) => find(column) === null);
  const items = rules.flatMap((rule) => {
    const column = find(rule.column);
    return column === null ? [] : [{ rule, column }];
  });
  if (missing.length > 0 || items.length === 0) {
    const lacking = missing.length > 0 ? missing.join(', ') : `every variable of the item map ${map.id}`;
    const looksLike = map.otherFiles.find((other) => other.columns.every((column) => find(column) !== null));
    throw new InputError(
      `Importing ${map.title}: ${path}, row 1 (titles of columns): lacks ${lacking}. Found ${columns.length} columns: ` +
        `${columns.slice(0, 6).join(', ')}${columns.length > 6 ? ' ...' : ''}. Expected the official file` +
        `${looksLike === undefined ? '' : `; this one looks like ${looksLike.is}`}. ` +
        'Download the right file, or bring its answers into a table of shares (culture-lens import tidy).',
    );
  }
  const repeated = [...needed, ...items.map(({ column }) => column)].find((column) =>
    twice.has(column.toLowerCase()),
  );
  if (repeated !== undefined) {
    throw new InputError(
      `Importing ${map.title}: ${path}, row 1 (titles of columns): ${repeated} occurs twice. Expected each column once. ` +
        'Remove one of the two.',
    );
  }
  const sure = (column: string): string => find(column) ?? column;
  return {
    country: country === null ? null : sure(country),
    countryCode: sure(countryCode),
    weight: sure(weight),
    study: study === null ? null : sure(study),
    fixed: fixed.map(({ column }) => sure(column)),
    items,
    absent: rules.filter((rule) => find(rule.column) === null).map(({ variable }) => variable),
  };
}
