import type {
  ArmContrast,
  ArmDifference,
  TrainingAnalysis,
} from '../../analysis/training/training-record.js';
import { number, signed } from './numbers.js';

/** What an analysis found, in sentences with their numbers: one for each arm that was set against the first. */
export function trainingFindings({ factor, contrasts, trends }: TrainingAnalysis): string[] {
  const named = `${factor.charAt(0).toUpperCase()}${factor.slice(1)}`;
  const slope = trends.find(({ id }) => id === 'r');
  return [
    ...contrasts.map(
      (contrast) => `${named}, ${contrast.second} against ${contrast.first}: ${sentenceOf(contrast)}`,
    ),
    ...(slope === undefined || slope.slope === null || slope.low === null || slope.high === null
      ? []
      : [
          `${named}: r changes by ${signed(slope.slope)} [${number(slope.low)}, ${number(slope.high)}] for ten times the parameters, over ${slope.models} models.`,
        ]),
  ];
}

function sentenceOf({ differences, claim, models }: ArmContrast): string {
  const shown = differences.filter(({ id }) => id !== 'option mass').map(differenceInWords);
  const about =
    claim === 'recipes'
      ? ` This is about the recipes, with ${models.first.length} and ${models.second.length} seeds as the unit.`
      : claim === 'these models'
        ? ' This is about these two models; two trainings of one recipe differ as well.'
        : ' One model against several: no interval.';
  return `${shown.join('; ')}.${about}`;
}

function differenceInWords({ id, difference, low, high, adjustedP, reason }: ArmDifference): string {
  if (difference === null) {
    return `${id} cannot be compared (${reason})`;
  }
  const change = `${id} ${signed(difference)}`;
  if (low === null || high === null) {
    return change;
  }
  const p = adjustedP === null ? '' : `, p ${adjustedP.toFixed(3).replace(/^0/, '')}`;
  const unclear = low <= 0 && high >= 0 ? ', which may be chance' : '';
  return `${change} [${number(low)}, ${number(high)}]${p}${unclear}`;
}
