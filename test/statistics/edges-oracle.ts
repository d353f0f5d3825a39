import { readFileSync } from 'node:fs';
import { projectPath } from '../../lib/files/data-folder.js';

/** What test/oracle/scipy_edges.py wrote; null where the packages answer NaN, infinity or an error. */
export interface EdgesOracle {
  readonly pairs: readonly {
    readonly name: string;
    /** Null marks a missing value, which the packages were given as NaN. */
    readonly x: readonly (number | null)[];
    readonly y: readonly number[];
    readonly pearson: number | null;
    readonly spearman: number | null;
    readonly slope: number | null;
    readonly offset: number | null;
    readonly weighted: number | null;
  }[];
  readonly welch: readonly {
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly t: number | null;
    readonly p: number | null;
  }[];
  readonly levels: readonly { readonly df: number; readonly level: number; readonly quantile: number }[];
  readonly regression: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly slope: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly adjustment: readonly {
    readonly p: readonly number[];
    readonly holm: readonly number[];
    readonly benjaminiHochberg: readonly number[];
  }[];
  readonly distances: readonly {
    readonly positions: readonly number[];
    readonly p: readonly number[];
    readonly q: readonly number[];
    readonly wasserstein: number;
  }[];
}

export const oracle: EdgesOracle = JSON.parse(
  readFileSync(projectPath('test', 'oracle', 'scipy_edges.expected.json'), 'utf8'),
);
