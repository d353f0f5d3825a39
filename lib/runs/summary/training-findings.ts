import type {
  ArmContrast,
  ArmDifference,
  TrainingAnalysis,
} from '../../analysis/training/training-record.js';
import { number, signed } from './numbers.js';

/** Above this an adjusted p is no evidence of a difference. */
const LARGE_P = 0.05;

/** What an analysis found, in sentences with their numbers: one for each arm that was set against the first. */
export function trainingFindings({ factor, contrasts, trends }: TrainingAnalysis): string[] {
  const named = `${factor.charAt(0).toUpperCase()}${factor.slice(1)}`;
  const slope = trends.find(({ id }) => id === 'r');
  return [
    ...contrasts.map(
      (contrast) =>
        `${named}, ${contrast.second} against ${contrast.first}: ${sentenceOf(contrast, contrasts.length)}`,
    ),
    ...(slope === undefined || slope.slope === null || slope.low === null || slope.high === null
      ? []
      : [
          `${named}: r changes by ${signed(slope.slope)} [${number(slope.low)}, ${number(slope.high)}] for ten times the parameters, by a line through ${slope.sizes} sizes.`,
        ]),
  ];
}

function sentenceOf({ differences, claim, models }: ArmContrast, contrasts: number): string {
  const shown = differences
    .filter(({ id }) => id !== 'option mass')
    .map((difference) => differenceInWords(difference, contrasts));
  return `${shown.join('; ')}. ${about(claim, models)}`;
}

function about(claim: ArmContrast['claim'], models: ArmContrast['models']): string {
  switch (claim) {
    case 'recipes':
      return `This is about the recipes, with ${models.first.length} and ${models.second.length} seeds as the unit.`;
    case 'these models':
      return 'This is about these two models; two trainings of one recipe differ as well.';
    case 'this model':
      return 'This is about one model, asked in two ways.';
    case null:
      return 'One model against several: no interval.';
  }
}

function differenceInWords(
  { id, difference, low, high, adjustedP, smallestP, reason }: ArmDifference,
  contrasts: number,
): string {
  if (difference === null) {
    return `${id} cannot be compared (${reason})`;
  }
  const change = `${id} ${signed(difference)}`;
  if (low === null || high === null) {
    return change;
  }
  const p =
    adjustedP === null
      ? ''
      : `, p ${adjustedP < 0.001 ? '< .001' : `= ${adjustedP.toFixed(3).replace(/^0/, '')}`}`;
  const interval = `${change} [${number(low)}, ${number(high)}]${p}`;
  if (smallestP !== null && smallestP * contrasts > LARGE_P) {
    return `${interval}, too few seeds to tell`;
  }
  const mayBeChance = (low <= 0 && high >= 0) || (adjustedP !== null && adjustedP > LARGE_P);
  return mayBeChance ? `${interval}, which may be chance` : interval;
}
