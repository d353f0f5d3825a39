import { createRandom, type RandomGenerator, randomPermutation } from '../../lib/statistics/random.js';
import { loadCategories } from '../../lib/survey/categories.js';
import { selectItems } from '../../lib/survey/item-sets.js';
import { loadItems } from '../../lib/survey/items.js';
import type { Item } from '../../lib/types.js';

const SEED = 20221224;

/** The items of the set `sample-24`. */
export function chooseItems(): Item[] {
  return selectItems(loadItems(), 'sample-24');
}

/**
 * How the sample sets of data/items/sets.json were drawn: as many items of each category, by a fixed seed, again and again
 * until every number of options is among them.
 */
export function drawItems(perCategory: number): Item[] {
  const askable = selectItems(loadItems(), 'wvs-209').filter((item) => item.canAsk);
  const categories = loadCategories().map((category) =>
    askable.filter((item) => item.category === category.id),
  );
  const counts = (items: readonly Item[]): number => new Set(items.map(offered)).size;
  const random = createRandom(SEED);
  for (;;) {
    const drawn = categories.flatMap((items) => draw(items, { count: perCategory, random }));
    if (counts(drawn) === counts(askable)) {
      return drawn;
    }
  }
}

function draw(
  items: readonly Item[],
  { count, random }: { readonly count: number; readonly random: RandomGenerator },
): Item[] {
  const places = [...randomPermutation(items.length, random)].slice(0, count);
  return places.flatMap((place) => items[place] ?? []);
}

function offered(item: Item): number {
  return item.options.filter((option) => option.offered).length;
}
