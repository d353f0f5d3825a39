import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StudyOutcome } from '../../lib/runs/run-study.js';
import { estimatesOf } from '../../lib/runs/summary/estimates.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { runSmall } from '../support/small-run.js';

let outcome: StudyOutcome;

beforeAll(async () => {
  outcome = await runSmall(
    { name: 'fake', folder: 'nowhere' },
    {
      settings: { items: 'sample-24', countries: ['DEU', 'KEN', 'BRA'] },
      // Leans to the first option, the more so the longer the prompt.
      openSource: () =>
        fakeSource({
          name: 'fake',
          answer: ({ tokenIds, prompt: { options } }) =>
            answerWith(options.map((_, k) => (k === 0 ? 0.2 + tokenIds.length / 300 : 0.3 / options.length))),
        }),
    },
  );
}, 60_000);

describe('estimates.csv', () => {
  it('holds the lines that are computed from the summary, and nothing else', () => {
    const lines = parse(readFileSync(outcome.estimatesPath, 'utf8'), { columns: true }) as Record<
      string,
      string
    >[];
    const expected = estimatesOf(outcome.summary);
    expect(lines).toHaveLength(expected.length);
    expect(Object.keys(lines[0] ?? {})).toEqual(Object.keys(expected[0] ?? {}));
    for (const [place, line] of lines.entries()) {
      for (const [column, value] of Object.entries(expected[place] ?? {})) {
        expect(line[column]).toBe(value === null ? '' : String(value));
      }
    }
  });

  it('gives each number of the summary once, with its counts', () => {
    const rows = estimatesOf(outcome.summary).filter(({ model }) => model === 'fake');
    const keys = rows.map(({ figure, part }) => `${figure} ${part}`);
    expect(new Set(keys).size).toBe(keys.length);
    const agreement = outcome.summary.rows[0]?.agreement;
    expect(rows.find(({ figure }) => figure === 'r')).toMatchObject({
      ...{ part: 'all', estimate: agreement?.overall.mean, low: agreement?.overall.interval.low },
      ...{ uncertainty: 'other-items', unit: 'battery', countries: 3, orders: 'given+reversed', seed: null },
    });
    const kenya = rows.find(({ figure, part }) => figure === 'r of country' && part === 'KEN');
    expect(kenya?.estimate).toBe(agreement?.byCountry.find(({ id }) => id === 'KEN')?.r);
    expect(kenya).toMatchObject({ low: null, level: null, countries: 1 });
    expect(rows.filter(({ figure }) => figure === 'r of category').length).toBe(agreement?.byCategory.length);
  });

  it('has a reason wherever a number is missing', () => {
    const missing = estimatesOf(outcome.summary).filter(({ estimate }) => estimate === null);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.filter(({ reason }) => reason === null)).toEqual([]);
  });
});

describe('the findings in words', () => {
  it('name the model, how it was asked, its r with the interval, and what to beware of', () => {
    const [text = ''] = outcome.summary.findings;
    expect(outcome.summary.findings).toHaveLength(2);
    expect(outcome.summary.findings[1]).toMatch(
      /^fake, over 2 ways to ask, read and join x \d+ sets of data: r minus that of item means from −\d\.\d{3} to /,
    );
    expect(text).toMatch(/^fake: r = −?0\.\d\d \[−?\d\.\d\d, −?\d\.\d\d\] over \d+ items and 3 countries/);
    expect(text).toMatch(/; "item means", which knows no culture, has 0\.\d\d\./);
    expect(text).toContain("puts countries in people's order");
    expect(text).toMatch(/Its mean scores move by \d\.\d\d with the order of the options\.$/);
  });
});
