import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MiniWorld } from '../../lib/analysis/mini-world/mini-world.js';
import { dataPath } from '../../lib/files/data-folder.js';
import type { RecordedReading } from '../../lib/inference/replay.js';
import { loadMiniWorld } from '../../lib/runs/mini-world/load-mini-world.js';
import { loadQuestionnaire } from '../../lib/runs/questionnaire.js';
import { readRecording } from '../../lib/runs/store/index.js';
import { cellAt } from '../../lib/statistics/masked-matrix.js';

const { items } = loadQuestionnaire({ items: 'wvs-209', countries: 'default-55' });
const folder = dataPath('readings', 'mini');
const recorded = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/readings.parquet`));

/** Mean score of each cell, computed by hand: log-probabilities averaged over both orders, renormalised, times scores. */
function meanScores(readings: readonly RecordedReading[]): Map<string, number> {
  const sums = new Map<string, Map<number, number>>();
  for (const { variable, country, optionCodes, optionLogProbs } of readings) {
    const cell = sums.get(`${country} ${variable}`) ?? new Map<number, number>();
    sums.set(`${country} ${variable}`, cell);
    for (const [place, code] of optionCodes.entries()) {
      cell.set(code, (cell.get(code) ?? 0) + (optionLogProbs[place] ?? Number.NaN) / 2);
    }
  }
  const scores = new Map(
    items.map(({ variable, options }) => [
      variable,
      new Map(options.map(({ code, score }) => [code, score ?? 0])),
    ]),
  );
  return new Map(
    [...sums].map(([key, cell]) => {
      const own = scores.get(key.split(' ')[1] ?? '');
      const weights = [...cell].map(([code, logProb]) => ({ code, weight: Math.exp(logProb) }));
      const total = weights.reduce((sum, { weight }) => sum + weight, 0);
      return [
        key,
        weights.reduce((sum, { code, weight }) => sum + (weight / total) * (own?.get(code) ?? 9), 0),
      ];
    }),
  );
}

let world: MiniWorld;
beforeAll(async () => {
  ({ world } = await loadMiniWorld());
}, 120_000);

describe.each(recorded)('the recording of %s', (name) => {
  it('has the mean scores that its maker read from the same weights with PyTorch', async () => {
    const training = world.trainings.find(({ recipe, seed }) => recipe === name && seed === 1);
    const { readings } = await readRecording(`${folder}/${name}`);
    for (const asked of training?.readings.filter(({ language }) => language === 'english') ?? []) {
      const score = meanScores(
        readings.filter(({ template, format }) => template === 'people-answer' && format === asked.format),
      );
      const differences = world.countries.flatMap(({ iso3 }, c) =>
        world.items.map(({ variable }, i) =>
          Math.abs((cellAt(asked.scores, c, i) ?? 9) - (score.get(`${iso3} ${variable}`) ?? -9)),
        ),
      );
      expect(differences).toHaveLength(55 * 205);
      // The maker keeps three decimals, a recording steps of 6e-5 nats.
      expect(Math.max(...differences)).toBeLessThan(6e-4);
    }
    expect(training).toBeDefined();
  }, 60_000);
});

it('there is a recording to compare with', () => {
  expect(recorded.length).toBeGreaterThan(0);
});
