import { readFileSync } from 'node:fs';
import { projectPath } from '../../lib/files/data-folder.js';

/** What test/oracle/scipy_agreement.py wrote. */
export interface AgreementOracle {
  readonly agreement: readonly {
    readonly name: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly spearman: number | null;
    readonly concordance: number | null;
    readonly slope: number | null;
    readonly offset: number | null;
    readonly absoluteError: number | null;
  }[];
  readonly ranks: readonly { readonly values: readonly number[]; readonly ranks: readonly number[] }[];
  readonly weighted: readonly {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly weights: readonly number[];
    readonly r: number;
  }[];
  readonly weightedMeans: readonly {
    readonly correlations: readonly number[];
    readonly weights: readonly number[];
    readonly mean: number;
    readonly plainMean: number;
  }[];
  readonly distances: readonly {
    readonly positions: readonly number[];
    readonly p: readonly number[];
    readonly q: readonly number[];
    readonly wasserstein: number;
    readonly jensenShannon: number;
  }[];
}

export const oracle: AgreementOracle = JSON.parse(
  readFileSync(projectPath('test', 'oracle', 'scipy_agreement.expected.json'), 'utf8'),
);
