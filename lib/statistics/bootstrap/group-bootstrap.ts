import { InputError } from '../../files/input-error.js';
import { requireLabels } from '../intervals/grouping.js';
import {
  DEFAULT_TERMS,
  FEWEST_GROUPS,
  FEWEST_ROWS,
  type Terms,
  tooFewGroups,
} from '../intervals/interval-rules.js';
import type { MaskedMatrix } from '../masked-matrix.js';
import type { MatrixBackend, MatrixBackendName } from '../matrix-backend.js';
import type { RandomGenerator } from '../random.js';
import { DEFAULT_LEVEL, type Interval, requireLevel } from '../student-t.js';
import { type BootstrapData, bootstrapData } from './bootstrap-data.js';
import type { CorrelationStatistic } from './correlation-statistics.js';
import { drawReplicates } from './draws.js';
import { percentileInterval } from './percentile.js';
import { replicateCorrelations } from './replicate-correlations.js';

const DEFAULT_REPLICATES = 10_000;

/** Fewer replicates leave too few of them outside an interval. */
const FEWEST_REPLICATES = 100;

/** Numbers that one matrix product gives at most: 16 MB. */
const CHUNK_NUMBERS = 4_000_000;

/** What is resampled, and what is computed of it. */
export interface GroupBootstrapInput {
  /** rows (countries) x columns (items): people. */
  readonly x: MaskedMatrix;
  /** One matrix of the same shape for each model. */
  readonly models: readonly MaskedMatrix[];
  /** For each column the name of its group (an item's battery): groups are drawn whole. */
  readonly columnGroups: readonly string[];
  readonly statistics: readonly CorrelationStatistic[];
  /** 10,000 by default. */
  readonly replicates?: number;
  /** Whether rows are drawn too; by default when there are at least {@link FEWEST_ROWS}. */
  readonly resampleRows?: boolean;
  readonly random: RandomGenerator;
  readonly backend: MatrixBackend;
  /** .95 by default. */
  readonly level?: number;
  readonly terms?: Terms;
}

/** A statistic with its percentile interval. */
export interface BootstrapEstimate {
  /** Of the data as they are, in float64; null where undefined. */
  readonly estimate: number | null;
  readonly interval: Interval | null;
  /** Replicates in which the statistic is defined; the interval rests on these. */
  readonly replicates: number;
  readonly undefinedReplicates: number;
  /** Why there is no estimate, or no interval; null when both are there. */
  readonly reason: string | null;
}

/** What a bootstrap found. */
export interface GroupBootstrap {
  /** One for each statistic. */
  readonly estimates: readonly BootstrapEstimate[];
  /** `columns`: other columns like these, the same rows. `columns-and-rows`: other rows too. */
  readonly scope: 'columns' | 'columns-and-rows';
  /** Groups of columns with a cell in use. */
  readonly groups: number;
  readonly backend: MatrixBackendName;
  /** Correlations that float32 could not settle and that were computed in float64. */
  readonly inFloat64: number;
}

/**
 * Bootstrap of groups of columns x rows. Each replicate draws as many groups (batteries) as there are, whole and with
 * replacement, and independently as many rows (countries), and computes r of every model in every row over the columns
 * drawn, counted as often as they were drawn. All sums come from a matrix product on tfjs in float32; r agrees with
 * float64 within 1e-5. All models are read on the cells that all have, so that differences are paired.
 *
 * It stands beside the intervals by jackknife, for statistics without a formula: where .95 is meant, percentile
 * intervals over whole groups cover .91-.93.
 *
 * @returns no interval, with a reason, for fewer than {@link FEWEST_GROUPS} groups and where a statistic is undefined
 * @throws InputError for matrices of different shape, labels of another number, a level outside (0, 1), or fewer than
 *   100 replicates
 */
export async function groupBootstrap(input: GroupBootstrapInput): Promise<GroupBootstrap> {
  const { x, statistics, level = DEFAULT_LEVEL, replicates = DEFAULT_REPLICATES } = input;
  requireLabels(input.columnGroups, x.columns, 'columns');
  requireLevel('groupBootstrap', level);
  if (!Number.isInteger(replicates) || replicates < FEWEST_REPLICATES) {
    throw new InputError(
      `groupBootstrap needs a whole number of at least ${FEWEST_REPLICATES} replicates, got ${replicates}.`,
    );
  }
  const data = bootstrapData(input);
  const groups = data.columnGroups.names.length;
  const resampleRows = input.resampleRows ?? x.rows >= FEWEST_ROWS;
  const estimates = statistics.map((statistic) => statistic(data.whole, new Float32Array(x.rows).fill(1)));
  const tooFew =
    groups < FEWEST_GROUPS
      ? tooFewGroups(groups, input.terms?.columnGroups ?? DEFAULT_TERMS.columnGroups)
      : null;
  const run = tooFew === null ? await replicateValues(data, { ...input, replicates, resampleRows }) : null;
  return {
    estimates: estimates.map((estimate, place) => {
      const values = Float64Array.from(run?.values[place] ?? []);
      const undefinedReplicates = run === null ? 0 : replicates - values.length;
      const reason = estimate === null ? 'the statistic is undefined' : tooFew;
      const interval = reason === null ? percentileInterval(values, level) : null;
      return { estimate, interval, replicates: values.length, undefinedReplicates, reason };
    }),
    scope: resampleRows ? 'columns-and-rows' : 'columns',
    groups,
    backend: input.backend.name,
    inFloat64: run?.inFloat64 ?? 0,
  };
}

/** For each statistic its values in the replicates in which it is defined. */
async function replicateValues(
  data: BootstrapData,
  input: GroupBootstrapInput & { readonly replicates: number; readonly resampleRows: boolean },
): Promise<{ readonly values: readonly (readonly number[])[]; readonly inFloat64: number }> {
  const { statistics, replicates, resampleRows, random, backend } = input;
  const { rows, groups, features, featureCount } = data.sums;
  const values: number[][] = statistics.map(() => []);
  let inFloat64 = 0;
  const chunk = Math.max(1, Math.floor(CHUNK_NUMBERS / featureCount));
  for (let done = 0; done < replicates; done += chunk) {
    const count = Math.min(chunk, replicates - done);
    const { groupWeights, rowWeights } = drawReplicates({ count, groups, rows, resampleRows, random });
    const shape = { rows: count, inner: groups, columns: featureCount };
    const product = await backend.product(groupWeights, features, shape);
    for (let k = 0; k < count; k += 1) {
      const found = replicateCorrelations(data, {
        sums: product.subarray(k * featureCount, (k + 1) * featureCount),
        groupWeights: groupWeights.subarray(k * groups, (k + 1) * groups),
      });
      inFloat64 += found.inFloat64;
      for (const [place, statistic] of statistics.entries()) {
        const value = statistic(found.r, rowWeights.subarray(k * rows, (k + 1) * rows));
        if (value !== null) {
          values[place]?.push(value);
        }
      }
    }
  }
  return { values, inFloat64 };
}
