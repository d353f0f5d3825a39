import type { Reading, TopToken } from '../../types.js';

/** DuckDB types of the columns, spelled as DuckDB prints them. */
export type ColumnType = 'VARCHAR' | 'INTEGER' | 'DOUBLE' | 'INTEGER[]' | 'DOUBLE[]' | typeof TOP_TOKENS;

/** The one column that is a list of records. */
export const TOP_TOKENS = 'STRUCT("token_id" INTEGER, "text" VARCHAR, "log_prob" DOUBLE)[]';

/** One column of a readings file. */
export interface ReadingColumn {
  readonly name: string;
  readonly field: keyof Reading;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Parts that an earlier version wrote may lack it; it is then read as null. */
  readonly addedLater?: true;
}

/**
 * Every field of a Reading, in the order of the columns. Changing this table is a new store contract, unless the change is a
 * nullable column at the end that older parts may lack (`addedLater`): older code never looks at it, newer code reads null.
 */
export const READING_COLUMNS: readonly ReadingColumn[] = [
  column('model', 'model', 'VARCHAR'),
  column('variable', 'variable', 'VARCHAR'),
  column('country', 'country', 'VARCHAR', { nullable: true }),
  column('template', 'template', 'VARCHAR'),
  column('order', 'order', 'VARCHAR'),
  column('format', 'format', 'VARCHAR'),
  column('reading_kind', 'readingKind', 'VARCHAR'),
  column('prompt_hash', 'promptHash', 'VARCHAR'),
  column('token_ids_hash', 'tokenIdsHash', 'VARCHAR'),
  column('token_count', 'tokenCount', 'INTEGER'),
  column('status', 'status', 'VARCHAR'),
  column('reason', 'reason', 'VARCHAR', { nullable: true }),
  column('option_codes', 'optionCodes', 'INTEGER[]'),
  column('option_token_ids', 'optionTokenIds', 'INTEGER[]'),
  column('option_log_probs', 'optionLogProbs', 'DOUBLE[]'),
  column('option_probabilities', 'optionProbabilities', 'DOUBLE[]'),
  column('option_mass', 'optionMass', 'DOUBLE', { nullable: true }),
  column('mean_score', 'meanScore', 'DOUBLE', { nullable: true }),
  column('top_tokens', 'topTokens', TOP_TOKENS),
  {
    name: 'option_token_counts',
    field: 'optionTokenCounts',
    type: 'INTEGER[]',
    nullable: true,
    addedLater: true,
  },
];

function column(
  name: string,
  field: keyof Reading,
  type: ColumnType,
  options: { readonly nullable: boolean } = { nullable: false },
): ReadingColumn {
  return { name, field, type, nullable: options.nullable };
}

/** A row as DuckDB hands it over: column name -> value. */
export type ReadingRow = Readonly<Record<string, unknown>>;

/** A reading from its row. */
export function readingFromRow(row: ReadingRow): Reading {
  const reading: Partial<Record<keyof Reading, unknown>> = {};
  for (const { name, field, type } of READING_COLUMNS) {
    reading[field] = type === TOP_TOKENS ? topTokensFromRow(row[name]) : row[name];
  }
  return reading as unknown as Reading;
}

function topTokensFromRow(value: unknown): TopToken[] {
  const rows = value as readonly { token_id: number; text: string; log_prob: number }[];
  return rows.map((token) => ({ tokenId: token.token_id, text: token.text, logProb: token.log_prob }));
}
