import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../lib/analysis/agreement.js';
import { pearson } from '../../lib/statistics/correlation.js';
import { type ScoreTable, worldOf } from './small-world.js';

// Four countries, six items; Q1-Q3 are category "first", Q4-Q6 "second".
const HUMAN: ScoreTable = [
  [0.5, 0, -0.5, 0.2, 0.4, 0.6],
  [0.4, 0.1, -0.6, 0.1, 0.2, 0.9],
  [-0.3, 0.2, 0.7, 0.5, 0.1, 0.3],
  [0.1, 0.6, 0.2, null, 0.3, 0.4],
];
const MODEL: ScoreTable = [
  [0.25, 0, -0.25, 0.1, 0.2, 0.3],
  [-0.4, -0.1, 0.6, -0.1, -0.2, -0.9],
  [0.3, null, 0.1, 0.5, 0.1, 0.3],
  [0.3, 0.3, 0.3, 0.3, 0.3, 0.3],
];
const found = agreement(worldOf(HUMAN, MODEL, { inFirst: 3 }));
const unit = (units: readonly { id: string; r: number | null }[], id: string) =>
  units.find((candidate) => candidate.id === id) ?? { id, r: Number.NaN };

describe('agreement by country', () => {
  it('is r over items', () => {
    // AAA: the model gives half of what people say, so r = 1. BBB: the opposite, so r = -1.
    expect(unit(found.byCountry, 'AAA').r).toBeCloseTo(1, 12);
    expect(unit(found.byCountry, 'BBB').r).toBeCloseTo(-1, 12);
    // CCC without Q2: people -.3 .7 .5 .1 .3 (mean .26), model .3 .1 .5 .1 .3 (mean .26).
    // Deviations -.56 .44 .24 -.16 .04 and .04 -.16 .24 -.16 .04: products -.0224 - .0704 + .0576 + .0256 + .0016 = -.008;
    // squares .3136 + .1936 + .0576 + .0256 + .0016 = .592 and .0016 + .0256 + .0576 + .0256 + .0016 = .112.
    expect(unit(found.byCountry, 'CCC').r).toBeCloseTo(-0.008 / Math.sqrt(0.592 * 0.112), 12);
  });

  it('is null with a reason where the model says the same to every item', () => {
    expect(unit(found.byCountry, 'DDD')).toEqual({
      id: 'DDD',
      r: null,
      n: 5,
      reason: "people's or the model's mean scores are the same for all 5 items",
      cells: { expected: 6, used: 5, unscored: 0, withoutHumanAnswer: 1 },
    });
  });

  it('is averaged over Fisher z, with capped and undefined ones counted', () => {
    const third = -0.008 / Math.sqrt(0.592 * 0.112);
    // 1 and -1 are capped to +-.999 and cancel out.
    expect(found.overall.mean).toBeCloseTo(Math.tanh(Math.atanh(third) / 3), 12);
    expect(found.overall.plainMean).toBeCloseTo(third / 3, 12);
    expect(found.overall).toMatchObject({ capped: 2, n: 3, undefinedCount: 1, reason: null });
  });

  it('counts in every figure the cells that are left out', () => {
    const all = { expected: 24, used: 22, unscored: 1, withoutHumanAnswer: 1 };
    expect(found.cells).toEqual(all);
    expect(found.overall.cells).toEqual(all);
    expect(found.withinItems.cells).toEqual(all);
    expect(found.deviation.cells).toEqual(all);
    expect(found.spread.cells).toEqual(all);
    expect(found.byContinent.map((part) => part.cells.unscored)).toEqual([0, 1]);
    expect(
      found.byCategory.map((part) => [part.id, part.cells.unscored, part.cells.withoutHumanAnswer]),
    ).toEqual([
      ['first', 1, 0],
      ['second', 0, 1],
    ]);
    expect(found.byGroup.map((part) => part.cells)).toEqual([all]);
    expect(found.westernLean.others.cells.unscored).toBe(1);
    expect(found.modelCells).toMatchObject({ expected: 24, scored: 23, unscored: 1 });
  });
});

