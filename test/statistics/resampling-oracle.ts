import { readFileSync } from 'node:fs';
import { projectPath } from '../../lib/files/data-folder.js';

type Row = readonly (number | null)[];

/** What test/oracle/scipy_resampling.py wrote. */
export interface ResamplingOracle {
  readonly crossCorrelation: readonly {
    readonly name: string;
    readonly a: readonly Row[];
    readonly b: readonly Row[];
    readonly r: readonly Row[];
  }[];
  readonly columnMeans: readonly {
    readonly x: readonly Row[];
    readonly y: readonly Row[];
    readonly rowGroups: readonly string[];
    readonly columnGroups: readonly string[];
    readonly byColumn: readonly number[];
    readonly estimate: number;
    readonly columns: number;
    readonly rows: number;
    readonly both: number;
    readonly floored: boolean;
    readonly low: number;
    readonly high: number;
  }[];
  readonly bootstrap: readonly {
    readonly x: readonly Row[];
    readonly models: readonly (readonly Row[])[];
    readonly columnGroups: readonly string[];
    readonly firstPart: readonly boolean[];
    readonly seed: number;
    readonly rowsDrawn: boolean;
    readonly intervals: readonly {
      readonly replicates: number;
      readonly low: number;
      readonly high: number;
    }[];
  }[];
}

export const oracle: ResamplingOracle = JSON.parse(
  readFileSync(projectPath('test', 'oracle', 'scipy_resampling.expected.json'), 'utf8'),
);
