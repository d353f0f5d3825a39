import { readFileSync } from 'node:fs';
import { dataPath } from '../../lib/files/data-folder.js';

/** Rows of a CSV file below data/, split by hand: a second way beside the one that the library takes. */
export function plainCsv(...path: readonly string[]): Record<string, string>[] {
  return plainCsvFile(dataPath(...path));
}

/** The same of any file. */
export function plainCsvFile(path: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const fields: string[] = [];
    // A field is quoted only where it holds a comma.
    for (const [, quoted, bare] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
      fields.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    }
    return Object.fromEntries(names.map((name, place) => [name, fields[place] ?? '']));
  });
}
