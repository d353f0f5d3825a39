import type { DuckDBValue } from '@duckdb/node-api';
import type { RecordedReading } from '../../../inference/replay.js';
import type { TopToken } from '../../../types.js';
import type { DuckDb } from '../duckdb.js';

/** One column of a recording. */
export interface RecordedColumn {
  readonly name: string;
  readonly field: keyof RecordedReading;
  /** DuckDB type, spelled as DuckDB prints it. */
  readonly type: string;
}

/** Hexadecimal digits of the prompt's SHA-256 that are kept: 32 bits, enough to notice that a wording has changed. */
export const PROMPT_HASH_DIGITS = 8;

/**
 * What a recording keeps of a reading, in the order of the columns. p̂, mean scores and hashes are computed anew when it is
 * replayed, and log-probabilities are rounded to float32. Changing this table is a new recording contract.
 */
export const RECORDED_COLUMNS: readonly RecordedColumn[] = [
  { name: 'variable', field: 'variable', type: 'VARCHAR' },
  { name: 'country', field: 'country', type: 'VARCHAR' },
  { name: 'template', field: 'template', type: 'VARCHAR' },
  { name: 'order', field: 'order', type: 'VARCHAR' },
  { name: 'format', field: 'format', type: 'VARCHAR' },
  { name: 'reading_kind', field: 'readingKind', type: 'VARCHAR' },
  { name: 'prompt_hash', field: 'promptHash', type: 'VARCHAR' },
  { name: 'token_count', field: 'tokenCount', type: 'INTEGER' },
  { name: 'status', field: 'status', type: 'VARCHAR' },
  { name: 'reason', field: 'reason', type: 'VARCHAR' },
  { name: 'option_codes', field: 'optionCodes', type: 'INTEGER[]' },
  { name: 'option_log_probs', field: 'optionLogProbs', type: 'FLOAT[]' },
  { name: 'option_mass', field: 'optionMass', type: 'FLOAT' },
  {
    name: 'top_tokens',
    field: 'topTokens',
    type: 'STRUCT("token_id" INTEGER, "text" VARCHAR, "log_prob" FLOAT)[]',
  },
];

/** A field of a reading as DuckDB takes it. */
export function toDuckValue(
  library: DuckDb['library'],
  value: RecordedReading[keyof RecordedReading],
): DuckDBValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') {
    return value;
  }
  return library.listValue(
    value.map((element) => (typeof element === 'number' ? element : tokenValue(library, element))),
  );
}

function tokenValue(library: DuckDb['library'], { tokenId, text, logProb }: TopToken): DuckDBValue {
  return library.structValue({ token_id: tokenId, text, log_prob: logProb });
}

/** Readings from the values of their columns, in the order of {@link RECORDED_COLUMNS}. */
export function readingsFromColumns(columns: readonly (readonly unknown[])[]): RecordedReading[] {
  const [first = []] = columns;
  return first.map((_, row) => {
    const reading: Partial<Record<keyof RecordedReading, unknown>> = {};
    RECORDED_COLUMNS.forEach(({ field }, column) => {
      const value = columns[column]?.[row];
      reading[field] = field === 'topTokens' ? topTokens(value) : value;
    });
    return reading as unknown as RecordedReading;
  });
}

function topTokens(value: unknown): TopToken[] {
  const tokens = value as readonly { token_id: number; text: string; log_prob: number }[];
  return tokens.map((token) => ({ tokenId: token.token_id, text: token.text, logProb: token.log_prob }));
}
