import { z } from 'zod';
import { dataPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import { readJsonFile } from '../files/read-json.js';
import type { Construct, Item } from '../types.js';
import { questionNumber } from './items.js';

/** A named choice of items. */
export interface ItemSet {
  readonly id: string;
  readonly description: string;
  /** Variables and ranges of variables: "Q1", "Q27-Q81". */
  readonly variables: readonly string[];
  readonly constructs: readonly Construct[];
}

/** The sets that data/items/sets.json defines. */
export interface ItemSets {
  /** Id of the set that a study uses when it names none. */
  readonly default: string;
  readonly sets: readonly ItemSet[];
}

const itemSetsSchema: z.ZodType<ItemSets> = z
  .strictObject({
    default: z.string(),
    sets: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          description: z.string().min(1),
          variables: z
            .array(z.string().regex(/^Q[1-9]\d*(-Q[1-9]\d*)?$/, 'expected "Q1" or a range "Q1-Q6"'))
            .min(1),
          constructs: z.array(z.enum(['value', 'perception', 'experience', 'behaviour'])).min(1),
        }),
      )
      .min(1),
  })
  .refine((file) => file.sets.some((set) => set.id === file.default), {
    path: ['default'],
    message: 'expected the id of one of the sets',
  });

/** The item sets. @throws InputError naming file and field */
export function loadItemSets(path: string = dataPath('items', 'sets.json')): ItemSets {
  return readJsonFile(path, itemSetsSchema, 'the item sets');
}

/**
 * The items of a set, in the order of `items`.
 *
 * @param options.sets the sets to choose from; data/items/sets.json by default
 * @throws InputError for an unknown set, a range that runs backwards, and a variable that the bank lacks
 */
export function selectItems(
  items: readonly Item[],
  setId: string,
  options: { readonly sets?: ItemSets } = {},
): Item[] {
  const { sets } = options.sets ?? loadItemSets();
  const set = sets.find((candidate) => candidate.id === setId);
  if (set === undefined) {
    throw new InputError(
      `Selecting items: there is no item set "${setId}". Expected one of ${sets.map((known) => known.id).join(', ')}, or variables such as Q57,Q164.`,
    );
  }
  const wanted = new Set(set.variables.flatMap((range) => variablesOf(range, setId)));
  const known = new Set(items.map((item) => item.variable));
  const missing = [...wanted].filter((variable) => !known.has(variable));
  if (missing.length > 0) {
    throw new InputError(
      `Selecting items: set "${setId}" names ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' ...' : ''}, ` +
        'which the item bank lacks. Correct the set or add the items.',
    );
  }
  return items.filter((item) => wanted.has(item.variable) && set.constructs.includes(item.construct));
}

function variablesOf(range: string, setId: string): string[] {
  const [first = range, last = first] = range.split('-');
  const from = questionNumber(first);
  const to = questionNumber(last);
  if (to < from) {
    throw new InputError(
      `Selecting items: set "${setId}" has the range "${range}". Expected it to run upward.`,
    );
  }
  return Array.from({ length: to - from + 1 }, (_, step) => `Q${from + step}`);
}
