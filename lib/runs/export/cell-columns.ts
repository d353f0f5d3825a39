import type { CellScore, Country, HumanAnswer } from '../../types.js';
import type { ExportColumn } from './export-column.js';
import { type AboutRow, COUNTRY_COLUMNS, ITEM_COLUMNS, WAY_COLUMNS } from './way-columns.js';

/** One item in one country: what a model said, both option orders joined, and what people answered. */
export interface CellRow extends AboutRow {
  readonly country: Country;
  /** False for the country-free wording, whose one answer is set beside every country. */
  readonly countryNamed: boolean;
  /** Null where nothing was read. */
  readonly cell: CellScore | null;
  /** Null where the survey has no answers. */
  readonly people: HumanAnswer | null;
  /** Whether people's cell counts, as suspect cells are treated. */
  readonly counts: boolean;
}

/** Why a cell that was never read has no score; the words of the summary. */
const NO_READING = 'no reading';

const text = { type: 'VARCHAR', unit: null, range: null, missing: null } as const;
const score = { type: 'DOUBLE', unit: 'score', range: '[-1, 1]' } as const;
const flag = {
  type: 'BOOLEAN',
  unit: null,
  range: 'true, false (TRUE, FALSE in CSV)',
  missing: null,
} as const;
const NO_ANSWER = 'the survey has no answers of this country to the item';

/** Every column of a table of cells, in its order. */
export const CELL_COLUMNS: readonly ExportColumn<CellRow>[] = [
  ...WAY_COLUMNS,
  ...ITEM_COLUMNS,
  ...COUNTRY_COLUMNS.map((column) => ({ ...column, missing: null })),
  { ...text, name: 'country_name', meaning: 'name of the country', of: ({ country }) => country.name },
  { ...text, name: 'continent', meaning: 'continent', of: ({ country }) => country.continent },
  {
    ...text,
    name: 'cultural_zone',
    meaning: 'Inglehart-Welzel cultural zone',
    of: ({ country }) => country.culturalZone,
  },
  {
    ...flag,
    name: 'western',
    meaning: 'whether the country counts as Western',
    of: (row) => row.country.western,
  },
  {
    ...flag,
    name: 'country_named',
    meaning:
      'whether the prompt named the country; the one answer of a country-free wording stands beside every country',
    of: (row) => row.countryNamed,
  },
  {
    ...text,
    name: 'status',
    range: 'scored, unscored',
    meaning: 'whether the model has an answer: every option order was read',
    of: ({ cell }) => cell?.status ?? 'unscored',
  },
  {
    ...text,
    name: 'reason',
    meaning: 'why there is no answer of the model',
    missing: 'where there is one',
    of: ({ cell }) => (cell === null ? NO_READING : cell.reason),
  },
  {
    ...score,
    name: 'model_mean_score',
    meaning:
      "mean score of the model's answer, option orders joined: sum of probability times score over the options",
    missing: 'unscored, or the item carries no mean',
    of: ({ cell }) => cell?.meanScore ?? null,
  },
  {
    ...{ type: 'DOUBLE', unit: 'probability', range: '[0, 1]' },
    name: 'option_mass',
    meaning: 'probability on the options before renormalising, averaged over the option orders',
    missing: 'unscored, or answer texts, which have none',
    of: ({ cell }) => cell?.optionMass ?? null,
  },
  {
    ...{ type: 'DOUBLE', unit: 'score', range: '[-2, 2]' },
    name: 'order_gap',
    meaning: 'mean score with the options as given minus mean score with them reversed',
    missing: 'unscored, only one order asked, or the item carries no mean',
    of: ({ cell }) => cell?.orderGap ?? null,
  },
  {
    ...score,
    name: 'human_mean_score',
    meaning: "mean score of the country's people",
    missing: `${NO_ANSWER}, the item carries no mean, or the cell is suspect and suspect cells are left out`,
    of: ({ people, counts }) => (counts ? (people?.meanScore ?? null) : null),
  },
  {
    ...{ type: 'INTEGER', unit: 'people', range: '1 or more' },
    name: 'human_n',
    meaning: 'people behind the mean score; an upper bound where the source tells only shares',
    missing: `${NO_ANSWER}, or the source does not tell`,
    of: ({ people }) => people?.respondents ?? null,
  },
  {
    ...flag,
    name: 'human_weighted',
    meaning: 'whether survey weights entered the mean score of people',
    missing: NO_ANSWER,
    of: ({ people }) => people?.weighted ?? null,
  },
  {
    ...text,
    name: 'human_source',
    meaning: "where people's mean score comes from (data/survey/README.md)",
    missing: NO_ANSWER,
    of: ({ people }) => people?.source ?? null,
  },
  {
    ...text,
    name: 'human_suspect',
    meaning: "what looks wrong about people's cell in the survey itself",
    missing: 'where nothing does',
    of: ({ people }) => people?.suspect ?? null,
  },
];
