import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { type DirectCell, directComputation } from '../support/survey-file/direct-computation.js';
import { expectSameCells } from '../support/survey-file/expect-same-cells.js';
import { fullMadeUpSurvey } from '../support/survey-file/made-up-survey.js';
import { writeSurveyCsv } from '../support/survey-file/write-survey-csv.js';
import { writeSurveySav } from '../support/survey-file/write-survey-sav.js';

const RESPONDENTS = 97_220;
const COLUMNS = 600;

const folder = mkdtempSync(join(tmpdir(), 'import-full-'));
const survey = fullMadeUpSurvey();
let direct: ReadonlyMap<string, DirectCell>;

beforeAll(() => {
  expect(survey.columns).toHaveLength(COLUMNS);
  writeSurveyCsv(join(folder, 'full.csv'), survey.columns, survey.rows());
  writeSurveySav(join(folder, 'full.sav'), survey.columns, survey.rows(), {
    compression: 'bytecode',
    rowsInHead: RESPONDENTS,
  });
  direct = directComputation(survey);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as a user gives it, on two threads. @returns what it took */
function importFile(name: string): { readonly megabytes: number; readonly seconds: number } {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      ...['--import', projectPath('test', 'import-full', 'print-peak.js')],
      projectPath('lib', 'bin', 'culture-lens.js'),
      ...['import', 'wvs', join(folder, name), '--out', join(folder, `${name}-side`)],
    ],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('PEAK');
  expect(status, stderr).toBe(0);
  console.log(stdout);
  const found = JSON.parse(/PEAK (.*)/.exec(stderr)?.[1] ?? '{}') as { megabytes: number; seconds: number };
  const megabytes = Math.round(statSync(join(folder, name)).size / 1e6);
  console.log(
    `${name} (${megabytes} MB): ${found.seconds.toFixed(1)} s, at most ${found.megabytes} MB of memory`,
  );
  return found;
}

describe(`a made-up file of ${RESPONDENTS} respondents and ${COLUMNS} columns`, () => {
  it('is imported from CSV as computed directly, in less than a minute and 1 GB', () => {
    const { megabytes, seconds } = importFile('full.csv');
    expectSameCells(join(folder, 'full.csv-side'), direct);
    expect(megabytes).toBeLessThan(1000);
    expect(seconds).toBeLessThan(60);
  });

  it('is imported from .sav as computed directly, in less than five minutes and 1 GB', () => {
    const { megabytes, seconds } = importFile('full.sav');
    expectSameCells(join(folder, 'full.sav-side'), direct);
    expect(megabytes).toBeLessThan(1000);
    expect(seconds).toBeLessThan(300);
    const read = (side: string): string => readFileSync(join(folder, side, 'shares.csv'), 'utf8');
    expect(read('full.sav-side') === read('full.csv-side')).toBe(true);
  });

  it('leaves nothing of single people behind', () => {
    expect(readdirSync(join(folder, 'full.csv-side')).sort()).toEqual(
      ['differences.csv', 'human.json', 'means.csv', 'shares.csv', 'suspect_cells.csv'].sort(),
    );
    expect(readdirSync(folder).sort()).toEqual(['full.csv', 'full.csv-side', 'full.sav', 'full.sav-side']);
  });
});
