import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../lib/cli/culture-lens.js';
import { SUMMARY_CONTRACT } from '../../../lib/runs/summary/summary-record.js';
import { newFolder } from '../../support/small-run.js';
import { smallReport } from './small-report.js';

const errors: string[] = [];
let folder: string;

let finished: string;

beforeAll(async () => {
  ({ folder: finished } = await smallReport());
});

beforeEach(() => {
  errors.length = 0;
  folder = newFolder();
  for (const file of ['summary.json', 'specifications.csv']) {
    copyFileSync(join(finished, file), join(folder, file));
  }
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(String(text)));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const report = (of: string): Promise<number> => run(['node', 'culture-lens', 'report', of]);
const change = (file: string, by: (text: string) => string): void =>
  writeFileSync(join(folder, file), by(readFileSync(join(folder, file), 'utf8')));

/** What the command says when it fails; nothing is written then. */
async function failure(of = folder): Promise<string> {
  expect(await report(of)).toBe(1);
  if (of === folder) {
    expect(readdirSync(folder)).not.toContain('report.html');
  }
  return errors.join('\n');
}

describe('culture-lens report', () => {
  it('writes the page from what is on disk, the same each time, and leaves nothing else behind', async () => {
    const before = readdirSync(folder);
    expect(await report(folder)).toBe(0);
    const first = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(first).toContain('window.Plotly = Plotly;');
    expect(first).toContain('Licensed under the MIT license');
    expect(Buffer.byteLength(first)).toBeLessThan(6e6);
    expect(await report(folder)).toBe(0);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe(first);
    expect(readdirSync(folder)).toEqual([...before, 'report.html'].toSorted());
  });

  it('says that a folder is not there, and which was expected', async () => {
    const text = await failure(join(folder, 'nowhere'));
    expect(text).toMatch(
      /nowhere is not there\. Expected the folder of a finished study, data\/runs\/<study>/,
    );
  });

  it('says that a folder holds neither a summary.json nor a run, and which was expected', async () => {
    const text = await failure(newFolder());
    expect(text).toContain('holds neither a summary.json nor a run');
    expect(text).toContain(
      'Expected the folder of a study or probe that has at least begun, data/runs/<study>.',
    );
  });

  it('says that summary.json is damaged', async () => {
    change('summary.json', (text) => text.slice(0, text.length / 2));
    const text = await failure();
    expect(text).toMatch(/summary\.json is not valid JSON/);
    expect(text).toContain('Write it again');
  });

  it('names the contract that it found and the one that it reads', async () => {
    change('summary.json', (text) => text.replace(`"contract": ${SUMMARY_CONTRACT}`, '"contract": 4'));
    expect(await failure()).toContain(
      `summary.json has contract 4, expected ${SUMMARY_CONTRACT}: another version of culture-lens wrote it.`,
    );
  });

  it('names the field that is missing', async () => {
    change('summary.json', (text) => text.replace('"byContinent"', '"byContinents"'));
    expect(await failure()).toMatch(/rows\.0\.agreement\.byContinent: .*found nothing/);
  });

  it('says that specifications.csv is missing', async () => {
    rmSync(join(folder, 'specifications.csv'));
    expect(await failure()).toMatch(/specifications\.csv is missing\. Expected it beside summary\.json/);
  });

  it.each([
    [
      ',people-answer,plain',
      ',people-answer',
      /specifications\.csv is not a readable CSV file.*Write it again/,
    ],
    ['small,fake,1,', 'small,fake,yes,', /line 2, column chosen: found "yes", expected a number/],
    ['small,fake,1,', 'small,fake,2,', /line 2, column chosen: found "2", expected 0 or 1/],
    ['deviation_r', 'deviations', /lacks the column deviation_r.*Write it again/],
  ])('names line and column where it holds %j as %j', async (from, to, message) => {
    change('specifications.csv', (text) => text.replace(from, to));
    expect(await failure()).toMatch(message);
  });
});
