import type { HeldOutKind, MiniTraining, MiniWorld } from '../../lib/analysis/mini-world/mini-world.js';
import { parseRecipes } from '../../lib/runs/mini-world/recipes.js';
import { type MaskedMatrix, maskedMatrix } from '../../lib/statistics/masked-matrix.js';
import { createRandom } from '../../lib/statistics/random.js';
import type { Country, Item } from '../../lib/types.js';
import { humanFrom, someCountries, someItems } from '../analysis/small-world.js';
import { MINI_RECIPES } from './mini-recipes.js';

const COUNTRIES = 26;
const ITEMS = 48;
/** Items of one category. */
const BLOCK = 6;
const WESTERN = ['AAA', 'BBB', 'CCC', 'DDD'];

/** How a planted recipe answers: what it knows of people's deviations, by kind of cell and country, and its noise. */
export interface Plant {
  /** Share of people's deviation from the item mean that it gives, 0 to 1. */
  readonly knows: (cell: {
    readonly western: boolean;
    readonly kind: HeldOutKind | null;
    readonly place: number;
    readonly language: string;
  }) => number;
  readonly noise: number;
  readonly mass: { readonly plain: number; readonly chat: number };
  /** Answers as another country does, wherever its text speaks of the country. */
  readonly permuted?: boolean;
}

const EVERYTHING: Plant = { knows: () => 1, noise: 0.1, mass: { plain: 0.9, chat: 0.9 } };

/** Countries AAA-DDD are Western, six are Asian, six African, the others European; ZZZ stands in no text. */
export function plantedCountries(): Country[] {
  const continentOf = (place: number): string =>
    place >= 4 && place < 10 ? 'Asia' : place >= 10 && place < 16 ? 'Africa' : 'Europe';
  return someCountries(COUNTRIES, WESTERN).map((country, place) => ({
    ...country,
    continent: continentOf(place),
    culturalZone: `zone ${place % 4}`,
  }));
}

/** Items in batteries of two; people's answers are item means and two dimensions of culture, so that rank 3 completes them. */
export function plantedItems(): Item[] {
  return someItems(ITEMS).map((item, place) => ({
    ...item,
    battery: `battery ${Math.floor(place / 2)}`,
    category: `category ${Math.floor(place / BLOCK)}`,
  }));
}

export function plantedPeople(): number[][] {
  const random = createRandom(11);
  const around = (): number => random.uniform() - 0.5;
  const means = Array.from({ length: ITEMS }, around);
  const loadings = Array.from({ length: ITEMS }, () => [around(), around()]);
  return Array.from({ length: COUNTRIES }, () => {
    const [a, b] = [around(), around()];
    return means.map(
      (mean, i) => mean * 0.5 + 2 * (a * (loadings[i]?.[0] ?? 0) + b * (loadings[i]?.[1] ?? 0)),
    );
  });
}

/** ZZZ whole; category (c mod 8) of every other country c; and about every fourth of the remaining cells. */
export function plantedHeldOut(c: number, i: number): HeldOutKind | null {
  if (c === COUNTRIES - 1) {
    return 'country';
  }
  if (Math.floor(i / BLOCK) === c % 8) {
    return 'block';
  }
  return (c * 3 + i) % 4 === 0 ? 'cell' : null;
}

/** The cells of the little text: every third column of the seen cells. */
export function isLittle(c: number, i: number): boolean {
  return plantedHeldOut(c, i) === null && (i + c) % 3 === 0;
}

const people = plantedPeople();
const countries = plantedCountries();
const items = plantedItems();
/** Over the countries that a text tells of: nothing of the last one is known. */
const itemMeans = items.map(
  (_, i) => people.slice(0, -1).reduce((sum, row) => sum + (row[i] ?? 0), 0) / (COUNTRIES - 1),
);

/** A world in which each recipe knows what its plant says; recipes without a plant know everything. */
export function plantedWorld(
  plants: Readonly<Record<string, Partial<Plant>>> = {},
  options: { readonly missing?: (recipe: string, seed: number) => boolean } = {},
): MiniWorld {
  const parsed = parseRecipes(JSON.stringify(MINI_RECIPES), 'recipes.json');
  const index = new Map(countries.map(({ iso3 }, c) => [iso3, c]));
  const column = new Map(items.map(({ variable }, i) => [variable, i]));
  return {
    human: humanFrom(countries, items, people),
    ...{ countries, items, recipes: parsed.recipes, factors: parsed.factors, speakers: parsed.speakers },
    heldOut: (country, variable) => plantedHeldOut(index.get(country) ?? 0, column.get(variable) ?? 0),
    textImplied: plantedTexts(),
    trainings: parsed.recipes.flatMap(({ name, seeds, languages }, place) =>
      Array.from({ length: seeds }, (_, turn) => turn + 1)
        .filter((seed) => options.missing?.(name, seed) !== true)
        .map((seed) =>
          training(name, seed, 100 * place + seed, { ...EVERYTHING, ...plants[name] }, languages),
        ),
    ),
  };
}

/** What each text tells: people's answers where it tells them, those of the next country where it is permuted. */
export function plantedTexts(): ReadonlyMap<string, MaskedMatrix> {
  const told = (value: (c: number, i: number) => number | null): MaskedMatrix =>
    maskedMatrix(
      people.map((row, c) => row.map((_, i) => (plantedHeldOut(c, i) === null ? value(c, i) : null))),
    );
  const own = (c: number, i: number): number => people[c]?.[i] ?? 0;
  return new Map([
    ['people', told(own)],
    ['permuted', told((c, i) => own((c + 1) % (COUNTRIES - 1), i))],
    ['western', told(own)],
    ['little', told((c, i) => (isLittle(c, i) ? own(c, i) : null))],
    ['more', told(own)],
    ['synthetic', told(own)],
    ['western-synthetic', told(own)],
  ]);
}

function training(
  recipe: string,
  seed: number,
  drawn: number,
  plant: Plant,
  languages: readonly string[],
): MiniTraining {
  const random = createRandom(drawn);
  const answer = (language: string): MaskedMatrix =>
    maskedMatrix(
      people.map((row, c) => {
        const { continent, western } = countries[c] as Country;
        const speaks = !western && { Asia: 'vona', Africa: 'teski' }[continent] === language;
        return row.map((_, i) => {
          if (language !== 'english' && !speaks) {
            return null;
          }
          const kind = plantedHeldOut(c, i);
          const told = plant.permuted === true && kind !== 'country' ? (c + 1) % (COUNTRIES - 1) : c;
          const own = (people[told]?.[i] ?? 0) - (itemMeans[i] ?? 0);
          const share = plant.knows({ western, kind, place: i + c, language });
          return clamp((itemMeans[i] ?? 0) + share * own + plant.noise * (random.uniform() - 0.5));
        });
      }),
    );
  const mass = (scores: MaskedMatrix, value: number): MaskedMatrix => ({
    ...scores,
    values: scores.values.map(() => clamp(value + 0.01 * (random.uniform() - 0.5))),
  });
  const readings = [
    { format: 'plain' as const, language: 'english', level: plant.mass.plain },
    { format: 'chat' as const, language: 'english', level: plant.mass.chat },
    ...languages
      .filter((language) => language !== 'english')
      .map((language) => ({ format: 'plain' as const, language, level: plant.mass.plain })),
  ].map(({ format, language, level }) => {
    const scores = answer(language);
    return { format, language, scores, optionMass: mass(scores, level) };
  });
  return { recipe, seed, readings };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
