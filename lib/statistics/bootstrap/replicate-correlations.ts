import { FEWEST_PAIRS } from '../correlation.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import { weightedPearson } from '../weighted-correlation.js';
import type { BootstrapData } from './bootstrap-data.js';
import { keptColumns, modelFeature, rowFeature } from './group-sums.js';

/**
 * Below this share of a row's squares the columns drawn vary so little around their own mean that subtracting it in
 * float32 would lose the digits.
 */
const SAFE_SHARE = 0.25;

/** One replicate. */
export interface Replicate {
  /** The replicate's sums, one for each feature: a row of the matrix product. */
  readonly sums: Float32Array;
  /** How often each group was drawn. */
  readonly groupWeights: Float32Array;
}

/** Correlations of one replicate, models x rows, and how many of them float32 could not settle. */
export interface ReplicateCorrelations {
  readonly r: MaskedMatrix;
  readonly inFloat64: number;
}

/**
 * r of every model in every row of one replicate, from its sums. Where float32 cannot settle r, or where fewer than three
 * different columns may have been drawn, it comes from the columns themselves in float64.
 */
export function replicateCorrelations(data: BootstrapData, replicate: Replicate): ReplicateCorrelations {
  const { x, whole } = data;
  const values = new Float64Array(whole.values.length);
  const present = new Uint8Array(whole.values.length);
  const mostDrawn = replicate.groupWeights.reduce((most, weight) => Math.max(most, weight), 0);
  let inFloat64 = 0;
  for (let place = 0; place < values.length; place += 1) {
    if (whole.present[place] !== 1) {
      continue;
    }
    const model = Math.floor(place / x.rows);
    const row = place % x.rows;
    let r = correlationOfSums(replicate.sums, {
      row: rowFeature(row),
      model: modelFeature(x.rows, model, row),
      fewest: FEWEST_PAIRS * mostDrawn,
    });
    if (r === null) {
      inFloat64 += 1;
      r = correlationOfColumns(data, { model, row, groupWeights: replicate.groupWeights });
    }
    values[place] = r ?? 0;
    present[place] = r === null ? 0 : 1;
  }
  return { r: { rows: whole.rows, columns: whole.columns, values, present }, inFloat64 };
}

/** r from sums, or null where float32 cannot be trusted with it. */
function correlationOfSums(
  sums: Float32Array,
  at: { readonly row: number; readonly model: number; readonly fewest: number },
): number | null {
  const n = sums[at.row] ?? 0;
  if (n < at.fewest) {
    return null;
  }
  const sumX = sums[at.row + 1] ?? 0;
  const squaresX = sums[at.row + 2] ?? 0;
  const sumY = sums[at.model] ?? 0;
  const squaresY = sums[at.model + 1] ?? 0;
  const variationX = squaresX - (sumX * sumX) / n;
  const variationY = squaresY - (sumY * sumY) / n;
  const safeX = variationX > SAFE_SHARE * squaresX && squaresX > Number.EPSILON;
  const safeY = variationY > SAFE_SHARE * squaresY && squaresY > Number.EPSILON;
  if (!safeX || !safeY) {
    return null;
  }
  const products = (sums[at.model + 2] ?? 0) - (sumX * sumY) / n;
  return Math.min(1, Math.max(-1, products / Math.sqrt(variationX * variationY)));
}

function correlationOfColumns(
  { x, models, kept, columnGroups }: BootstrapData,
  of: { readonly model: number; readonly row: number; readonly groupWeights: Float32Array },
): number | null {
  const y = models[of.model] ?? x;
  const columns = keptColumns(kept, of.row, x.columns);
  const start = of.row * x.columns;
  return weightedPearson({
    x: columns.map((column) => x.values[start + column] ?? 0),
    y: columns.map((column) => y.values[start + column] ?? 0),
    weights: columns.map((column) => of.groupWeights[columnGroups.of[column] ?? 0] ?? 0),
  }).r;
}
