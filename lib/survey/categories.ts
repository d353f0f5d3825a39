import { z } from 'zod';
import { dataPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import { readJsonFile } from '../files/read-json.js';
import type { Category } from '../types.js';
import { type BankFile, loadBankFiles } from './items.js';

/** A group of categories. */
export interface CategoryGroup {
  readonly id: string;
  readonly title: string;
}

/** The groups, and the sentence that must stand wherever they are shown. */
export interface CategoryGroups {
  readonly groups: readonly CategoryGroup[];
  readonly caution: string;
}

interface CategoryFile {
  readonly groups: readonly CategoryGroup[];
  readonly groupsAreAGuess: string;
  readonly categories: readonly { readonly id: string; readonly group: string | null }[];
}

const categoryFileSchema: z.ZodType<CategoryFile> = z.strictObject({
  groups: z.array(z.strictObject({ id: z.string().min(1), title: z.string().min(1) })),
  groupsAreAGuess: z.string().min(1),
  categories: z.array(z.strictObject({ id: z.string().min(1), group: z.string().nullable() })).min(1),
});

/**
 * The categories in the order of the questionnaire, each with its title (from the item bank) and its group.
 *
 * @param options.path the category file; data/items/categories.json by default
 * @param options.bank the files of the item bank; data/items/bank by default
 * @throws InputError where the category file and the bank do not name the same categories, or a group is unknown
 */
export function loadCategories(
  options: { readonly path?: string; readonly bank?: readonly BankFile[] } = {},
): Category[] {
  const path = options.path ?? defaultPath();
  return joinCategories(readCategoryFile(path), options.bank ?? loadBankFiles(), path);
}

/** The groups of categories. Their membership is a guess of ours; `caution` says so. */
export function loadCategoryGroups(path: string = defaultPath()): CategoryGroups {
  const file = readCategoryFile(path);
  return { groups: file.groups, caution: file.groupsAreAGuess };
}

function joinCategories(file: CategoryFile, bank: readonly BankFile[], path: string): Category[] {
  const listed = new Set(file.categories.map((category) => category.id));
  const unlisted = bank.find((bankFile) => !listed.has(bankFile.category));
  if (unlisted !== undefined) {
    throw new InputError(
      `Reading the categories: ${path} lacks "${unlisted.category}", which the item bank has. Add it under categories.`,
    );
  }
  const groups = new Set(file.groups.map((group) => group.id));
  return file.categories.map(({ id, group }) => {
    const title = bank.find((bankFile) => bankFile.category === id)?.title;
    if (title === undefined) {
      throw new InputError(
        `Reading the categories: ${path} names category "${id}", which no file of the item bank has. Remove or correct it.`,
      );
    }
    if (group !== null && !groups.has(group)) {
      throw new InputError(
        `Reading the categories: ${path}, category "${id}": found group "${group}", ` +
          `expected one of ${[...groups].join(', ')} or null.`,
      );
    }
    return { id, title, group };
  });
}

function readCategoryFile(path: string): CategoryFile {
  return readJsonFile(path, categoryFileSchema, 'the categories');
}

function defaultPath(): string {
  return dataPath('items', 'categories.json');
}
