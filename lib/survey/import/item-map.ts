import { z } from 'zod';
import { dataPath } from '../../files/data-folder.js';
import { readJsonFile } from '../../files/read-json.js';

/** Which column of a survey's file holds an item of the bank, and how its codes become the bank's. */
export interface MapEntry {
  /** Of the item bank. */
  readonly variable: string;
  /** Of the file; capitals do not matter. */
  readonly column: string;
  /** Whether column and codes are known to be right; the others are left out unless they are asked for. */
  readonly sure: boolean;
  /** Code of the file -> code of the bank; a code that is not listed is then outside. Absent where they are the same. */
  readonly recode?: Readonly<Record<string, number>> | undefined;
  /** Code of the bank -> number that the mean runs over, where the codes are not in order. */
  readonly meanCodes?: Readonly<Record<string, number>> | undefined;
  /** Codes of a variable that the item bank lacks. */
  readonly codes?: readonly number[] | undefined;
  readonly note?: string | undefined;
}

/** How a file of single answers is read: data, so that another release needs no other code. */
export interface ItemMap {
  readonly id: string;
  readonly title: string;
  /** Where the pairs of variable and column come from. */
  readonly source: string;
  readonly citation: string;
  readonly terms: string;
  readonly columns: {
    /** ISO3 code of the country; null where only the numeric code is there. */
    readonly country: string | null;
    /** Numeric code of the country, as `b_country` in data/survey/countries.csv. */
    readonly countryCode: string;
    readonly weight: string;
    /** Which of several surveys a row belongs to; null where there is one. */
    readonly study: string | null;
    /** Columns that hold one value in every row. */
    readonly fixed: readonly { readonly column: string; readonly value: number; readonly meaning: string }[];
  };
  /** Name of a survey in the file -> its code in the column `study`. */
  readonly studies: Readonly<Record<string, number>>;
  /** Files that are easily taken for this one, and the columns that they are known by. */
  readonly otherFiles: readonly { readonly columns: readonly string[]; readonly is: string }[];
  readonly entries: readonly MapEntry[];
}

const text = z.string().min(1);
const codes = z.record(z.string().regex(/^-?\d+$/), z.int());

const itemMapSchema: z.ZodType<ItemMap> = z.strictObject({
  ...{ id: text, title: text, source: text, citation: text, terms: text },
  columns: z.strictObject({
    country: text.nullable(),
    countryCode: text,
    weight: text,
    study: text.nullable(),
    fixed: z.array(z.strictObject({ column: text, value: z.number(), meaning: text })),
  }),
  studies: z.record(text, z.int()),
  otherFiles: z.array(z.strictObject({ columns: z.array(text).min(1), is: text })),
  entries: z
    .array(
      z.strictObject({
        ...{ variable: text, column: text, sure: z.boolean() },
        recode: codes.optional(),
        meanCodes: codes.optional(),
        codes: z.array(z.int()).min(2).optional(),
        note: text.optional(),
      }),
    )
    .min(1)
    .refine((entries) => new Set(entries.map(({ variable }) => variable)).size === entries.length, {
      message: 'expected each variable once',
    }),
});

/** Item maps that ship, by name. */
export type ItemMapId = 'wvs7' | 'evs-wvs';

/** Path of an item map that ships. */
export function itemMapPath(id: ItemMapId): string {
  return dataPath('survey', 'import', `${id}.json`);
}

/** Reads an item map. @throws InputError naming file and field */
export function loadItemMap(path: string): ItemMap {
  return readJsonFile(path, itemMapSchema, 'the item map');
}