describe('parts of an agreement', () => {
  it('by continent average the r of its countries', () => {
    expect(found.byContinent.map((part) => [part.id, part.countries.map((country) => country.id)])).toEqual([
      ['Asia', ['AAA', 'BBB']],
      ['Europe', ['CCC', 'DDD']],
    ]);
    expect(found.byContinent[0]).toMatchObject({ n: 2, capped: 2, items: 6 });
    expect(found.byContinent[0]?.mean).toBeCloseTo(0, 12);
    expect(found.byContinent[1]?.mean).toBeCloseTo(unit(found.byCountry, 'CCC').r ?? 9, 12);
    expect(found.byCulturalZone.map((part) => [part.id, part.n])).toEqual([['Confucian', 3]]);
  });

  it('by category run r over the items of the category alone', () => {
    const [first, second] = found.byCategory;
    expect(first).toMatchObject({ id: 'first', items: 3, n: 2, undefinedCount: 2 });
    // CCC has two scored items of the first category: too few for r.
    expect(first?.countries.find((country) => country.id === 'CCC')).toMatchObject({
      r: null,
      n: 2,
      reason: 'only 2 items with both mean scores; r needs at least 3',
    });
    expect(unit(second?.countries ?? [], 'CCC').r).toBeCloseTo(1, 12);
    expect(second).toMatchObject({ id: 'second', n: 3, undefinedCount: 1 });
  });

  it('by group run r over the items of all its categories', () => {
    expect(found.byGroup.map((part) => [part.id, part.items])).toEqual([['a', 6]]);
    expect(found.byGroup[0]?.countries).toEqual(found.byCountry);
  });

  it('leave out categories that belong to no group', () => {
    const world = worldOf(HUMAN, MODEL, { inFirst: 3 });
    const categories = world.categories.map((entry) =>
      entry.id === 'second' ? { ...entry, group: null } : entry,
    );
    const grouped = agreement({ ...world, categories });
    expect(grouped.byGroup.map((part) => [part.id, part.items])).toEqual([['a', 3]]);
    expect(grouped.byCategory.map((part) => part.id)).toEqual(['first', 'second']);
  });
});

describe('the Western lean', () => {
  it('is the plain mean r of Western countries minus that of the others', () => {
    // Western: AAA with r = 1. Others: BBB -1 and CCC; DDD has none.
    const third = unit(found.byCountry, 'CCC').r ?? 9;
    expect(found.westernLean.lean).toBeCloseTo(1 - (third - 1) / 2, 12);
    expect(found.westernLean.western.n).toBe(1);
    expect(found.westernLean.others).toMatchObject({ n: 2, undefinedCount: 1 });
  });

  it('is null with a reason without countries on one side', () => {
    const none = agreement(worldOf(HUMAN, MODEL, { western: [] }));
    expect(none.westernLean).toMatchObject({ lean: null, reason: 'no Western countries to average over' });
    const undefinedOnly = agreement(worldOf(HUMAN, MODEL, { western: ['DDD'] }));
    expect(undefinedOnly.westernLean.reason).toBe(
      "r is undefined for all 1 Western countries: people's or the model's mean scores are the same for all 5 items",
    );
  });
});

