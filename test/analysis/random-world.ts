import type { AgreementInput } from '../../lib/analysis/score-grid.js';
import { createRandom } from '../../lib/statistics/random.js';
import type { Category, Country, Item } from '../../lib/types.js';
import { type ScoreTable, worldOf } from './small-world.js';

/** Everything that an agreement is computed from. */
export type World = AgreementInput & { readonly categories: readonly Category[] };

/** Two tables of scores and the world that they make. */
export interface RandomTables {
  readonly human: ScoreTable;
  readonly model: ScoreTable;
}

const COUNTRIES = 10;
const ITEMS = 16;

/** People with item means and countries of their own, and a model that half follows them; some answers are missing. */
export function randomTables(seed: number): RandomTables {
  const random = createRandom(seed);
  const around = (centre: number, spread: number) => centre + spread * (2 * random.uniform() - 1);
  const means = Array.from({ length: ITEMS }, () => around(0, 0.4));
  const human = Array.from({ length: COUNTRIES }, () => means.map((mean) => around(mean, 0.5)));
  const model = human.map((row) => row.map((score) => around(0.5 * score, 0.4)));
  const withGaps = (table: number[][]): ScoreTable =>
    table.map((row) => row.map((score) => (random.uniform() < 0.04 ? null : score)));
  return { human: withGaps(human), model: withGaps(model) };
}

/** A world whose items hang together in pairs and whose countries lie in four zones. */
export function randomWorld({ human, model }: RandomTables): World {
  const plain = worldOf(human, model, { inFirst: 7, western: ['AAA', 'CCC', 'EEE', 'GGG'] });
  const items = plain.items.map((item, place): Item => ({ ...item, battery: `pair ${place >> 1}` }));
  const countries = plain.countries.map(
    (country, place): Country => ({ ...country, culturalZone: `zone ${place % 4}` }),
  );
  return { ...plain, items, countries };
}
