import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { pointFigures } from '../../lib/analysis/point-figures.js';
import { maskedMatrix } from '../../lib/statistics/masked-matrix.js';
import { createRandom } from '../../lib/statistics/random.js';
import { type ScoreTable, worldOf } from './small-world.js';

/** Scores in (-1, 1), about one in ten missing. */
function table(countries: number, items: number, seed: number): ScoreTable {
  const random = createRandom(seed);
  return Array.from({ length: countries }, () =>
    Array.from({ length: items }, () => (random.uniform() < 0.1 ? null : 2 * random.uniform() - 1)),
  );
}

describe('figures without intervals', () => {
  const [people, model] = [table(9, 20, 1), table(9, 20, 2)];
  const western = ['AAA', 'DDD', 'EEE'];
  const world = worldOf(people, model, { western });
  const marks = world.countries.map((country) => country.western);

  it('are those of the agreement, where cells are missing too', () => {
    const found = agreement(world);
    const figures = pointFigures({
      people: maskedMatrix(people),
      model: maskedMatrix(model),
      western: marks,
    });
    expect(figures.r).toBeCloseTo(found.overall.mean ?? 9, 12);
    expect(figures.deviationR).toBeCloseTo(found.deviation.mean ?? 9, 12);
    expect(figures.withinItems).toBeCloseTo(found.withinItems.plainMean ?? 9, 12);
    expect(figures.lean).toBeCloseTo(found.westernLean.lean ?? 9, 12);
  });

  it('of some items are those of an agreement about these items', () => {
    const items = world.items.map((_, place) => place % 3 > 0);
    const found = agreement({ ...world, items: world.items.filter((_, place) => items[place]) });
    const figures = pointFigures({
      people: maskedMatrix(people),
      model: maskedMatrix(model),
      items,
      western: marks,
    });
    expect(figures.r).toBeCloseTo(found.overall.mean ?? 9, 12);
    expect(figures.deviationR).toBeCloseTo(found.deviation.mean ?? 9, 12);
    expect(figures.withinItems).toBeCloseTo(found.withinItems.plainMean ?? 9, 12);
  });

  it('are null where they are undefined, never 0', () => {
    const constant = people.map((row) => row.map(() => 0.5));
    const none = pointFigures({
      people: maskedMatrix(people),
      model: maskedMatrix(constant),
      western: marks.map(() => false),
    });
    expect(none).toMatchObject({ r: null, withinItems: null, lean: null });
    expect(none.deviationR).not.toBe(0);
  });
});
