import { expect, it } from 'vitest';
import { growthFigure, millisecondsPerPrompt } from './growth-figure.js';
import { GROWTH_SERIES, growthPoints } from './growth-points.js';
import { growthTable } from './growth-table.js';
import type { MeasuredGrowth } from './measure-growth.js';

const point: MeasuredGrowth = {
  series: 'countries',
  label: '5',
  model: 'm',
  layerParameters: 1,
  prompts: 100,
  distinctTokens: 2000,
  computedTokens: 2100,
  tokensPerRow: 300,
  seconds: [2, 1],
  floatingPointOperations: 1e11,
  peakMemoryBytes: 1e9,
  weightsBytes: 0.4e9,
};

it('varies one thing at a time', () => {
  const usual = JSON.stringify(growthPoints(['reading'])[0]);
  for (const series of GROWTH_SERIES) {
    const points = growthPoints([series]);
    expect(points.length).toBeGreaterThan(1);
    for (const one of points) {
      const changed = Object.entries(one).filter(
        ([field, value]) =>
          JSON.stringify(value) !== JSON.stringify((JSON.parse(usual) as Record<string, unknown>)[field]),
      );
      const fields = changed.map(([field]) => field).filter((field) => !['series', 'label'].includes(field));
      expect(fields.length).toBeLessThan(2);
    }
    expect(new Set(points.map(({ label }) => label)).size).toBe(points.length);
  }
});

it('draws a panel for each series, with its own axes', () => {
  const points = [point, { ...point, label: '55', seconds: [0.5] }, { ...point, series: 'row' as const }];
  const { data, layout } = growthFigure(points, 'A machine.');
  expect(data).toMatchObject([
    { xaxis: 'x', x: ['5', '55'], y: [10, 5] },
    { xaxis: 'x2', x: ['5'], y: [10] },
  ]);
  expect(layout).toMatchObject({
    xaxis: { title: { text: 'countries' } },
    xaxis2: { title: { text: 'tokens of a row at most' } },
  });
});

it('takes the fastest repeat', () => {
  expect(millisecondsPerPrompt(point)).toBe(10);
  const [, , line = ''] = growthTable([point]).split('\n');
  expect(line.split(/ {2,}/)).toEqual([
    'countries',
    '5',
    '100',
    '10.00',
    '20.0',
    '1.05',
    '300',
    '100',
    '1.00',
    '0.60',
  ]);
});
