import { scoreOf } from '../../scoring/make-reading.js';
import type { HumanAnswer, Reading } from '../../types.js';
import type { ExportColumn } from './export-column.js';
import { type AboutRow, COUNTRY_COLUMNS, ITEM_COLUMNS, WAY_COLUMNS } from './way-columns.js';

/** One option of one reading. */
export interface OptionRow extends AboutRow {
  readonly reading: Reading;
  /** Place in the prompt, from 0; null for the one row of a reading without a score. */
  readonly place: number | null;
  readonly people: HumanAnswer | null;
}

const text = { type: 'VARCHAR', unit: null, range: null, missing: null } as const;
const UNSCORED = 'the reading is unscored';

/** Every column of a table of options, in its order. */
export const OPTION_COLUMNS: readonly ExportColumn<OptionRow>[] = [
  ...WAY_COLUMNS,
  ...ITEM_COLUMNS,
  ...COUNTRY_COLUMNS,
  {
    ...text,
    name: 'order',
    range: 'given, reversed',
    meaning: 'order in which the options were shown',
    of: ({ reading }) => reading.order,
  },
  {
    ...text,
    name: 'prompt_hash',
    range: 'hexadecimal',
    meaning: "SHA-256 of the prompt's text, or its beginning in a recording",
    of: ({ reading }) => reading.promptHash,
  },
  {
    ...{ type: 'INTEGER', unit: 'tokens', range: '0 or more', missing: null },
    name: 'prompt_tokens',
    meaning: 'tokens of the prompt; 0 where they are unknown',
    of: ({ reading }) => reading.tokenCount,
  },
  {
    ...text,
    name: 'status',
    range: 'scored, unscored',
    meaning: 'whether options were read',
    of: ({ reading }) => reading.status,
  },
  {
    ...text,
    name: 'reason',
    meaning: 'why nothing was read; such a reading has one row',
    missing: 'where it was',
    of: ({ reading }) => reading.reason,
  },
  {
    ...{ type: 'INTEGER', unit: 'place', range: '1 or more' },
    name: 'place',
    meaning: 'place of the option in the prompt, from the top; 1 is the letter A',
    missing: UNSCORED,
    of: ({ place }) => (place === null ? null : place + 1),
  },
  {
    ...{ type: 'INTEGER', unit: null, range: "the survey's codes" },
    name: 'code',
    meaning: "the survey's code of the answer",
    missing: UNSCORED,
    of: codeOf,
  },
  {
    ...text,
    name: 'label',
    meaning: 'words of the option (our own wording)',
    missing: UNSCORED,
    of: (row) => row.item.options.find(({ code }) => code === codeOf(row))?.label ?? null,
  },
  {
    ...{ type: 'DOUBLE', unit: 'score', range: '[-1, 1]' },
    name: 'score',
    meaning: 'oriented score of the option',
    missing: `${UNSCORED}, or the item has no order`,
    of: (row) => {
      const code = codeOf(row);
      return code === null ? null : scoreOf(row.item, code);
    },
  },
  {
    ...{ type: 'DOUBLE', unit: 'nats', range: '0 or less' },
    name: 'log_prob',
    meaning: 'raw log-probability of the letter, or of the answer text summed over its tokens',
    missing: UNSCORED,
    of: ({ reading, place }) => at(reading.optionLogProbs, place),
  },
  {
    ...{ type: 'DOUBLE', unit: 'probability', range: '[0, 1]' },
    name: 'probability',
    meaning: 'probability renormalised over the options of the reading',
    missing: UNSCORED,
    of: ({ reading, place }) => at(reading.optionProbabilities, place),
  },
  {
    ...{ type: 'DOUBLE', unit: 'probability', range: '[0, 1]' },
    name: 'option_mass',
    meaning: 'probability on all options of the reading before renormalising',
    missing: `${UNSCORED}, or answer texts, which have none`,
    of: ({ reading }) => reading.optionMass,
  },
  {
    ...{ type: 'DOUBLE', unit: 'share', range: '[0, 1]' },
    name: 'human_share',
    meaning:
      "share of the country's people who gave this answer, with survey weights where weighted shares are wanted and known; answers " +
      'that people may volunteer and nobody offers are not among the rows',
    missing: `${UNSCORED}, no country was named, or the survey tells no shares of the cell`,
    of: (row) => row.people?.shares?.find(({ code }) => code === codeOf(row))?.share ?? null,
  },
];

function codeOf({ reading, place }: OptionRow): number | null {
  return at(reading.optionCodes, place);
}

function at(values: readonly number[], place: number | null): number | null {
  return place === null ? null : (values[place] ?? null);
}
