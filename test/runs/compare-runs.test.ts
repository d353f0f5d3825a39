import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../lib/runs/compare-runs.js';
import type { StudySettings } from '../../lib/runs/study.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { runSmall } from '../support/small-run.js';

const SETTINGS: Partial<StudySettings> = {
  items: ['Q1', 'Q6', 'Q57', 'Q164'],
  countries: ['DEU', 'KEN', 'BRA'],
  templates: ['people-answer'],
  orders: ['given', 'reversed'],
};

/** The folder of a run of a model that likes the first option. */
async function runOf(settings: Partial<StudySettings>): Promise<string> {
  const openSource = () =>
    fakeSource({
      name: 'first',
      answer: ({ prompt, tokenIds }) =>
        answerWith(prompt.options.map((_, place) => (place === 0 ? 0.1 + tokenIds.length / 200 : 0.1))),
    });
  const model = { name: 'first', folder: 'nowhere' };
  const { folder } = await runSmall(model, { openSource, settings: { ...SETTINGS, ...settings } });
  return join(folder, 'first');
}

let both: string;
beforeAll(async () => {
  both = await runOf({});
});

const compare = (second: string) =>
  compareRuns({
    ...{ first: both, second, template: 'people-answer', format: 'plain' },
    ...{ join: 'log-probabilities', weights: 'weighted' },
  });

describe('compareRuns', () => {
  it('compares runs of the same questions, be it one run with itself', async () => {
    const found = await compare(both);
    expect(found.settings).toMatchObject({ template: 'people-answer', orders: ['given', 'reversed'] });
    expect(found.estimates[0]).toMatchObject({ id: 'r', difference: 0 });
  });

  it('refuses a run of one option order beside a run of both, and lists it', async () => {
    const one = await runOf({ orders: ['given'] });
    await expect(compare(one)).rejects.toThrow(
      `Comparing runs: they asked different questions (option orders only in ${both}: reversed). Expected the same`,
    );
  });

  it('lists items and countries of both sides that the other lacks', async () => {
    const other = await runOf({ items: ['Q1', 'Q6', 'Q57', 'Q49'], countries: ['DEU', 'KEN', 'JPN'] });
    await expect(compare(other)).rejects.toThrow(
      `(items only in ${both}: Q164; items only in ${other}: Q49; ` +
        `countries only in ${both}: BRA; countries only in ${other}: JPN)`,
    );
  });

  it('refuses a run in another wording, and names its own', async () => {
    const other = await runOf({ templates: ['persona'] });
    await expect(compare(other)).rejects.toThrow(
      `${other} holds the templates persona in the formats plain. Expected people-answer, plain.`,
    );
  });

  it('refuses a run whose items were worded otherwise, and names them', async () => {
    const other = await runOf({});
    const [part] = readdirSync(join(other, 'readings'));
    const file = join(other, 'readings', part ?? '');
    const connection = await DuckDBConnection.create();
    await connection.run(
      `COPY (SELECT * REPLACE (CASE variable WHEN 'Q57' THEN 'another text' ELSE prompt_hash END AS prompt_hash)
       FROM read_parquet('${file}')) TO '${file}.new' (FORMAT parquet)`,
    );
    renameSync(`${file}.new`, file);
    await expect(compare(other)).rejects.toThrow(
      /\d+ prompts of template people-answer were worded otherwise in the two runs \(Q57\)\. Expected the same text/,
    );
  });
});
