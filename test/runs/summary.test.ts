import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { summaryTables } from '../../lib/cli/tables/summary-tables.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { makeStudy } from '../../lib/runs/study.js';
import { nameOfRow } from '../../lib/runs/summary/row-name.js';
import type { Summary } from '../../lib/runs/summary/summary-record.js';
import { answerWith, fakeSource } from '../support/fake-source.js';

let summary: Summary;

beforeAll(async () => {
  const study = makeStudy({
    id: 'summary',
    title: 'A summary',
    models: [{ name: 'first', folder: 'nowhere' }],
    settings: { items: ['Q1', 'Q6', 'Q57', 'Q164'], countries: ['DEU', 'KEN', 'BRA'], provider: 'cpu' },
  });
  // Prefers the first option, a little more so in longer prompts: no two countries alike, no r undefined.
  const answer = ({ tokenIds }: { tokenIds: readonly number[] }, options: number) =>
    answerWith(
      Array.from({ length: options }, (_, place) =>
        place === 0 ? 0.1 + tokenIds.length / 200 : 0.2 / options,
      ),
    );
  const openSource = () =>
    fakeSource({ name: 'first', answer: (prompt) => answer(prompt, prompt.prompt.options.length) });
  const outcome = await runStudy({
    study,
    runsFolder: mkdtempSync(join(tmpdir(), 'summary-')),
    onProgress: () => {},
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a test',
    openSource,
  });
  summary = outcome.summary;
});

/** Paths of a value down to `rows[].agreement.<field>`, in the notation of the table. */
function pathsOf(value: Summary): string[] {
  const [row] = value.rows;
  return [
    ...Object.keys(value),
    ...Object.keys(row ?? {})
      .filter((key) => key !== 'agreement')
      .map((key) => `rows[].${key}`),
    ...Object.keys(row?.agreement ?? {}).map((key) => `rows[].agreement.${key}`),
  ];
}

describe('summary.json', () => {
  it('holds exactly the fields that its documentation lists', () => {
    const text =
      readFileSync(projectPath('data', 'studies', 'README.md'), 'utf8')
        .split(/^# /m)
        .find((part) => part.startsWith('summary.json')) ?? '';
    const documented = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
    expect(documented.toSorted()).toEqual(pathsOf(summary).toSorted());
  });

  it('says every setting, so that a number can be traced to its choices', () => {
    expect(summary.settings).toMatchObject({
      templates: ['people-answer'],
      join: 'log-probabilities',
      weights: 'weighted',
    });
    expect(summary.versions).toHaveProperty('onnxruntime-node');
  });
});

describe('the tables of a study', () => {
  it('have a row for each model and the reference, continents, categories, and what is not in r', () => {
    const text = summaryTables(summary);
    expect(text).toMatch(/^first +4 +12 +0 /m);
    expect(text).toMatch(/^item means +4 +12 +0 /m);
    for (const part of ['Africa', 'Europe', 'Latin America', 'social-values', 'religious']) {
      expect(text).toMatch(new RegExp(`^${part} `, 'm'));
    }
    expect(text).toContain('Not in r (summary.json says why): nothing.');
    expect(text).toContain('knows no culture');
    expect(text).toContain('r over fewer than 25 items moves a lot');
  });

  it('show what is undefined as a dash', () => {
    // One item of category religious: no r over fewer than three pairs.
    expect(summaryTables(summary)).toMatch(/^religious +1 +0 +– +–/m);
  });
});

describe('the name of a row', () => {
  const usual = {
    kind: 'model',
    name: 'm',
    template: 'people-answer',
    format: 'plain',
    reading: 'letter',
  } as const;

  it('tells every way of asking and reading from the usual one', () => {
    const names = [
      nameOfRow({ ...usual, dtype: 'float32' }),
      nameOfRow({ ...usual, dtype: 'recorded' }),
      nameOfRow({ ...usual, dtype: 'float32', template: 'persona' }),
      nameOfRow({ ...usual, dtype: 'float32', format: 'chat' }),
      nameOfRow({ ...usual, dtype: 'float32', reading: 'answer-text' }),
    ];
    expect(names).toEqual(['m', 'm (recorded)', 'm (persona)', 'm (chat)', 'm (answer-text)']);
  });
});
