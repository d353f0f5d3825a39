import { readFileSync } from 'node:fs';
import { projectPath } from '../../lib/files/data-folder.js';

/** What test/oracle/scipy_statistics.py wrote. */
export interface StatisticsOracle {
  readonly versions: { readonly python: string; readonly numpy: string; readonly scipy: string };
  readonly pearson: readonly {
    readonly name: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly r: number | null;
    readonly scipy: number | null;
  }[];
  readonly fisher: readonly {
    readonly correlations: readonly number[];
    readonly z: readonly number[];
    readonly mean: number;
    readonly plainMean: number;
  }[];
  readonly deviation: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly reference: readonly number[];
    readonly r: number;
  }[];
  readonly spread: readonly {
    readonly values: readonly number[];
    readonly mean: number;
    readonly standardDeviation: number;
  }[];
  readonly random: readonly {
    readonly seed: number;
    readonly first: readonly number[];
    readonly last: readonly number[];
    readonly count: number;
  }[];
}

export const oracle: StatisticsOracle = JSON.parse(
  readFileSync(projectPath('test', 'oracle', 'scipy_statistics.expected.json'), 'utf8'),
);
