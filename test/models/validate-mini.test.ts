import { beforeAll, describe, expect, it } from 'vitest';
import type { SeedValues } from '../../lib/analysis/mini-world/seed-values.js';
import { type MiniValidation, validateMini } from '../../lib/runs/mini-world/validate-mini.js';

let found: MiniValidation;
beforeAll(async () => {
  found = await validateMini();
}, 180_000);

const armOf = (arms: readonly SeedValues[], recipe: string, figure: string, format = 'plain'): SeedValues => {
  const arm = arms.find(
    (one) => one.recipe === recipe && one.measure.figure === figure && one.measure.format === format,
  );
  if (arm === undefined) {
    throw new Error(`no ${figure} of ${recipe}, asked ${format}`);
  }
  return arm;
};
const meanOf = (...which: Parameters<typeof armOf>): number => armOf(...which).mean ?? Number.NaN;

describe('the instrument on the shipped miniature world', () => {
  it('finds in every tuned model what its own text said', () => {
    const { withOwnText } = found.factors.alignment;
    for (const recipe of ['mini-permuted', 'mini-100k']) {
      expect(meanOf(withOwnText, recipe, 'deviation r'), recipe).toBeGreaterThan(0.6);
    }
  });

  it('tells what was learned from what was planted: answers of the wrong countries are not those of people', () => {
    const { arms } = found.factors.alignment;
    expect(meanOf(arms, 'mini-100k', 'deviation r')).toBeGreaterThan(
      meanOf(arms, 'mini-permuted', 'deviation r') + 0.4,
    );
  });

  it('finds the format in the option mass: every tuned model has it, plain and in chat, others have none in chat', () => {
    const { arms, tunedOptionMass } = found.factors.alignment;
    expect(tunedOptionMass.flatMap(({ values }) => values).every((mass) => mass >= 0.95)).toBe(true);
    expect(meanOf(arms, 'mini-continued', 'option mass', 'chat')).toBeLessThan(0.5);
    expect(meanOf(arms, 'mini-permuted', 'option mass', 'chat')).toBeGreaterThan(0.95);
  });

  it('finds that the lean to the West falls with coverage', () => {
    const { arms, leanOfItemMeans } = found.factors.coverage;
    for (const figure of ['West minus others', 'West minus others, deviation r']) {
      const leans = ['mini-western-heavy', 'mini-mixed', 'mini-100k'].map((recipe) =>
        meanOf(arms, recipe, figure),
      );
      expect(leans, figure).toEqual(leans.toSorted((a, b) => b - a));
    }
    expect(leanOfItemMeans).toBeLessThan(0);
  });

  it('finds that the largest model fills in unread cells as well as a completion, and better than item means', () => {
    const { againstCompletion, againstItemMeans } = found.factors.size;
    expect(againstCompletion.map(({ figure, reached }) => [figure, reached])).toEqual([
      ['r', true],
      ['r within items', true],
    ]);
    expect(againstItemMeans.length).toBeGreaterThan(0);
    for (const { interval, seed } of againstItemMeans) {
      expect(interval.low, `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it('finds nothing about countries that no text names', () => {
    for (const { recipe, seed, format, withPeople } of found.trainings) {
      const there = withPeople['held-out countries'];
      const deviationR = there.kind === 'figures' ? there.figures.deviationR : null;
      // Five countries: a mean of five correlations that are 0 but for chance.
      expect(deviationR, `${recipe} seed ${seed} ${format}`).toBeLessThan(0.3);
    }
  });
});
