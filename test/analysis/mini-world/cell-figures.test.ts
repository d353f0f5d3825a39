import { describe, expect, it } from 'vitest';
import { cellFigures } from '../../../lib/analysis/mini-world/cell-figures.js';
import { deviationsFrom, sideOf } from '../../../lib/analysis/mini-world/side.js';
import { pearson } from '../../../lib/statistics/correlation.js';
import { meanCorrelation } from '../../../lib/statistics/fisher.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { createRandom } from '../../../lib/statistics/random.js';

const all = (rows: readonly (readonly unknown[])[]): Uint8Array =>
  new Uint8Array(rows.length * (rows[0]?.length ?? 0)).fill(1);

describe('a side', () => {
  it('has deviations from the mean of the other countries, over all cells that it has', () => {
    const scores = maskedMatrix([
      [0.2, 0.5],
      [0.4, null],
      [0.9, 0.1],
    ]);
    const deviations = deviationsFrom(sideOf(scores), scores);
    // Item 1: .2 - (.4 + .9) / 2, .4 - (.2 + .9) / 2, .9 - (.2 + .4) / 2. Item 2: .5 - .1, none, .1 - .5.
    expect([...deviations.values].map((value) => Number(value.toFixed(6)))).toEqual([
      -0.45, 0.4, -0.15, 0, 0.6, -0.4,
    ]);
    expect([...deviations.present]).toEqual([1, 1, 1, 0, 1, 1]);
  });

  it('has no deviation in an item of which it has one country only', () => {
    const scores = maskedMatrix([
      [0.3, 0.1],
      [null, 0.2],
    ]);
    expect([...deviationsFrom(sideOf(scores), scores).present]).toEqual([0, 1, 0, 1]);
  });

  it('is what the deviations of a model are counted from, too', () => {
    const people = maskedMatrix([[0.1], [0.3], [null]]);
    const model = maskedMatrix([[0.5], [null], [0.6]]);
    const { values, present } = deviationsFrom(sideOf(people), model);
    // The third country has no own answer: its mean is over both others.
    expect([...present]).toEqual([1, 0, 1]);
    expect(values[0]).toBeCloseTo(0.5 - 0.3, 12);
    expect(values[2]).toBeCloseTo(0.6 - 0.2, 12);
  });
});

describe('figures on a part of the cells', () => {
  const x = [
    [0.1, 0.2, 0.3, 0.4],
    [0.1, 0.2, 0.3, -0.4],
    [0.5, 0.1, -0.2, 0.3],
  ];
  const y = [
    [0.2, 0.3, 0.4, -0.9],
    [0.3, 0.2, 0.1, 0.9],
    [0.4, 0.1, 0.3, 0.3],
  ];
  const western = [true, false, false];
  const cells = Uint8Array.from([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0]);

  it('are of the cells of the part alone, and leave out countries with fewer than three', () => {
    const found = cellFigures({ x: sideOf(maskedMatrix(x)), y: maskedMatrix(y), cells, western });
    // r is 1 in the first country (capped at .999) and -1 in the second; the third has two cells.
    expect(found.r).toBeCloseTo(0, 12);
    expect(found.lean).toBeCloseTo(2, 12);
    expect(found).toMatchObject({ cells: 8, countries: 2, countriesLeftOut: 1, reason: null });
    // Mean absolute differences: .1 in the first; (.2 + 0 + .2) / 3 in the second.
    expect(found.meanAbsoluteError).toBeCloseTo((0.1 + 0.4 / 3) / 2, 12);
  });

  it('leave out items with fewer than five countries', () => {
    const found = cellFigures({ x: sideOf(maskedMatrix(x)), y: maskedMatrix(y), cells, western });
    expect(found).toMatchObject({ withinItems: null, items: 0, itemsLeftOut: 3 });
    const random = createRandom(2);
    const table = () =>
      Array.from({ length: 6 }, () => [random.uniform(), random.uniform(), random.uniform()]);
    const [a, b] = [table(), table()];
    const part = all(a);
    // The second item keeps four countries.
    part.set([0], 1);
    part.set([0], 4);
    const six = cellFigures({
      ...{ x: sideOf(maskedMatrix(a)), y: maskedMatrix(b), cells: part },
      western: [true, true, false, false, false, false],
    });
    const r = (i: number) =>
      pearson(
        a.map((row) => row[i] ?? 0),
        b.map((row) => row[i] ?? 0),
      ).r ?? 9;
    expect(six).toMatchObject({ items: 2, itemsLeftOut: 1 });
    expect(six.withinItems).toBeCloseTo((r(0) + r(2)) / 2, 12);
  });

  it('take deviations from the item means of all cells of the first side, not of the part', () => {
    const side = { x: sideOf(maskedMatrix(x)), y: maskedMatrix(y) };
    const found = cellFigures({ ...side, cells, western });
    const cosine = (c: number) => {
      const [a, b] = [side.x.scores, side.y].map((scores) =>
        deviationsFrom(side.x, scores).values.subarray(4 * c, 4 * c + 3),
      ) as [Float64Array, Float64Array];
      const product = (one: Float64Array, other: Float64Array) =>
        one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0);
      return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    };
    expect(found.deviationR).toBeCloseTo(meanCorrelation([cosine(0), cosine(1)]).mean ?? 9, 12);
    expect(found.deviationLean).toBeCloseTo(cosine(0) - cosine(1), 12);
  });

  it('give the option mass of the same cells, country by country', () => {
    const mass = maskedMatrix([
      [0.9, 0.9, 0.9, 0],
      [0.6, 0.6, 0.3, 0],
      [0, 0, 0, 0],
    ]);
    const found = cellFigures({
      ...{ x: sideOf(maskedMatrix(x)), y: maskedMatrix(y) },
      ...{ cells, western, optionMass: mass },
    });
    expect(found.optionMass).toBeCloseTo((0.9 + 0.5) / 2, 12);
  });

  it('say why there are none', () => {
    const side = sideOf(maskedMatrix(x));
    const none = cellFigures({ x: side, y: side.scores, cells: new Uint8Array(12), western });
    expect(none).toMatchObject({ r: null, cells: 0, reason: 'no cell that both sides have' });
    const two = cellFigures({
      x: side,
      y: side.scores,
      cells: Uint8Array.from([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      western,
    });
    expect(two).toMatchObject({ r: null, cells: 2, countriesLeftOut: 1 });
    expect(two.reason).toContain('no country with 3 cells');
  });
});
