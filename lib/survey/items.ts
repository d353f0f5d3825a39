import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath } from '../files/data-folder.js';
import { InputError, messageOf } from '../files/input-error.js';
import { parseJson, readTextFile } from '../files/read-json.js';
import type { Item } from '../types.js';
import { bankFileSchema, itemSchema, otherItemSchema } from './item-schema.js';

/** One file of the item bank: a category with its items, in the order of the file. */
export interface BankFile {
  readonly category: string;
  readonly title: string;
  readonly items: readonly Item[];
}

/**
 * The item bank, Q1 to Q259 in the order of the questionnaire.
 *
 * @param folder holds one JSON file for each category; data/items/bank by default
 * @throws InputError naming file, item and field
 */
export function loadItems(folder: string = dataPath('items', 'bank')): Item[] {
  return joinBankFiles(loadBankFiles(folder));
}

/** Every file of the item bank, in the order of the file names. @throws InputError naming file, item and field */
export function loadBankFiles(folder: string = dataPath('items', 'bank')): BankFile[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    throw new InputError(
      `Reading the item bank: ${folder} cannot be read (${messageOf(error)}). Expected a folder of JSON files.`,
    );
  }
  if (names.length === 0) {
    throw new InputError(
      `Reading the item bank: ${folder} holds no .json file. Expected one for each category.`,
    );
  }
  return names.sort().map((name) => {
    const path = join(folder, name);
    return parseBankFile(readTextFile(path, 'the item bank'), path);
  });
}

/** The item of a variable. @throws InputError when the bank lacks it */
export function findItem(items: readonly Item[], variable: string): Item {
  const found = items.find((item) => item.variable === variable);
  if (found === undefined) {
    throw new InputError(
      `Looking up an item: "${variable}" is not in the item bank. Expected a variable such as Q57, from Q1 to Q259.`,
    );
  }
  return found;
}

/**
 * One bank file: JSON text in, checked items out. Pure.
 *
 * @param names.variable `Q`: named Q1, Q2, ...; `any`: as another survey names them
 * @throws InputError naming file, item and field
 */
export function parseBankFile(
  text: string,
  path: string,
  names: { readonly variable: 'Q' | 'any' } = { variable: 'Q' },
): BankFile {
  const { category, title, items } = parseJson(text, bankFileSchema, { what: 'the item bank', path });
  return {
    category,
    title,
    items: items.map((value, place) => ({ ...parseItem(value, place, path, names), category })),
  };
}

/** The items of several bank files, in the order Q1, Q2, ... by default. @throws InputError for a variable that occurs twice */
export function joinBankFiles(
  files: readonly BankFile[],
  { order = 'by number' }: { readonly order?: 'by number' | 'as given' } = {},
): Item[] {
  const owner = new Map<string, string>();
  for (const file of files) {
    for (const { variable } of file.items) {
      const earlier = owner.get(variable);
      if (earlier !== undefined) {
        throw new InputError(
          `Reading the item bank: item ${variable}, field variable: found in ${earlier} and again in ${file.category}. ` +
            'Expected each variable once. Remove one of the two.',
        );
      }
      owner.set(variable, file.category);
    }
  }
  const items = files.flatMap((file) => file.items);
  return order === 'as given'
    ? items
    : items.sort((a, b) => questionNumber(a.variable) - questionNumber(b.variable));
}

/** The number in a variable name: 17 for "Q17". */
export function questionNumber(variable: string): number {
  return Number(variable.slice(1));
}

function parseItem(
  value: unknown,
  place: number,
  path: string,
  { variable: named }: { readonly variable: 'Q' | 'any' },
): Omit<Item, 'category'> {
  const schema = named === 'Q' ? itemSchema : otherItemSchema;
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) {
    return result.data;
  }
  const variable = (value as { variable?: unknown } | null)?.variable;
  const name = typeof variable === 'string' ? `item ${variable}` : `item ${place + 1} of the file`;
  const problems = result.error.issues.map((issue) => {
    const field = issue.path.length === 0 ? 'the item' : `field ${issue.path.join('.')}`;
    const found =
      issue.code === 'custom' || issue.code === 'unrecognized_keys' ? '' : ` (found ${preview(issue.input)})`;
    return `  ${name}, ${field}: ${issue.message}${found}`;
  });
  throw new InputError(
    [`Reading the item bank: ${path} cannot be used. Mend the file.`, ...problems].join('\n'),
  );
}

function preview(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
