import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { ownContrastRows, ownModelRows } from '../../lib/notebook/own-model-rows.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { makeStudy } from '../../lib/runs/study.js';
import type { StudyModel } from '../../lib/runs/study-models.js';
import { realModelRows, savedSummaries } from '../../lib/runs/summary/saved-summaries.js';
import { newFolder } from '../support/small-run.js';

const MINI = projectPath('data', 'models', 'mini', 'mini-6k');
const settings = { items: 'sample-24', countries: ['JPN', 'DEU', 'EGY'], provider: 'cpu' } as const;

/** A model that is not known as a mini model, because its files are others: stands for one of a user's own. */
function ownCopy(name: string): StudyModel {
  const folder = join(newFolder(), name);
  cpSync(MINI, folder, { recursive: true });
  // Without the card, which holds the SHA-256 of the others.
  rmSync(join(folder, 'card.json'));
  appendFileSync(join(folder, 'config.json'), '\n');
  return { name, folder };
}

describe('what was found in earlier studies', () => {
  const runsFolder = newFolder();
  beforeAll(async () => {
    const own = [ownCopy('first'), ownCopy('second')];
    const recorded = { name: 'smollm2-135m-instruct', readings: 'data/readings/smollm2-135m-instruct' };
    await runStudy({
      study: makeStudy({
        ...{ id: 'mixed', title: 'Own, mini and recorded', settings },
        models: [...own, { name: 'mini-6k', folder: MINI }, recorded],
        analyses: [
          ...[['first', 'second'] as const, ['first', 'mini-6k'] as const].map((models) => ({
            factor: 'alignment' as const,
            seeds: false,
            arms: models.map((one) => ({
              ...{ label: one, models: [one], parameters: null, format: null, template: null },
            })),
          })),
        ],
      }),
      ...{ runsFolder, onProgress: () => {}, onMessage: () => {}, command: 'a test' },
      signal: new AbortController().signal,
    });
    mkdirSync(join(runsFolder, 'old'));
    writeFileSync(join(runsFolder, 'old', 'summary.json'), '{"contract":1}');
    mkdirSync(join(runsFolder, 'under-way', 'some-model'), { recursive: true });
  }, 120_000);

  test('is read from every folder that has a summary; one that cannot be read is named with the way out', () => {
    const { summaries, unreadable } = savedSummaries(runsFolder);
    expect(summaries.map(({ study }) => study.id)).toEqual(['mixed']);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]?.folder).toBe(join(runsFolder, 'old'));
    expect(unreadable[0]?.reason).toMatch(/contract 1, expected \d+.*Write it again/s);
  });

  test('leaves out references, mini models and recordings where real models are meant', () => {
    const { summaries } = savedSummaries(runsFolder);
    expect(summaries.flatMap(realModelRows).map(({ name }) => name)).toEqual(['first', 'second']);
  });

  test('becomes rows of tables: real models beside item means, contrasts in which all are real', () => {
    const { summaries } = savedSummaries(runsFolder);
    const rows = ownModelRows(summaries);
    const itemMeans = summaries[0]?.rows.find(({ name }) => name === 'item means')?.agreement;
    expect(rows.map(({ study, model }) => `${study} ${model}`)).toEqual(['mixed first', 'mixed second']);
    expect(rows[0]).toMatchObject({
      r: summaries[0]?.rows[0]?.agreement.overall.mean,
      itemMeans: itemMeans?.overall.mean,
      leanOfItemMeans: itemMeans?.westernLean.lean,
    });
    expect(Object.keys(rows[0]?.groups ?? {}).toSorted()).toEqual([
      ...['progress', 'social-systems', 'socio-cultural-norms'],
    ]);
    const contrasts = ownContrastRows(summaries);
    // One and the same model twice: no difference, and only the analysis without a mini model.
    expect(new Set(contrasts.map(({ from, to }) => `${from} ${to}`))).toEqual(new Set(['first second']));
    expect(contrasts.find(({ figure }) => figure === 'r')?.change).toBeCloseTo(0, 6);
  });

  test('is nothing where nothing was asked yet', () => {
    expect(savedSummaries(join(runsFolder, 'missing'))).toEqual({ summaries: [], unreadable: [] });
  });
});
