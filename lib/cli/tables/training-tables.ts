import type {
  ArmContrast,
  ArmDifference,
  TrainingAnalysis,
} from '../../analysis/training/training-record.js';
import { formatNumber, formatSigned, type TableContent, textTable } from './text-table.js';
import { wrapped } from './wrapped.js';

/** One analysis for a terminal: its arms side by side, what each difference is about, and what it cannot say. */
export function trainingTables(analysis: TrainingAnalysis): string {
  return [
    ...analysis.contrasts.flatMap((contrast) => {
      const { columns, rows } = contrastContent(contrast);
      return [textTable(columns, rows), '', claimOf(contrast), ''];
    }),
    ...trainingNotes(analysis).map((text) => wrapped(text)),
  ].join('\n');
}

/** What an analysis is called: "Size: what ...?" */
export function trainingTitle({ factor, question }: TrainingAnalysis): string {
  return `${factor.charAt(0).toUpperCase()}${factor.slice(1)}: ${question}`;
}

/** What a reader of the tables of an analysis has to know, a paragraph each. */
export function trainingNotes({ arms, cells, trends, causalNote }: TrainingAnalysis): string[] {
  const dropped = cells.dropped.filter(({ unscored, forOthers }) => unscored + forOthers > 0);
  // Two sizes make a line of any two numbers.
  const slopes = trends.filter(({ low }) => low !== null);
  return [
    `Plain means over countries, on the ${cells.common} cells that people and all models answered` +
      (dropped.length === 0
        ? '.'
        : ` (left out: ${dropped.map(({ model, unscored, forOthers }) => `${unscored + forOthers} of ${model}, ${unscored} of them without a score`).join('; ')}).`),
    ...(slopes.length === 0
      ? []
      : [`For ten times the parameters, by a line through the sizes: ${slopes.map(slopeText).join(', ')}.`]),
    ...(isAskedAlike(arms)
      ? []
      : [`Asked: ${arms.map(({ label, way }) => `${label} ${way.template}, ${way.format}`).join('; ')}.`]),
    `Intervals are not adjusted for their number. Not proof of a cause: ${causalNote}`,
  ];
}

/** Two arms side by side. */
export function contrastContent({ first, second, differences }: ArmContrast): TableContent {
  const hasP = differences.some(({ p }) => p !== null);
  return {
    columns: [
      { title: '', align: 'left' },
      { title: first, align: 'right' },
      { title: second, align: 'right' },
      { title: 'difference', align: 'right' },
      { title: '95 % interval', align: 'left' },
      ...(hasP ? [{ title: 'p (Holm)', align: 'right' } as const] : []),
    ],
    rows: differences.map((difference) => [
      difference.id,
      formatNumber(difference.first, 3),
      formatNumber(difference.second, 3),
      formatSigned(difference.difference, 3),
      intervalText(difference),
      ...(hasP ? [formatNumber(difference.adjustedP, 3)] : []),
    ]),
  };
}

function intervalText({ low, high, reason }: ArmDifference): string {
  return low === null || high === null
    ? `–${reason === null ? '' : ` (${reason})`}`
    : `[${formatSigned(low, 3)}, ${formatSigned(high, 3)}]`;
}

/** What a contrast speaks about, and what it rests on. */
export function claimOf({ claim, models, differences }: ArmContrast): string {
  switch (claim) {
    case 'recipes': {
      const smallest = differences.find(({ smallestP }) => smallestP !== null)?.smallestP ?? null;
      return (
        `About the recipes: ${models.first.length} and ${models.second.length} trainings are the unit (Welch's t; p by permuting ` +
        `seeds, at least ${formatNumber(smallest, 3)} with so many).`
      );
    }
    case 'this model':
      return 'About this model, asked in two ways: other items and countries.';
    case 'these models':
      return 'About these two models: other items and countries, not another training of the same recipe.';
    case null:
      return 'One model against several: a difference without an interval.';
  }
}

function isAskedAlike(arms: TrainingAnalysis['arms']): boolean {
  return new Set(arms.map(({ way }) => JSON.stringify(way))).size === 1;
}

function slopeText({ id, slope, low, high, sizes }: TrainingAnalysis['trends'][number]): string {
  const interval =
    low === null || high === null ? '' : ` [${formatSigned(low, 3)}, ${formatSigned(high, 3)}]`;
  return `${id} ${formatSigned(slope, 3)}${interval} (${sizes} sizes)`;
}
