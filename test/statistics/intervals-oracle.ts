import { readFileSync } from 'node:fs';
import { projectPath } from '../../lib/files/data-folder.js';

type Row = readonly (number | null)[];

interface ExpectedInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** What test/oracle/scipy_intervals.py wrote. */
export interface IntervalsOracle {
  readonly studentT: readonly { readonly df: number; readonly quantile: number; readonly tail: number }[];
  readonly jackknife: readonly {
    readonly values: readonly number[];
    readonly mean: number;
    readonly variance: number;
  }[];
  readonly clustered: readonly {
    readonly values: readonly number[];
    readonly groups: readonly string[];
    readonly variance: number;
  }[];
  readonly headline: readonly {
    readonly x: readonly Row[];
    readonly y: readonly Row[];
    readonly other: readonly Row[];
    readonly groups: readonly string[];
    readonly firstPart: readonly boolean[];
    readonly rowsFixed: boolean;
    readonly z: ExpectedInterval;
    readonly r: ExpectedInterval;
    readonly difference: ExpectedInterval;
    readonly lean: ExpectedInterval;
    readonly leanRowsFixed: boolean;
  }[];
  readonly twoWay: readonly {
    readonly values: readonly (readonly number[])[];
    readonly rowGroups: readonly string[];
    readonly columnGroups: readonly string[];
    readonly estimate: number;
    readonly rows: number;
    readonly columns: number;
    readonly variance: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly regression: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly sizes?: readonly number[];
    readonly slope: number;
    readonly intercept: number;
    readonly standardError: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly welch: readonly {
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly t: number;
    readonly df: number;
    readonly p: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly seeds: readonly {
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly greater: number;
    readonly less: number;
    readonly 'two-sided': number;
  }[];
  readonly rowPermutation: readonly {
    readonly x: readonly Row[];
    readonly y: readonly Row[];
    readonly observed: number;
    readonly p: number;
  }[];
  readonly adjustment: readonly {
    readonly p: readonly number[];
    readonly holm: readonly number[];
    readonly benjaminiHochberg: readonly number[];
  }[];
  readonly quantiles: readonly {
    readonly values: readonly number[];
    readonly low: number;
    readonly high: number;
  }[];
  readonly completion: readonly {
    readonly values: readonly Row[];
    readonly rank: number;
    readonly ridge: number;
    readonly completed: readonly (readonly number[])[];
  }[];
}

export const oracle: IntervalsOracle = JSON.parse(
  readFileSync(projectPath('test', 'oracle', 'scipy_intervals.expected.json'), 'utf8'),
);
