import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { plainCsvFile } from '../../survey/plain-csv.js';
import type { DirectCell } from './direct-computation.js';

/** Nine decimals are printed. */
const CLOSE = 1e-9;

/** A human side holds exactly the cells that were computed directly, with their numbers. Tells the first that differ. */
export function expectSameCells(folder: string, direct: ReadonlyMap<string, DirectCell>): void {
  const shares = plainCsvFile(join(folder, 'shares.csv'));
  const problems: string[] = [];
  const near = (what: string, found: string | undefined, expected: number): void => {
    if (found === undefined || found === '' || !(Math.abs(Number(found) - expected) <= CLOSE)) {
      problems.push(`${what}: found ${found}, expected ${expected}`);
    }
  };
  const met = new Set<string>();
  for (const row of shares) {
    const key = `${row.country_iso3} ${row.variable}`;
    const cell = direct.get(key);
    met.add(key);
    const share = cell?.shares.get(Number(row.option_code)) ?? { plain: 0, weighted: 0 };
    near(`${key} n`, row.n_valid, cell?.n ?? Number.NaN);
    near(`${key} share of ${row.option_code}`, row.share_unweighted, share.plain);
    near(`${key} weighted share of ${row.option_code}`, row.share_weighted, share.weighted);
  }
  const means = existsSync(join(folder, 'means.csv')) ? plainCsvFile(join(folder, 'means.csv')) : [];
  for (const row of means) {
    const key = `${row.country_iso3} ${row.variable}`;
    const mean = direct.get(key)?.mean ?? null;
    near(`${key} n of the mean`, row.n_valid, mean?.n ?? Number.NaN);
    near(`${key} mean`, row.mean_unweighted, mean?.plain.mean ?? Number.NaN);
    near(`${key} sd`, row.sd_unweighted, mean?.plain.sd ?? Number.NaN);
    near(`${key} weighted mean`, row.mean_weighted, mean?.weighted.mean ?? Number.NaN);
    near(`${key} weighted sd`, row.sd_weighted, mean?.weighted.sd ?? Number.NaN);
  }
  expect(problems.slice(0, 5)).toEqual([]);
  expect(met.size).toBe(direct.size);
  expect(means).toHaveLength([...direct.values()].filter(({ mean }) => mean !== null).length);
}
