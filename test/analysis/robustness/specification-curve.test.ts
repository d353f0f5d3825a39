import { describe, expect, it } from 'vitest';
import { oneChoiceChanged } from '../../../lib/analysis/robustness/one-choice-changed.js';
import type {
  AnswerSource,
  ItemSource,
  PeopleSource,
  Specification,
} from '../../../lib/analysis/robustness/specification.js';
import { specificationCurve } from '../../../lib/analysis/robustness/specification-curve.js';
import { type MaskedMatrix, maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { createRandom } from '../../../lib/statistics/random.js';

const COUNTRIES = 8;
const ITEMS = 30;
const random = createRandom(7);
const noise = (): number[][] =>
  Array.from({ length: COUNTRIES }, () => Array.from({ length: ITEMS }, () => random.uniform() - 0.5));

const common = Array.from({ length: ITEMS }, () => random.uniform() - 0.5);
const own = noise();
const people = own.map((row) => row.map((value, i) => (common[i] ?? 0) + 0.5 * value));
const means = people.map((_, c) =>
  common.map((_, i) => {
    const others = people.filter((_, other) => other !== c);
    return others.reduce((sum, row) => sum + (row[i] ?? 0), 0) / others.length;
  }),
);

/** Item means plus a share of what is special about each country. */
const model = (culture: number): MaskedMatrix =>
  maskedMatrix(
    people.map((row, c) => row.map((_, i) => (common[i] ?? 0) + culture * 0.5 * (own[c]?.[i] ?? 0))),
  );
const source = (template: string, culture: number): AnswerSource => ({
  choice: { template, format: 'plain', readingKind: 'letter', orders: 'given' },
  counted: template !== 'x',
  scores: model(culture),
});
const side: PeopleSource = {
  choice: { people: 'shipped', weights: 'weighted', cells: 'all', countries: 'all' },
  scores: maskedMatrix(people),
  itemMeans: maskedMatrix(means),
};
const items: readonly ItemSource[] = [
  { choice: 'all', items: common.map(() => true) },
  { choice: 'values only', items: common.map((_, i) => i % 2 === 0) },
];
const western = people.map((_, c) => c < 3);
// Three wordings show people's differences, one shows them turned round.
const answers = [source('a', 0.5), source('b', 0.8), source('c', 0.2), source('d', -0.5)];
const chosen: Specification = {
  template: 'a',
  format: 'plain',
  readingKind: 'letter',
  orders: 'given',
  weights: 'weighted',
  people: 'shipped',
  cells: 'all',
  countries: 'all',
  items: 'all',
};

describe('a specification curve', () => {
  const curve = specificationCurve({ answers, people: [side], items, western, chosen });
  const finding = (id: string) => curve.findings.find((one) => one.id === id);

  it('has every combination once', () => {
    expect(curve.results).toHaveLength(8);
    expect(new Set(curve.results.map(({ specification }) => JSON.stringify(specification))).size).toBe(8);
  });

  it('tells the share of them in which the sign of a finding is that of the chosen one', () => {
    expect(finding('deviation r')).toMatchObject({ sameSign: 0.75, specifications: 8, undefinedCount: 0 });
    const values = curve.results.map(({ figures }) => figures.deviationR ?? 9).sort((a, b) => a - b);
    expect(finding('deviation r')).toMatchObject({
      chosen: curve.results.find(({ specification }) => specification.template === 'a')?.figures.deviationR,
      ...{ least: values[0], most: values[7], median: ((values[3] ?? 0) + (values[4] ?? 0)) / 2 },
    });
    expect(finding('r within items')?.sameSign).toBe(0.75);
  });

  it('sets r and lean beside those of item means on the same cells', () => {
    const [first] = curve.results;
    const value = (first?.figures.r ?? 9) - (first?.itemMeans.r ?? 9);
    expect(finding('r minus that of item means')?.chosen).toBe(value);
    expect(value).toBeGreaterThan(0);
  });

  it('compares with item means on the cells of each model, which may lack some', () => {
    const whole = answers[0] as AnswerSource;
    const half = {
      ...whole,
      choice: { ...whole.choice, template: 'half' },
      scores: {
        ...whole.scores,
        present: whole.scores.present.map((_, cell) => (cell % ITEMS < 12 ? 1 : 0)),
      },
    };
    const [one, other] = specificationCurve({
      answers: [whole, half],
      ...{ people: [side], items: items.slice(0, 1), western, chosen },
    }).results;
    expect(one?.itemMeans.r).not.toBe(other?.itemMeans.r);
  });

  it('computes item means once for all models that have the same cells', () => {
    const other = specificationCurve({
      answers: [source('a', 0.1)],
      ...{ people: [side], items, western, chosen },
    });
    const [of, ofOther] = [curve.results[0]?.itemMeans, other.results[0]?.itemMeans];
    expect(of).toBeDefined();
    expect(ofOther).toBe(of);
    const elsewhere = specificationCurve({
      answers,
      ...{ people: [{ ...side, itemMeans: maskedMatrix(people) }], items, western, chosen },
    });
    expect(elsewhere.results[0]?.itemMeans).not.toEqual(of);
  });

  it('changes one choice at a time from the chosen one', () => {
    const changed = oneChoiceChanged(curve.results, chosen);
    expect(changed.map(({ choice, value }) => [choice, value])).toEqual([
      [null, 'as chosen'],
      ['template', 'b'],
      ['template', 'c'],
      ['template', 'd'],
      ['items', 'values only'],
    ]);
  });

  it('leaves ways out of the share that are only looked at', () => {
    const looked = specificationCurve({
      answers: [...answers, source('x', -0.9)],
      ...{ people: [side], items, western, chosen },
    });
    // With the chosen data alone.
    expect(looked.results).toHaveLength(9);
    expect(looked).toMatchObject({ waysOfAsking: 4, dataChoices: 2, findings: curve.findings });
    expect(oneChoiceChanged(looked.results, chosen).map(({ value }) => value)).toContain('x');
  });

  it('refuses a chosen specification that is not among them', () => {
    expect(() =>
      specificationCurve({ answers, people: [side], items, western, chosen: { ...chosen, template: 'e' } }),
    ).toThrow(/chosen specification \(e; plain; .* is not among the 8 that the readings allow/);
  });
});
