import type { Country, Item, PromptFormat, ReadingKind } from '../../types.js';
import type { ExportColumn } from './export-column.js';

/** One model asked and read in one way. */
export interface Way {
  readonly model: string;
  readonly template: string;
  readonly format: PromptFormat;
  readonly readingKind: ReadingKind;
}

/** What every exported row is about. */
export interface AboutRow {
  readonly way: Way;
  readonly item: Item;
  /** Null in a reading of the country-free wording. */
  readonly country: Country | null;
}

const text = { type: 'VARCHAR', unit: null, range: null, missing: null } as const;

/** Which model, asked how: the columns that a table of several models is split by. */
export const WAY_COLUMNS: readonly ExportColumn<AboutRow>[] = [
  { ...text, name: 'model', meaning: 'name of the model', of: ({ way }) => way.model },
  { ...text, name: 'template', meaning: 'id of the prompt template', of: ({ way }) => way.template },
  {
    ...text,
    name: 'format',
    range: 'plain, chat',
    meaning: "plain text, or a user turn of the model's chat template",
    of: ({ way }) => way.format,
  },
  {
    ...text,
    name: 'reading',
    range: 'letter, answer-text',
    meaning: "what was read: the option's letter, or its label summed over its tokens",
    of: ({ way }) => way.readingKind,
  },
];

/** Which question. */
export const ITEM_COLUMNS: readonly ExportColumn<AboutRow>[] = [
  { ...text, name: 'variable', meaning: "the survey's name of the item", of: ({ item }) => item.variable },
  { ...text, name: 'category', meaning: 'category of the item', of: ({ item }) => item.category },
  {
    ...text,
    name: 'battery',
    meaning: 'items asked together under one stem: the unit that intervals take as independent',
    of: ({ item }) => item.battery,
  },
];

/** Which country. */
export const COUNTRY_COLUMNS: readonly ExportColumn<AboutRow>[] = [
  {
    ...text,
    name: 'country',
    range: 'ISO 3166-1 alpha-3, and NIR',
    meaning: 'country',
    missing: 'in a reading of the country-free wording',
    of: ({ country }) => country?.iso3 ?? null,
  },
];
