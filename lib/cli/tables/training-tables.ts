import type {
  ArmContrast,
  ArmDifference,
  TrainingAnalysis,
} from '../../analysis/training/training-record.js';
import { formatNumber, type TextColumn, textTable } from './text-table.js';

/** One analysis for a terminal: its arms side by side, what each difference is about, and what it cannot say. */
export function trainingTables({ cells, contrasts, trends, causalNote }: TrainingAnalysis): string {
  const dropped = cells.dropped.filter(({ unscored, forOthers }) => unscored + forOthers > 0);
  const slopes = trends.filter(({ slope }) => slope !== null);
  return [
    ...contrasts.flatMap((contrast) => [contrastTable(contrast), '', claimOf(contrast), '']),
    `Plain means over countries, on the ${cells.common} cells that people and all models answered` +
      (dropped.length === 0
        ? '.'
        : ` (left out: ${dropped.map(({ model, unscored, forOthers }) => `${unscored + forOthers} of ${model}, ${unscored} of them without a score`).join('; ')}).`),
    ...(slopes.length === 0 ? [] : [`For ten times the parameters: ${slopes.map(slopeText).join(', ')}.`]),
    `Not proof of a cause: ${causalNote}`,
  ].join('\n');
}

function contrastTable({ first, second, differences }: ArmContrast): string {
  const hasP = differences.some(({ p }) => p !== null);
  const columns: TextColumn[] = [
    { title: '', align: 'left' },
    { title: first, align: 'right' },
    { title: second, align: 'right' },
    { title: 'difference', align: 'right' },
    { title: '95 % interval', align: 'left' },
    ...(hasP ? [{ title: 'p (Holm)', align: 'right' } as const] : []),
  ];
  return textTable(
    columns,
    differences.map((difference) => [
      difference.id,
      formatNumber(difference.first, 3),
      formatNumber(difference.second, 3),
      signed(difference.difference),
      intervalText(difference),
      ...(hasP ? [formatNumber(difference.adjustedP, 3)] : []),
    ]),
  );
}

function intervalText({ low, high, reason }: ArmDifference): string {
  return low === null || high === null
    ? `–${reason === null ? '' : ` (${reason})`}`
    : `[${signed(low)}, ${signed(high)}]`;
}

function claimOf({ claim, models, differences }: ArmContrast): string {
  switch (claim) {
    case 'recipes': {
      const smallest = differences.find(({ smallestP }) => smallestP !== null)?.smallestP ?? null;
      return (
        `About the recipes: ${models.first.length} and ${models.second.length} trainings are the unit (Welch's t; p by permuting ` +
        `seeds, at least ${formatNumber(smallest, 3)} with so many).`
      );
    }
    case 'these models':
      return 'About these two models: other items and countries, not another training of the same recipe.';
    case null:
      return 'One model against several: a difference without an interval.';
  }
}

function slopeText({ id, slope, low, high, models }: TrainingAnalysis['trends'][number]): string {
  const interval = low === null || high === null ? '' : ` [${signed(low)}, ${signed(high)}]`;
  return `${id} ${signed(slope)}${interval} (${models} models)`;
}

function signed(value: number | null): string {
  const text = formatNumber(value, 3);
  return value !== null && value > 0 ? `+${text}` : text;
}
