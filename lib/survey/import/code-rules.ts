import { InputError } from '../../files/input-error.js';
import type { Item } from '../../types.js';
import type { ItemMap, MapEntry } from './item-map.js';

/** What may stand in one column of a survey's file, and what it means. */
export interface CodeRule {
  readonly variable: string;
  readonly column: string;
  /** Code of the file -> code of the bank, special codes among them. Negative codes are missing answers, all others outside. */
  readonly codes: ReadonlyMap<number, number>;
  /** Codes of the bank that stand in shares and are left out of means. */
  readonly special: ReadonlySet<number>;
  /** Code of the bank -> number that the mean runs over; null where a mean says nothing. */
  readonly meanCode: ((code: number) => number) | null;
}

/** The rules of a map, and what it names that is left out. */
export interface CodeRules {
  readonly rules: readonly CodeRule[];
  /** Variables whose entry is not sure; empty where these were asked for. */
  readonly unsure: readonly string[];
}

/**
 * What the columns of a file may hold: the codes of the item bank, turned to those of the file.
 *
 * @param options.unsure whether entries that are not sure are taken as well
 * @throws InputError for an entry that neither the bank nor the map gives codes for
 */
export function codeRules(
  map: Pick<ItemMap, 'id' | 'entries'>,
  bank: readonly Item[],
  options: { readonly unsure: boolean },
): CodeRules {
  const items = new Map(bank.map((item) => [item.variable, item]));
  const isTaken = ({ sure }: MapEntry): boolean => sure || options.unsure;
  return {
    rules: map.entries.filter(isTaken).map((entry) => ruleOf(entry, items.get(entry.variable), map.id)),
    unsure: map.entries.filter((entry) => !isTaken(entry)).map(({ variable }) => variable),
  };
}

function ruleOf(entry: MapEntry, item: Item | undefined, mapId: string): CodeRule {
  const { variable, column, recode, meanCodes } = entry;
  const options = item?.options.map(({ code }) => code) ?? entry.codes ?? [];
  const special = item?.droppedCodes ?? [];
  const known = [...options, ...special];
  if (options.length === 0) {
    throw new InputError(
      `Reading the item map ${mapId}: ${variable} has no options in the item bank and no "codes" in the map. Expected one of both. ` +
        'Add codes, or remove the entry.',
    );
  }
  const pairs =
    recode === undefined
      ? known.map((code): [number, number] => [code, code])
      : Object.entries(recode).map(([from, to]): [number, number] => [Number(from), to]);
  const lost = pairs.find(([, to]) => !known.includes(to));
  if (lost !== undefined) {
    throw new InputError(
      `Reading the item map ${mapId}: ${variable} turns code ${lost[0]} into ${lost[1]}, which is no option of the item ` +
        `(${known.join(', ')}). Correct the map.`,
    );
  }
  return {
    variable,
    column,
    codes: new Map(pairs),
    special: new Set(special),
    meanCode: meanCodeOf(item, meanCodes),
  };
}

function meanCodeOf(item: Item | undefined, meanCodes: MapEntry['meanCodes']): CodeRule['meanCode'] {
  if (meanCodes !== undefined) {
    return (code) => meanCodes[String(code)] ?? code;
  }
  return item === undefined || item.canMean ? (code) => code : null;
}
