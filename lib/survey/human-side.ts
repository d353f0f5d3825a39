import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { projectPath } from '../files/data-folder.js';
import { sha256OfText } from '../files/hash.js';
import { InputError } from '../files/input-error.js';
import { parseJson, readTextFile } from '../files/read-json.js';
import type { Category, Country, Item } from '../types.js';
import { parseCountries } from './countries.js';
import { loadOwnItems } from './own-items.js';

/** Raise when a field of human.json changes its name or meaning, or a number would come out differently. */
export const HUMAN_SIDE_CONTRACT = 1;

/** The file that makes a folder a human side. */
export const HUMAN_SIDE_FILE = 'human.json';
export const SHARES_FILE = 'shares.csv';
export const MEANS_FILE = 'means.csv';
export const SUSPECT_CELLS_FILE = 'suspect_cells.csv';
export const OWN_ITEMS_FILE = 'items.json';
export const OWN_COUNTRIES_FILE = 'countries.csv';

/** Kinds of importers. */
export type HumanSideKind = 'wvs' | 'evs-wvs' | 'tidy';

/** What a human side is and how it came about: the content of `human.json`. No time is part of it. */
export interface HumanSideRecord {
  readonly contract: number;
  readonly kind: HumanSideKind;
  readonly title: string;
  readonly source: { readonly file: string; readonly bytes: number; readonly sha256: string };
  /** Rows of the source: respondents, or lines of a table of shares. */
  readonly rows: number;
  /** ISO3 codes of the countries that have answers. */
  readonly countries: readonly string[];
  /** ISO3 code -> respondents; null where the source does not tell. */
  readonly respondents: Readonly<Record<string, number>> | null;
  /** The column that weights come from, or `as given`; null where there are none. */
  readonly weights: string | null;
  readonly itemMap: { readonly id: string; readonly sha256: string } | null;
  /** What was asked of the importer, by option. */
  readonly settings: Readonly<Record<string, string | boolean | null>>;
  /** What did not become part of a number, with how much of it. */
  readonly leftOut: readonly { readonly what: string; readonly count: number; readonly why: string }[];
  readonly counts: {
    readonly items: number;
    readonly cells: number;
    readonly means: number;
  };
  /** SHA-256 of every other file of the folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly citation: string;
  readonly terms: string;
}

/** A human side in a folder, as far as a questionnaire needs it. */
export interface HumanSide {
  readonly folder: string;
  readonly record: HumanSideRecord;
  /** SHA-256 of human.json, which holds those of all other files. */
  readonly sha256: string;
  /** Its own items and their categories; null where it is about the items of the project's bank. */
  readonly own: { readonly items: readonly Item[]; readonly categories: readonly Category[] } | null;
  /** Its own list of countries; null where the project's is used. */
  readonly countries: readonly Country[] | null;
}

const text = z.string().min(1);
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');

const recordSchema: z.ZodType<HumanSideRecord> = z.strictObject({
  contract: z.literal(HUMAN_SIDE_CONTRACT),
  kind: z.enum(['wvs', 'evs-wvs', 'tidy']),
  title: text,
  source: z.strictObject({ file: text, bytes: count, sha256 }),
  rows: count,
  countries: z.array(z.string().regex(/^[A-Z]{3}$/)).min(1),
  respondents: z.record(text, count).nullable(),
  weights: text.nullable(),
  itemMap: z.strictObject({ id: text, sha256 }).nullable(),
  settings: z.record(text, z.union([z.string(), z.boolean(), z.null()])),
  leftOut: z.array(z.strictObject({ what: text, count, why: text })),
  counts: z.strictObject({ items: count, cells: count, means: count }),
  files: z.record(text, sha256),
  citation: text,
  terms: text,
});

const WHAT = 'the human side';
const WAY_OUT = 'Import it again: npx culture-lens import --help.';

/** Whether a folder is a human side. */
export function isHumanSide(folder: string): boolean {
  return existsSync(join(folder, HUMAN_SIDE_FILE));
}

/** Where a human side lies: absolute, or relative to the project. */
export function humanSideFolder(folder: string): string {
  return isAbsolute(folder) ? folder : projectPath(folder);
}

/**
 * Reads a human side, and checks that its files are those that the importer wrote.
 *
 * @param folder absolute or relative to the project
 * @throws InputError naming the file that is missing, changed or of another contract
 */
export function loadHumanSide(folder: string): HumanSide {
  const path = humanSideFolder(folder);
  if (!isHumanSide(path)) {
    throw new InputError(
      `Reading ${WHAT}: ${path} ${existsSync(path) ? `holds no ${HUMAN_SIDE_FILE}` : 'is not there'}. Expected a folder that ` +
        '"culture-lens import" wrote, such as data/human/mine. Correct the path, or import the file first.',
    );
  }
  const recordPath = join(path, HUMAN_SIDE_FILE);
  const recordText = readTextFile(recordPath, WHAT);
  const record = parseHumanSide(recordText, recordPath);
  const texts = new Map(
    Object.entries(record.files).map(([name, expected]) => [name, readUnchanged(join(path, name), expected)]),
  );
  const items = texts.get(OWN_ITEMS_FILE);
  const countries = texts.get(OWN_COUNTRIES_FILE);
  return {
    folder: path,
    record,
    sha256: sha256OfText(recordText),
    own: items === undefined ? null : loadOwnItems(items, join(path, OWN_ITEMS_FILE)),
    countries: countries === undefined ? null : parseCountries(countries, join(path, OWN_COUNTRIES_FILE)),
  };
}

/** The pure part: the text of `human.json`, checked. */
export function parseHumanSide(recordText: string, path: string): HumanSideRecord {
  const source = { what: WHAT, path };
  const { contract } = parseJson(recordText, z.looseObject({ contract: z.number() }), source);
  if (contract !== HUMAN_SIDE_CONTRACT) {
    throw new InputError(
      `Reading ${WHAT}: ${path} has contract ${contract}, expected ${HUMAN_SIDE_CONTRACT}: another version of culture-lens wrote it. ${WAY_OUT}`,
    );
  }
  return parseJson(recordText, recordSchema, source);
}

function readUnchanged(path: string, expected: string): string {
  const found = readTextFile(path, WHAT);
  if (sha256OfText(found) !== expected) {
    throw new InputError(
      `Reading ${WHAT}: ${path} is not the file that ${HUMAN_SIDE_FILE} tells of (SHA-256 ${sha256OfText(found).slice(0, 12)}..., ` +
        `expected ${expected.slice(0, 12)}...): it was changed after the import. ${WAY_OUT}`,
    );
  }
  return found;
}
