import { z } from 'zod';
import { InputError } from '../files/input-error.js';
import { parseJson } from '../files/read-json.js';
import type { Category, Item } from '../types.js';
import { type BankFile, joinBankFiles, parseBankFile } from './items.js';

/** Items of another survey, and the categories that they belong to (in no group). */
export interface OwnItems {
  readonly items: readonly Item[];
  readonly categories: readonly Category[];
}

/**
 * The items of another survey: one file of an item bank, or a list of several, in the format of data/items/bank.
 *
 * @returns items and categories in the order of the file
 * @throws InputError naming item and field
 */
export function loadOwnItems(text: string, path: string): OwnItems {
  const content = parseJson(text, z.union([z.array(z.looseObject({})).min(1), z.looseObject({})]), {
    what: 'the items of another survey',
    path,
  });
  const files: BankFile[] = (Array.isArray(content) ? content : [content]).map((file) =>
    parseBankFile(JSON.stringify(file), path, { variable: 'any' }),
  );
  const repeated = files.find(
    ({ category }, place) => files.findIndex((other) => other.category === category) !== place,
  );
  if (repeated !== undefined) {
    throw new InputError(
      `Reading the items of another survey: ${path} has the category "${repeated.category}" twice. Expected each once. Join the two.`,
    );
  }
  return {
    items: joinBankFiles(files, { order: 'as given' }),
    categories: files.map(({ category, title }) => ({ id: category, title, group: null })),
  };
}
