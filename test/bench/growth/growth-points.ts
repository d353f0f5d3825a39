import type { OptionOrder } from '../../../lib/types.js';
import { RANDOM_MODELS, type RandomModel } from './random-models.js';

/** What is varied, one thing at a time. */
export const GROWTH_SERIES = ['countries', 'orders', 'reading', 'model', 'row'] as const;

export type GrowthSeries = (typeof GROWTH_SERIES)[number];

/** One measurement of how cost grows: a setting that differs from the usual one in a single respect. */
export interface GrowthPoint {
  readonly series: GrowthSeries;
  readonly label: string;
  readonly countries: number;
  readonly orders: readonly OptionOrder[];
  readonly reading: 'letter' | 'answer-text';
  /** The model of random weights; null for the real one. */
  readonly model: RandomModel | null;
  /** Tokens of a row at most; null where they are found by timing. */
  readonly rowTokens: number | null;
}

const USUAL: Omit<GrowthPoint, 'series' | 'label'> = {
  countries: 55,
  orders: ['given'],
  reading: 'letter',
  model: null,
  rowTokens: null,
};

// The shortest row still holds the longest prompt of the sample.
const ROW_TOKENS = [160, 256, 512, 1024, 2048];

/** The points of the series asked for, in a fixed order. */
export function growthPoints(series: readonly GrowthSeries[]): GrowthPoint[] {
  const points: GrowthPoint[] = [
    ...[1, 5, 20, 55].map(
      (countries): GrowthPoint => ({ ...USUAL, series: 'countries', label: String(countries), countries }),
    ),
    { ...USUAL, series: 'orders', label: 'one' },
    { ...USUAL, series: 'orders', label: 'two', orders: ['given', 'reversed'] },
    { ...USUAL, series: 'reading', label: 'letters' },
    { ...USUAL, series: 'reading', label: 'answer texts', reading: 'answer-text' },
    { ...USUAL, series: 'model', label: '135M' },
    ...RANDOM_MODELS.map((model): GrowthPoint => ({ ...USUAL, series: 'model', label: model.label, model })),
    ...ROW_TOKENS.map(
      (rowTokens): GrowthPoint => ({ ...USUAL, series: 'row', label: String(rowTokens), rowTokens }),
    ),
  ];
  return points.filter((point) => series.includes(point.series));
}
