import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SeedContrast } from '../../lib/analysis/mini-world/seed-contrast.js';
import type { Measure, SeedValues } from '../../lib/analysis/mini-world/seed-values.js';
import { miniValidationTables } from '../../lib/cli/tables/mini-world/mini-validation-tables.js';
import { dataPath } from '../../lib/files/data-folder.js';
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

const isUp = ({ low, adjustedP }: SeedContrast): boolean => (low ?? -1) > 0 && (adjustedP ?? 1) < 0.05;
const isDown = ({ high, adjustedP }: SeedContrast): boolean => (high ?? 1) < 0 && (adjustedP ?? 1) < 0.05;
const contrastOf = (
  contrasts: readonly SeedContrast[],
  about: string,
  wanted: Partial<Measure>,
): SeedContrast => {
  const fits = ({ measure }: SeedContrast): boolean =>
    Object.entries(wanted).every(([field, value]) => measure[field as keyof Measure] === value);
  const [one, ...others] = contrasts.filter((contrast) => contrast.about === about && fits(contrast));
  if (one === undefined || others.length > 0) {
    throw new Error(`${others.length} more of ${about} ${JSON.stringify(wanted)}`);
  }
  return one;
};

describe('the instrument on the shipped miniature world', () => {
  it('has every training that is planned', () => {
    expect(found.missing).toEqual({ trainings: [], tellings: [] });
  });

  it('finds in every tuned model what its own text said', () => {
    const { withOwnText } = found.factors.alignment;
    for (const recipe of ['mini-permuted', 'mini-100k']) {
      expect(meanOf(withOwnText, recipe, 'deviation r'), recipe).toBeGreaterThan(0.6);
    }
  });

  it('finds that larger models know more of unread cells, by every figure, and tells the outer sizes apart', () => {
    const { trends, contrasts } = found.factors.size;
    expect(trends.map(({ measure }) => measure.figure)).toEqual(['r', 'deviation r', 'r within items']);
    for (const { trend, adjustedP, measure } of trends) {
      expect(trend, measure.figure).toBeGreaterThan(0);
      expect(adjustedP, measure.figure).toBeLessThan(0.01);
      expect(
        isUp(contrastOf(contrasts, 'smallest and largest', { figure: measure.figure })),
        measure.figure,
      ).toBe(true);
    }
  });

  it('finds that the largest model fills in unread cells as well as a completion, and better than item means', () => {
    const { againstCompletion, againstItemMeans } = found.factors.size;
    expect(againstCompletion.map(({ figure, reached }) => [figure, reached])).toEqual([
      ['r', true],
      ['r within items', true],
    ]);
    expect(againstItemMeans).toHaveLength(3);
    for (const { interval, seed } of againstItemMeans) {
      expect(interval.low, `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it('finds that the lean to the West falls with coverage, and tells the outer coverages apart', () => {
    const { arms, contrasts, trends, leanOfItemMeans } = found.factors.coverage;
    for (const figure of ['West minus others', 'West minus others, deviation r'] as const) {
      const leans = ['mini-western-heavy', 'mini-mixed', 'mini-100k'].map((recipe) =>
        meanOf(arms, recipe, figure),
      );
      expect(leans, figure).toEqual(leans.toSorted((a, b) => b - a));
      expect(isDown(contrastOf(contrasts, 'outer two', { figure })), figure).toBe(true);
    }
    expect(trends.map(({ trend, adjustedP }) => (trend ?? 0) < 0 && (adjustedP ?? 1) < 0.01)).toEqual([
      true,
      true,
    ]);
    expect(leanOfItemMeans).toBeLessThan(0);
  });

  it('tells text of local values from translated Western values, in own languages and in English', () => {
    const { contrasts } = found.factors.languages;
    for (const language of ['own', 'english'] as const) {
      for (const figure of ['deviation r', 'r within items'] as const) {
        expect(
          isUp(contrastOf(contrasts, 'own content', { figure, language })),
          `${figure} ${language}`,
        ).toBe(true);
      }
    }
  });

  it('finds the format in the option mass: tuning raises it, whatever the answers say', () => {
    const { contrasts, tunedOptionMass } = found.factors.alignment;
    expect(isUp(contrastOf(contrasts, 'format', { figure: 'option mass', format: 'chat' }))).toBe(true);
    for (const { recipe, measure, mean } of tunedOptionMass) {
      expect(mean, `${recipe} ${measure.format}`).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('finds values in deviation r: it does not rise with the format, and rises with true answers', () => {
    const { contrasts } = found.factors.alignment;
    const plain = { figure: 'deviation r', format: 'plain' } as const;
    expect(isUp(contrastOf(contrasts, 'format', plain))).toBe(false);
    expect(isUp(contrastOf(contrasts, 'values', plain))).toBe(true);
  });

  it('finds that synthetic text passes on what its teacher has read', () => {
    const { contrasts } = found.factors.synthetic;
    const [little] = contrasts.filter(
      ({ about, measure, second }) =>
        about === 'beside little text' &&
        measure.figure === 'deviation r' &&
        measure.cells === 'only teacher saw' &&
        second.recipe === 'mini-synthetic-text',
    );
    expect(little !== undefined && isUp(little)).toBe(true);
  });

  it('finds nothing about countries that no text names', () => {
    const [unread] = found.factors.null.contrasts;
    expect(unread?.about).toBe('countries in no text');
    expect(unread !== undefined && isUp(unread)).toBe(false);
    for (const { recipe, seed, format, withPeople } of found.trainings) {
      const there = withPeople['held-out countries'];
      const deviationR = there.kind === 'figures' ? there.figures.deviationR : null;
      // Five countries: a mean of five correlations that are 0 but for chance.
      expect(deviationR, `${recipe} seed ${seed} ${format}`).toBeLessThan(0.3);
    }
  });

  it('calls halves of one recipe different no more often than a test at 5 % may', () => {
    const { splits, meanRate } = found.factors.null;
    // Ten seeds: 126 pairs of halves.
    expect(splits.map(({ halves }) => halves.splits)).toEqual(splits.map(() => 126));
    expect(meanRate).toBeLessThanOrEqual(0.07);
  });

  it('is told in the README of the mini models as it is printed', () => {
    const readme = readFileSync(dataPath('models', 'mini', 'README.md'), 'utf8');
    const blocks = [...readme.matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, block = '']) => block);
    // Two tables, and for each factor its answer and its figures.
    expect(blocks).toHaveLength(2 + 6 * 2);
    const printed = miniValidationTables(found);
    expect(blocks.filter((block) => !printed.includes(block))).toEqual([]);
  });
});
