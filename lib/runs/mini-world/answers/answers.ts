import type { AlignmentAnswer } from '../../../analysis/mini-world/factors/alignment.js';
import type { CoverageAnswer } from '../../../analysis/mini-world/factors/coverage.js';
import type { FactorTests } from '../../../analysis/mini-world/factors/factor-tests.js';
import type { NullAnswer } from '../../../analysis/mini-world/factors/null.js';
import type { MiniFactor } from '../../../analysis/mini-world/mini-world.js';
import type { MiniWorldAnalysis } from '../../../analysis/mini-world/mini-world-record.js';
import type { SeedContrast } from '../../../analysis/mini-world/seed-contrast.js';
import { number } from '../../summary/numbers.js';
import { languagesInWords } from './languages-answer.js';
import { sizeInWords } from './size-answer.js';
import { contrastInWords, three, trendInWords, trendVerdict, verdictOf } from './words.js';

/** What each factor does, in plain sentences with their numbers. */
export function answersInWords({
  factors,
}: Pick<MiniWorldAnalysis, 'factors'>): Readonly<Record<MiniFactor, readonly string[]>> {
  return {
    size: unlessUntested(factors.size, sizeInWords),
    coverage: unlessUntested(factors.coverage, coverageInWords),
    languages: unlessUntested(factors.languages, languagesInWords),
    alignment: unlessUntested(factors.alignment, alignmentInWords),
    synthetic: unlessUntested(factors.synthetic, syntheticInWords),
    null: nullInWords(factors.null),
  };
}

/** One sentence where not a single test of a factor could be made, instead of the same reason many times. */
function unlessUntested<Tests extends FactorTests>(
  tests: Tests,
  inWords: (tests: Tests) => string[],
): string[] {
  return [...tests.trends, ...tests.contrasts].every(({ p }) => p === null)
    ? ['No claim: too few trainings to test anything here (what is missing stands below).']
    : inWords(tests);
}

function coverageInWords({ trends, contrasts, leanOfItemMeans }: CoverageAnswer): string[] {
  const falling = trends.filter((trend) => trendVerdict(trend) === 'lower').length;
  const lead =
    falling === trends.length
      ? 'The more evenly a text speaks of all countries, the less the model leans to the West'
      : falling > 0
        ? 'The more evenly a text speaks of all countries, the less the model leans to the West by one figure, not by the other'
        : 'That even coverage lessens the lean to the West is not shown';
  return [
    `${lead}: ${trends.map((trend) => `${trend.measure.figure} ${trendInWords(trend)}`).join('; ')}.`,
    `The outer two: ${contrasts.map((one) => `${one.measure.figure} ${contrastInWords(one)}`).join('; ')}.`,
    `The item means of the text, which know no culture, have a West minus others of ${three(leanOfItemMeans)} on these cells.`,
  ];
}

function alignmentInWords({ contrasts, tunedOptionMass }: AlignmentAnswer): string[] {
  const of = (about: string, figure: string, format: string): SeedContrast | undefined =>
    contrasts.find(
      (one) => one.about === about && one.measure.figure === figure && one.measure.format === format,
    );
  const both = (about: string, figure: string): string =>
    ['plain', 'chat']
      .flatMap((format) => {
        const found = of(about, figure, format);
        return found === undefined ? [] : [`${format} ${contrastInWords(found)}`];
      })
      .join('; ');
  const values = of('values', 'deviation r', 'plain');
  const lead =
    values !== undefined && verdictOf(values) === 'higher'
      ? 'Tuning teaches the form of an answer and what the answers tuned on say, and the two can be told apart'
      : 'Form and values of tuning are not told apart';
  const masses = tunedOptionMass.flatMap((one) => one.values);
  return [
    `${lead}.`,
    `Format (read on against tuned on wrong answers): option mass ${both('format', 'option mass')}.`,
    `Values (tuned on wrong against right answers): deviation r ${both('values', 'deviation r')}.`,
    masses.length === 0
      ? 'No tuned model has been trained.'
      : `Option mass of tuned models, smallest of ${masses.length} (trainings x formats): ${three(Math.min(...masses))}.`,
  ];
}

function syntheticInWords({ contrasts }: FactorTests): string[] {
  const ofDeviation = contrasts.filter(({ measure }) => measure.figure === 'deviation r');
  const parts = [...new Set(ofDeviation.map(({ measure }) => measure.cells))];
  const leans = contrasts.filter(({ about }) => about === "the teacher's lean");
  const helped = ofDeviation.find(({ measure }) => measure.cells === 'only teacher saw');
  const lead =
    helped !== undefined && verdictOf(helped) === 'higher'
      ? 'Synthetic text passes on what its teacher has read'
      : 'That synthetic text passes on what its teacher has read is not shown';
  return [
    `${lead}.`,
    ...parts.map((part) => {
      const inPart = ofDeviation.filter(({ measure }) => measure.cells === part);
      return `Deviation r, cells that ${part}: ${inPart.map(contrastInWords).join('; ')}.`;
    }),
    `Of a teacher that leans to the West: ${leans.map((one) => `${one.measure.figure} ${contrastInWords(one)}`).join('; ')}.`,
  ];
}

function nullInWords({ splits, meanRate, contrasts }: NullAnswer): string[] {
  const rates = splits.flatMap(({ halves }) => halves.rate ?? []);
  const [recipe] = splits.map(({ values }) => values.recipe);
  const [unread] = contrasts;
  return [
    meanRate === null
      ? `How often seeds of ${recipe} pass for two recipes cannot be told: ${splits[0]?.halves.reason ?? 'no split'}.`
      : `Halves of the seeds of ${recipe} are called different at 5 % in ${percent(meanRate)} of all splits ` +
        `(${percent(Math.min(...rates))} to ${percent(Math.max(...rates))} for single figures).`,
    ...(unread === undefined ? [] : [`Countries in no text: deviation r ${contrastInWords(unread)}.`]),
  ];
}

function percent(share: number): string {
  return `${number(100 * share, 1)} %`;
}
