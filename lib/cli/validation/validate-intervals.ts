import { createRandom } from '../../statistics/random.js';
import { coverage } from '../../statistics/simulation/coverage.js';
import { coverageTable } from '../tables/coverage-table.js';
import { intervalCases, WESTERN } from './interval-worlds.js';

/** How often intervals hold what they should, in made-up worlds; printed as a table or as JSON. */
export function validateIntervals({
  worlds,
  seed,
  json,
}: {
  readonly worlds: number;
  readonly seed: number;
  readonly json?: boolean;
}): string {
  const all = intervalCases();
  const found = all.map(({ estimand, plan }, turn) => {
    process.stderr.write(`\r${turn} of ${all.length} kinds of worlds`);
    // A seed of its own, so that a kind's numbers do not depend on those before it.
    return coverage(plan, { estimand, firstPart: WESTERN, worlds, random: createRandom(seed + turn) });
  });
  process.stderr.write(`\r${' '.repeat(40)}\r`);
  return json === true
    ? JSON.stringify(
        found.map((one, turn) => ({ ...all[turn], ...one })),
        null,
        1,
      )
    : coverageTable(all, found);
}
