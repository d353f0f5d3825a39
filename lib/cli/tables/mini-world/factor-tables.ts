import type { FactorTests } from '../../../analysis/mini-world/factors/factor-tests.js';
import type { NullAnswer } from '../../../analysis/mini-world/factors/null.js';
import type { SeedContrast } from '../../../analysis/mini-world/seed-contrast.js';
import type { SeedTrend } from '../../../analysis/mini-world/seed-trend.js';
import type { SeedValues } from '../../../analysis/mini-world/seed-values.js';
import { formatNumber, formatSigned, type TextColumn, textTable } from '../text-table.js';
import { wrapped } from '../wrapped.js';
import { formatP, meanAndSpread, measureLabel, shortRecipe } from './labels.js';

const left = (title: string): TextColumn => ({ title, align: 'left' });
const right = (title: string): TextColumn => ({ title, align: 'right' });

/** The figures of each recipe, its tests, and what is missing, as text. */
export function factorTables(tests: FactorTests): string {
  const { arms, trends, contrasts } = tests;
  return [
    armsTable(arms),
    ...(trends.length === 0 ? [] : ['', trendsTable(trends)]),
    ...(contrasts.length === 0 ? [] : ['', contrastsTable(contrasts)]),
    ...missingNotes(tests),
  ].join('\n');
}

/** One row for each measure, one column for each recipe: mean ± standard deviation over seeds. */
function armsTable(arms: readonly SeedValues[]): string {
  const recipes = [...new Set(arms.map(({ recipe }) => recipe))];
  const labels = [...new Set(arms.map(({ measure }) => measureLabel(measure)))];
  return textTable(
    [left('mean ± sd over seeds'), ...recipes.map((recipe) => right(shortRecipe(recipe)))],
    labels.map((label) => [
      label,
      ...recipes.map((recipe) => {
        const found = arms.find((arm) => arm.recipe === recipe && measureLabel(arm.measure) === label);
        return found === undefined ? '' : meanAndSpread(found.mean, found.standardDeviation);
      }),
    ]),
  );
}

function trendsTable(trends: readonly SeedTrend[]): string {
  return textTable(
    [left('trend'), left('over'), ...['Jonckheere', 'p', 'Holm'].map(right)],
    trends.map(({ measure, arms, trend, p, adjustedP }) => [
      measureLabel(measure),
      arms.map(({ recipe }) => shortRecipe(recipe)).join(', '),
      formatSigned(trend, 3),
      formatP(p),
      formatP(adjustedP),
    ]),
  );
}

function contrastsTable(contrasts: readonly SeedContrast[]): string {
  return textTable(
    [left('difference'), left(''), ...['change', '95 % interval', 'Holm', 'exact p'].map(right)],
    contrasts.map(({ measure, first, second, difference, low, high, adjustedP, permutationP }) => [
      measureLabel(measure),
      `${shortRecipe(first.recipe)} → ${shortRecipe(second.recipe)}`,
      formatSigned(difference, 3),
      low === null || high === null ? '–' : `[${formatSigned(low, 2)}, ${formatSigned(high, 2)}]`,
      formatP(adjustedP),
      formatP(permutationP),
    ]),
  );
}

function missingNotes({ arms, trends, contrasts }: FactorTests): string[] {
  const reasons = [...contrasts, ...trends, ...arms].flatMap(({ reason }) => reason?.split('; ') ?? []);
  // A reason may stand inside another, which then says it as well.
  const all = [...new Set(reasons)].filter(
    (reason, _, every) => !every.some((other) => other !== reason && other.includes(reason)),
  );
  return all.length === 0 ? [] : ['', ...all.map((reason) => wrapped(`Missing: ${reason}.`))];
}

/** How often seeds of one recipe pass for two recipes, figure by figure. */
export function splitsTable({ splits }: NullAnswer): string {
  return textTable(
    [
      left('one recipe against itself'),
      ...['seeds', 'mean', 'sd', 'splits', 'called different', 'rate'].map(right),
    ],
    splits.map(({ values, halves }) => [
      measureLabel(values.measure),
      String(values.values.length),
      formatNumber(values.mean, 3),
      formatNumber(values.standardDeviation, 3),
      String(halves.splits),
      String(halves.significant),
      formatNumber(halves.rate, 3),
    ]),
  );
}
