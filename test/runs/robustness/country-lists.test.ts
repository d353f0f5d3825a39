import { describe, expect, it } from 'vitest';
import type { AnswerSource, PeopleSource } from '../../../lib/analysis/robustness/specification.js';
import { specificationCurve } from '../../../lib/analysis/robustness/specification-curve.js';
import { countryLists } from '../../../lib/runs/robustness/country-lists.js';
import { itemSources, peopleSources } from '../../../lib/runs/robustness/people-sources.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { loadCountries } from '../../../lib/survey/countries.js';
import { selectCountries } from '../../../lib/survey/country-selection.js';
import type { Country } from '../../../lib/types.js';
import { humanFrom, type ScoreTable, someCountries, someItems } from '../../analysis/small-world.js';

const shipped = loadCountries();
const choicesOf = (countries: readonly Country[]) => countryLists(countries).map(({ choice }) => choice);

describe('the lists of countries of a specification curve', () => {
  it('are one where the default set or a part of it was asked', () => {
    const usual = selectCountries(shipped, 'default-55');
    expect(countryLists(usual)).toEqual([{ choice: 'all', countries: usual.map(() => true) }]);
    expect(choicesOf(usual.slice(5, 20))).toEqual(['all']);
  });

  it('are two where more was asked: all, and those of them in the default set', () => {
    const [all, usual] = countryLists(shipped);
    expect(all?.countries.every((is) => is)).toBe(true);
    expect(usual?.choice).toBe('default-55');
    expect(shipped.filter((_, c) => usual?.countries[c])).toEqual(selectCountries(shipped, 'default-55'));
  });

  it('are one where too few countries would be left for r within items', () => {
    const others = shipped.filter(({ inDefaultSet }) => !inDefaultSet);
    const usual = selectCountries(shipped, 'default-55');
    expect(choicesOf(others)).toEqual(['all']);
    expect(choicesOf([...others, ...usual.slice(0, 2)])).toEqual(['all']);
    expect(choicesOf([...others, ...usual.slice(0, 3)])).toEqual(['all', 'default-55']);
  });
});

// AAA, BBB and CCC are in the default set and have item means 0; DDD is not and lifts that of Q1 to .225.
const countries = someCountries(4).map((country) => ({ ...country, inDefaultSet: country.iso3 !== 'DDD' }));
const items = someItems(3);
const PEOPLE: ScoreTable = [
  [0.3, -0.3, 0],
  [-0.3, 0, 0.3],
  [0, 0.3, -0.3],
  [0.9, 0, 0],
];
const MODEL: ScoreTable = [
  [0.3, 0, -0.3],
  [-0.3, 0.3, 0],
  [-0.3, 0.3, 0],
  [0.5, 0.2, 0.2],
];

const fisherMean = (r: readonly number[]): number =>
  Math.tanh(r.reduce((sum, one) => sum + Math.atanh(one), 0) / r.length);

const sourcesOf = (table: ScoreTable): PeopleSource[] =>
  peopleSources(
    { choices: [{ people: 'shipped', human: humanFrom(countries, items, table) }], cells: 'all' },
    { countries, items },
  );

const answer: AnswerSource = {
  choice: { template: 'a', format: 'plain', readingKind: 'letter', orders: 'given' },
  counted: true,
  scores: maskedMatrix(MODEL),
};
const lookedAt: AnswerSource = { ...answer, choice: { ...answer.choice, template: 'b' }, counted: false };

describe('a list of countries', () => {
  const people = sourcesOf(PEOPLE);
  const [first] = people;
  const curve = specificationCurve({
    ...{ answers: [answer, lookedAt], people, items: itemSources(items, []) },
    western: countries.map(({ western }) => western),
    chosen: {
      ...answer.choice,
      ...(first as PeopleSource).choice,
      items: 'all',
    },
  });
  const under = (list: string) =>
    curve.results.find(
      ({ specification }) => specification.countries === list && specification.template === 'a',
    );

  it('is a choice beside the others, the chosen one with all countries', () => {
    // Cells: none is suspect, and all are thin.
    expect(people.map(({ choice }) => [choice.cells, choice.countries])).toEqual([
      ['all', 'all'],
      ['all', 'default-55'],
    ]);
    expect(curve).toMatchObject({ waysOfAsking: 1, dataChoices: 2, chosen: { countries: 'all' } });
  });

  it('gives figures over its countries, deviations from their item means', () => {
    const figures = under('default-55')?.figures;
    // Every row of people and of the model has sum 0, norm² .18, and a product of .09 with the other: r = deviation r = .5.
    expect(figures?.r).toBeCloseTo(0.5, 12);
    expect(figures?.deviationR).toBeCloseTo(0.5, 12);
    // Items 1 and 2: .18 / sqrt(.18 x .24) = .09 / sqrt(.18 x .06) = sqrt(3) / 2; item 3: 0.
    expect(figures?.withinItems).toBeCloseTo(Math.sqrt(3) / 3, 12);
    expect(figures?.lean).toBeCloseTo(0, 12);
    // What the other two say in the mean is minus half of each country's answers: r = -1, capped.
    expect(under('default-55')?.itemMeans.r).toBeCloseTo(-0.999, 12);
  });

  it('leaves the figures over all countries as they are', () => {
    const { figures, itemMeans } = under('all') ?? {};
    // Deviations from (.225, 0, 0), people's and the model's. AAA: (.075, -.3, 0), (.075, 0, -.3). BBB: (-.525, 0, .3),
    // (-.525, .3, 0). CCC: (-.225, .3, -.3), (-.525, .3, 0). DDD: (.675, 0, 0), (.275, .2, .2).
    const deviations = [
      0.005625 / 0.095625,
      0.275625 / 0.365625,
      0.208125 / Math.sqrt(0.230625 * 0.365625),
      0.275 / Math.sqrt(0.155625),
    ];
    expect(figures?.deviationR).toBeCloseTo(fisherMean(deviations), 12);
    // DDD: 1, capped.
    expect(figures?.r).toBeCloseTo(fisherMean([0.5, 0.5, 0.5, 0.999]), 12);
    // The mean of the others, for AAA (.2, .1, 0): .03 / sqrt(.02 x .18); for BBB (.4, 0, -.1): -.15 / sqrt(.14 x .18); for
    // CCC (.3, -.1, .1): -.06 / sqrt(.08 x .18); for DDD (0, 0, 0): undefined.
    expect(itemMeans?.r).toBeCloseTo(fisherMean([0.5, -0.15 / Math.sqrt(0.0252), -0.5]), 12);
  });

  it('is not varied for ways that are looked at only', () => {
    const looked = curve.results.filter(({ counted }) => !counted);
    expect(looked.map(({ specification }) => specification.countries)).toEqual(['all']);
  });

  it('is left out where it changes no number or leaves none', () => {
    const lists = (table: ScoreTable) => sourcesOf(table).map(({ choice }) => choice.countries);
    expect(lists(PEOPLE.map((row, c) => (c === 3 ? [null, null, null] : row)))).toEqual(['all']);
    expect(lists(PEOPLE.map((row, c) => (c === 3 ? row : [null, null, null])))).toEqual(['all']);
  });
});
