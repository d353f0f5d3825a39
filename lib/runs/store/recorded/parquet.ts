import { InputError, messageOf } from '../../../files/input-error.js';
import type { RecordedReading } from '../../../inference/replay.js';
import { CHUNK_ROWS, type DuckDb, openDuckDb, pathPattern, quoted } from '../duckdb.js';
import { RECORDED_COLUMNS, readingsFromColumns, toDuckValue } from './columns.js';

/** Writes readings, in their order, to a Parquet file that must not be looked at before this is done. */
export async function writeRecordedParquet(
  path: string,
  readings: readonly RecordedReading[],
): Promise<void> {
  const { library, connection, close } = await openDuckDb();
  try {
    const definitions = RECORDED_COLUMNS.map(({ name, type }) => `"${name}" ${type}`);
    await connection.run(`CREATE TABLE recorded (${definitions.join(', ')})`);
    const appender = await connection.createAppender('recorded');
    const types = RECORDED_COLUMNS.map((_, index) => appender.columnType(index));
    for (let start = 0; start < readings.length; start += CHUNK_ROWS) {
      const rows = readings.slice(start, start + CHUNK_ROWS);
      const chunk = library.DuckDBDataChunk.create(types, rows.length);
      chunk.setColumns(
        RECORDED_COLUMNS.map(({ field }) => rows.map((row) => toDuckValue(library, row[field]))),
      );
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await connection.run(
      `COPY recorded TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 15, PARQUET_VERSION V2, USE_TMP_FILE false)`,
    );
  } finally {
    close();
  }
}

/** Which rows are wanted: those whose fields are as given. */
export type RecordedWay = Partial<Pick<RecordedReading, 'template' | 'format' | 'readingKind'>>;

/** All rows, or those of one way of asking, in the order written. @throws InputError when the file is not a whole recording */
export async function readRecordedParquet(path: string, way: RecordedWay = {}): Promise<RecordedReading[]> {
  const database = await openDuckDb();
  try {
    return readingsFromColumns(await readColumns(database, path, way));
  } catch (error) {
    throw new InputError(
      `Opening recorded readings: ${path} cannot be read (${messageOf(error)}). Expected a whole Parquet file, as ` +
        '`culture-lens record` writes it. Copy it again from where it came from.',
    );
  } finally {
    database.close();
  }
}

async function readColumns(
  { connection }: DuckDb,
  path: string,
  way: RecordedWay,
): Promise<readonly (readonly unknown[])[]> {
  const names = RECORDED_COLUMNS.map(({ name }) => `"${name}"`).join(', ');
  const wanted = RECORDED_COLUMNS.flatMap(({ name, field }) => {
    const value = way[field as keyof RecordedWay];
    return value === undefined ? [] : [`"${name}" = ${quoted(value)}`];
  });
  const where = wanted.length === 0 ? '' : ` WHERE ${wanted.join(' AND ')}`;
  const result = await connection.run(`SELECT ${names} FROM read_parquet(${pathPattern(path)})${where}`);
  RECORDED_COLUMNS.forEach(({ name, type }, index) => {
    const found = String(result.columnType(index));
    if (found !== type) {
      throw new Error(`column ${name} has the type ${found} instead of ${type}`);
    }
  });
  return await result.getColumnsJS();
}
