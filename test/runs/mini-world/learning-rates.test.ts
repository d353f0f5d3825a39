import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLearningRates } from '../../../lib/runs/mini-world/learning-rates.js';

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'rates-')), 'learning-rates.csv');
  writeFileSync(path, `size,rate,r,deviation_r\n${text}`);
  return path;
}

describe('the trials of learning rates', () => {
  it('that ship have an optimum inside for every size', () => {
    const trials = loadLearningRates();
    for (const size of new Set(trials.map((one) => one.size))) {
      const own = trials.filter((one) => one.size === size).toSorted((a, b) => a.rate - b.rate);
      const best = own.findIndex(
        (one) => one.deviationR === Math.max(...own.map((other) => other.deviationR)),
      );
      expect(best, size).toBeGreaterThan(0);
      expect(best, size).toBeLessThan(own.length - 1);
    }
  });

  it('are read', () => {
    expect(loadLearningRates(file('6k,0.01,-0.2,0.3\n'))).toEqual([
      { size: '6k', rate: 0.01, r: -0.2, deviationR: 0.3 },
    ]);
  });

  it.each([
    ['6k,fast,0.1,0.2\n', /line 2, column rate: found "fast"/],
    ['6k,0.1,0.1,\n', /line 2, column deviation_r: found "", expected a number from -1 to 1/],
    ['6k,0.1,1.5,0.2\n', /line 2, column r: found "1.5"/],
  ])('refuse %s', (text, message) => {
    expect(() => loadLearningRates(file(text))).toThrow(message);
  });
});