describe('deviation r', () => {
  const others = { deviationReference: 'other-countries' } as const;

  it('correlates deviations from the item means of the other countries when asked to', () => {
    const human = [
      [0.6, 0, 0.3],
      [0.2, 0.2, 0.1],
      [0, 0.4, 0.3],
    ];
    const model = [
      [0.4, 0.2, 0.2],
      [0.2, 0.3, 0.4],
      [0.1, 0.1, 0.1],
    ];
    // AAA: means of BBB and CCC are .1 .3 .2, so people deviate by .5 -.3 .1 and the model by .3 -.1 0:
    // products .15 + .03 + 0 = .18, squares .25 + .09 + .01 = .35 and .09 + .01 = .1.
    const { deviationByCountry } = agreement(worldOf(human, model), others);
    expect(unit(deviationByCountry, 'AAA').r).toBeCloseTo(0.18 / Math.sqrt(0.35 * 0.1), 12);
  });

  it('is null where the model gives the item means themselves', () => {
    const human = [
      [0.5, 0, 0.25],
      [0.25, 0.25, 0.125],
    ];
    const other = agreement(worldOf(human, human.toReversed()), others);
    // With two countries the mean over the others is the other country.
    expect(other.deviationByCountry.map(({ r, reason }) => ({ r, reason }))).toEqual(
      [1, 2].map(() => ({
        r: null,
        reason: 'people or the model give exactly the item means of the other countries',
      })),
    );
    expect(other.deviation).toMatchObject({
      mean: null,
      n: 0,
      reason:
        'r is undefined for all 2 countries: people or the model give exactly the item means of the other countries',
    });
  });

  it('takes deviations from the means of all countries', () => {
    const human = [
      [0.6, 0, 0.3],
      [0.2, 0.2, 0.1],
      [0.1, 0.4, 0.2],
    ];
    const alike = human.map(() => [0.5, 0.1, 0.3]);
    const blind = agreement(worldOf(human, alike));
    expect(blind.deviationReference).toBe('all-countries');
    // Means .3 .2 .2. AAA: people deviate by .3 -.2 .1 and the model by .2 -.1 .1:
    // products .06 + .02 + .01 = .09, squares .14 and .06.
    expect(unit(blind.deviationByCountry, 'AAA').r).toBeCloseTo(0.09 / Math.sqrt(0.14 * 0.06), 12);
    // BBB: -.1 0 -.1, so the products are -.02 + 0 - .01 = -.03 and the squares .02 and .06.
    expect(unit(blind.deviationByCountry, 'BBB').r).toBeCloseTo(-0.03 / Math.sqrt(0.02 * 0.06), 12);
    // With the other countries as reference a model without culture looks better in each country.
    const leaky = agreement(worldOf(human, alike), others);
    expect(leaky.deviationReference).toBe('other-countries');
    for (const { id, r } of blind.deviationByCountry) {
      expect(unit(leaky.deviationByCountry, id).r).toBeGreaterThan(r ?? 9);
    }
  });

  it('leaves out items that no other country answered', () => {
    const human = [
      [0.5, 0, 0.25, 0.9],
      [0.25, 0.25, 0.125, null],
      [0, 0.1, 0.2, null],
    ];
    const { deviationByCountry } = agreement(
      worldOf(human, [
        [0.1, 0.2, 0.3, 0.4],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
      others,
    );
    expect(deviationByCountry[0]).toMatchObject({
      n: 3,
      cells: { expected: 4, used: 3, unscored: 0, withoutHumanAnswer: 1 },
    });
  });
});

describe('what r does not show', () => {
  it('has r across countries for each item, and their mean', () => {
    // Q1: people .5 .4 -.3 .1, model .25 -.4 .3 .3
    expect(unit(found.byItem, 'Q1').r).toBeCloseTo(
      pearson([0.5, 0.4, -0.3, 0.1], [0.25, -0.4, 0.3, 0.3]).r ?? 9,
      12,
    );
    expect(found.byItem.find((item) => item.id === 'Q2')).toMatchObject({ n: 3, cells: { unscored: 1 } });
    expect(found.byItem).toHaveLength(6);
    const defined = found.byItem.map((item) => item.r).filter((r) => r !== null);
    expect(found.withinItems.plainMean).toBeCloseTo(
      defined.reduce((sum, r) => sum + r, 0) / defined.length,
      12,
    );
  });

  it('has the spread of both sides across countries', () => {
    const { spread } = agreement(
      worldOf(
        [
          [0.1, 0.5],
          [0.3, null],
          [0.5, 0.1],
        ],
        [
          [0.2, 0.2],
          [0.2, 0.2],
          [0.5, 0.6],
        ],
      ),
    );
    // Q1: people .1 .3 .5 have the standard deviation .2; the model .2 .2 .5 has sqrt(.06 / 2).
    // Q2 without BBB: people .5 .1 have sqrt(.08), the model .2 .6 the same.
    expect(spread.human).toBeCloseTo((0.2 + Math.sqrt(0.08)) / 2, 12);
    expect(spread.model).toBeCloseTo((Math.sqrt(0.03) + Math.sqrt(0.08)) / 2, 12);
    expect(spread).toMatchObject({ items: 2, reason: null });
    expect(agreement(worldOf([[0.1, 0.5]], [[0.1, 0.2]])).spread).toMatchObject({
      model: null,
      human: null,
      items: 0,
      reason: 'no item has mean scores of both sides in two countries',
    });
  });

  it('has the mean option mass and the mean absolute order gap of the scored cells', () => {
    const world = worldOf(HUMAN, MODEL);
    const cells = world.cells.map((cell, place) => {
      if (place === 0) {
        return { ...cell, optionMass: 0.9, orderGap: 0.5 };
      }
      return place === 1 ? { ...cell, optionMass: 0.1, orderGap: null } : cell;
    });
    const { optionMass, orderGap } = agreement({ ...world, cells });
    // 23 scored cells: .9, .1 and 21 times .5; gaps .5, none and 21 times |-.2|.
    expect(optionMass).toMatchObject({ n: 23, missing: 1, reason: null });
    expect(optionMass.mean).toBeCloseTo((0.9 + 0.1 + 21 * 0.5) / 23, 12);
    expect(orderGap).toMatchObject({ n: 22, missing: 2, reason: null });
    expect(orderGap.mean).toBeCloseTo((0.5 + 21 * 0.2) / 22, 12);
    const single = agreement({ ...world, cells: world.cells.map((cell) => ({ ...cell, orderGap: null })) });
    expect(single.orderGap).toEqual({
      mean: null,
      n: 0,
      missing: 24,
      reason: 'no cell has an order gap (it needs both option orders)',
    });
  });
});

describe('agreement', () => {
  it('of a model without any score is null everywhere, with reasons', () => {
    const nothing = agreement({ ...worldOf(HUMAN, MODEL), cells: [] });
    expect(nothing.overall).toMatchObject({
      mean: null,
      plainMean: null,
      n: 0,
      undefinedCount: 4,
      reason: 'r is undefined for all 4 countries: only 0 items with both mean scores; r needs at least 3',
    });
    expect(nothing.modelCells).toMatchObject({
      scored: 0,
      unscoredByReason: [{ reason: 'no reading', cells: 24 }],
    });
    expect(nothing.optionMass).toMatchObject({ mean: null, reason: 'no cell has an option mass' });
    for (const figure of [
      nothing.deviation,
      nothing.withinItems,
      ...nothing.byContinent,
      ...nothing.byCategory,
    ]) {
      expect(figure.mean).toBeNull();
      expect(figure.reason).toMatch(/^r is undefined for all \d+ (countries|items): only 0 /);
    }
  });

  it('is plain data: JSON brings it back whole', () => {
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('does not depend on the order of the cells', () => {
    const world = worldOf(HUMAN, MODEL);
    expect(agreement({ ...world, cells: world.cells.toReversed() })).toEqual(agreement(world));
  });

  it('is 1 where the model answers as people do, whatever they say', () => {
    const row = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 5 }), (rows) => {
        const table = rows.map((values) => values.map((value) => value / 100));
        const { byCountry, deviationByCountry, byItem } = agreement(worldOf(table, table));
        for (const { r, reason } of [...byCountry, ...deviationByCountry, ...byItem]) {
          if (r === null) {
            expect(reason).toMatch(/\w/);
          } else {
            expect(r).toBeCloseTo(1, 9);
            expect(reason).toBeNull();
          }
        }
      }),
    );
  });
});
