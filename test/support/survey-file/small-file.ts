import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportOutcome, type ImportTarget, importHuman } from '../../../lib/runs/import/import-human.js';
import type { ImportRequest } from '../../../lib/runs/import/importer.js';
import type { HumanSideKind } from '../../../lib/survey/human-side.js';
import type { MadeUpColumn, MadeUpRow } from './made-up-survey.js';
import { writeSurveyCsv } from './write-survey-csv.js';

/** A path in a new folder below the system's temporary one. */
export function newPath(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'import-')), name);
}

/** What every row of wave 7 has beside its answers. */
export const WAVE_7 = ['A_WAVE', 'B_COUNTRY', 'B_COUNTRY_ALPHA', 'W_WEIGHT'] as const;

/** Columns of a small file: names that end in ALPHA hold texts. */
export function columnsNamed(names: readonly string[]): MadeUpColumn[] {
  return names.map((name) => ({ name, kind: name.endsWith('ALPHA') ? 'text' : 'number' }));
}

/** A small CSV file of wave 7 with these answers, one row a respondent. @returns its path */
export function smallWave7(
  variables: readonly string[],
  people: readonly {
    readonly country?: [string, number];
    readonly weight?: number;
    readonly answers: MadeUpRow;
  }[],
): string {
  const file = newPath('small.csv');
  const rows = people.map(({ country: [iso3, code] = ['DEU', 276], weight = 1, answers }) => [
    ...[7, code, iso3, weight],
    ...answers,
  ]);
  writeSurveyCsv(file, columnsNamed([...WAVE_7, ...variables]), rows);
  return file;
}

/** Imports a file into a new folder. */
export function importSmall(
  file: string,
  more: Partial<Omit<ImportRequest & ImportTarget, 'file' | 'onProgress'>> & {
    readonly kind?: HumanSideKind;
  } = {},
): Promise<ImportOutcome> {
  return importHuman({ kind: 'wvs', out: newPath('side'), ...more, file, onProgress: () => {} });
}
