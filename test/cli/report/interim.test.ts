import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { agreement } from '../../../lib/analysis/agreement.js';
import { writeReport } from '../../../lib/cli/report/write-report.js';
import { loadAnswers } from '../../../lib/runs/load-answers.js';
import { runStudy } from '../../../lib/runs/run-study.js';
import { makeStudy } from '../../../lib/runs/study.js';
import { loadSurvey } from '../../../lib/runs/survey.js';
import { newFolder } from '../../support/small-run.js';

const COUNTRIES = ['JPN', 'DEU', 'EGY', 'BRA', 'USA', 'NGA'];
// 24 items, six countries, two orders.
const READINGS = 24 * COUNTRIES.length * 2;

describe('the report of a study that has not ended', () => {
  const runsFolder = newFolder();
  const folder = join(runsFolder, 'stopped');
  beforeAll(async () => {
    await runStudy({
      study: makeStudy({
        ...{ id: 'stopped', title: 'Stopped' },
        models: ['mini-6k', 'mini-36k'].map((name) => ({ name, folder: `data/models/mini/${name}` })),
        // Small rows, so that there is more than one part to lose.
        settings: { items: 'sample-24', countries: COUNTRIES, provider: 'cpu', rowTokens: 64 },
      }),
      ...{ runsFolder, onProgress: () => {}, onMessage: () => {}, command: 'a test' },
      signal: new AbortController().signal,
    });
    // As a kill leaves it: parts that were written, and nothing of the end.
    const parts = join(folder, 'mini-36k', 'readings');
    const [, ...later] = readdirSync(parts).toSorted();
    expect(later.length).toBeGreaterThan(0);
    for (const part of later) {
      rmSync(join(parts, part));
    }
    for (const name of ['summary.json', 'estimates.csv', 'specifications.csv']) {
      rmSync(join(folder, name), { force: true });
    }
  }, 120_000);

  it('shows what is there, counts what is not, and leaves nothing that passes for the end', async () => {
    const { path, interim } = await writeReport(folder);
    expect(interim).toMatch(
      new RegExp(
        `^Interim: this study has not ended\\. mini-36k: (\\d+) of ${READINGS} readings, (\\d+) missing; mini-6k: all ${READINGS} readings\\.`,
      ),
    );
    const [, there, missing] = /mini-36k: (\d+) of \d+ readings, (\d+) missing/.exec(interim ?? '') ?? [];
    expect(Number(there)).toBeGreaterThan(0);
    expect(Number(there) + Number(missing)).toBe(READINGS);
    const page = readFileSync(path, 'utf8');
    expect(page).toContain(`${there} of ${READINGS} readings, ${missing} missing`);
    expect(page).toContain('Mini models: mini-36k, mini-6k.');
    expect(existsSync(join(folder, 'summary.json'))).toBe(false);
  });

  it('takes one of its runs alone as well', async () => {
    const { interim } = await writeReport(join(folder, 'mini-6k'));
    expect(interim).toContain(`mini-6k: all ${READINGS} readings`);
  });

  it('in a notebook: answers that are there, the others counted', async () => {
    const whole = loadSurvey();
    const countries = whole.countries.filter(({ iso3 }) => COUNTRIES.includes(iso3));
    const survey = { ...whole, countries };
    const answers = await loadAnswers(join(folder, 'mini-36k'), { survey });
    const { cells } = agreement({ ...answers, ...survey });
    expect(cells.used).toBeGreaterThan(0);
    expect(cells.unscored).toBeGreaterThan(0);
    expect(cells.used + cells.unscored + cells.withoutHumanAnswer).toBe(cells.expected);
  });

  it('says what is missing where nothing was begun', async () => {
    const empty = join(runsFolder, 'empty');
    mkdirSync(empty);
    await expect(writeReport(empty)).rejects.toThrow(
      /holds neither a summary\.json nor a run .* Correct the path\./s,
    );
    expect(readdirSync(empty)).toEqual([]);
  });
});
