import { existsSync, statSync } from 'node:fs';
import { extname, isAbsolute } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { countProgress, type ProgressListener } from '../progress.js';
import {
  EXPORTED_ENDINGS,
  type ExportedEnding,
  type ExportedValue,
  writeExportedTable,
} from '../store/index.js';
import { CELL_COLUMNS } from './cell-columns.js';
import { type DataDictionary, dataDictionary } from './data-dictionary.js';
import { choicesFor, type ExportChoices } from './export-choices.js';
import { dictionaryEntry, type ExportColumn } from './export-column.js';
import { cellRows, optionRows } from './export-rows.js';
import { OPTION_COLUMNS } from './option-columns.js';
import { type ModelReadings, readingsOfModel } from './readings-of-model.js';
import { storedModels } from './stored-models.js';

/** What one row of an exported table is. */
export type ExportedRows = 'cells' | 'options';

/** What is exported, and where to; choices that are not given are those of the study. */
export interface ExportRequest extends Partial<ExportChoices> {
  /** A run, a study or a recording; absolute or relative to the project. */
  readonly folder: string;
  /** File that ends in .parquet or .csv. */
  readonly out: string;
  /**
   * `cells` (the default): one row for each item and country, option orders joined, with people beside. `options`: one for
   * each option of each reading.
   */
  readonly rows?: ExportedRows;
  /** Whether a file that is there is replaced. */
  readonly replace?: boolean;
  /** Whether a run that still lacks readings is exported as far as it has come. */
  readonly partial?: boolean;
  readonly onProgress?: ProgressListener;
}

/** What was written. */
export interface ExportOutcome {
  readonly path: string;
  readonly dictionaryPath: string;
  readonly dictionary: DataDictionary;
}

/** A kind of table: its columns, and the rows that a model has in it. */
interface Table {
  readonly row: string;
  readonly columns: readonly ExportColumn<never>[];
  readonly valuesOf: (model: ModelReadings, choices: ExportChoices) => ExportedValue[][];
}

const TABLES: Readonly<Record<ExportedRows, Table>> = {
  cells: {
    row: 'one item in one country, as one model answered it in one way (option orders joined), with people beside',
    columns: CELL_COLUMNS,
    valuesOf: (model, choices) => valuesOf(CELL_COLUMNS, cellRows(model, choices)),
  },
  options: {
    row: 'one option of one reading; a reading without a score has one row',
    columns: OPTION_COLUMNS,
    valuesOf: (model) => valuesOf(OPTION_COLUMNS, optionRows(model)),
  },
};

/**
 * Writes the readings of a run, of a study or of a recording as one table for R, pandas and spreadsheets, with a data dictionary
 * beside it. Scores are those of the summary.
 *
 * @throws InputError for a folder without readings, a run that has not ended, and a file that cannot be written; neither file is
 *   then written
 */
export async function exportReadings(request: ExportRequest): Promise<ExportOutcome> {
  const { out, onProgress = () => {}, rows: kind = 'cells', replace = false, partial = false } = request;
  const dictionaryPath = `${out}.dictionary.json`;
  const ending = requireFree(out, { dictionaryPath, replace });
  const folder = isAbsolute(request.folder) ? request.folder : projectPath(request.folder);
  const models = (await storedModels(folder, { partial })).map((model) => ({
    model,
    ...choicesFor(model, givenChoices(request)),
  }));
  const table = TABLES[kind];
  const progress = countProgress(onProgress, {
    label: `exporting ${kind}: models`,
    total: models.length,
    alreadyDone: 0,
  });
  async function* batches(): AsyncGenerator<ExportedValue[][]> {
    for (const { model, ...chosen } of models) {
      yield table.valuesOf(await readingsOfModel(model, chosen), chosen.choices);
      progress.advance(1);
    }
  }
  const describe = (written: { readonly rows: number; readonly sha256: string }): DataDictionary =>
    dataDictionary(
      { path: out, row: table.row, ...written },
      { columns: table.columns.map(dictionaryEntry), models },
    );
  const dictionary = await writeExportedTable(
    { path: out, ending, columns: table.columns, descriptionPath: dictionaryPath, describe },
    batches(),
  );
  return { path: out, dictionaryPath, dictionary };
}

function valuesOf<Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[]): ExportedValue[][] {
  return rows.map((row) => columns.map(({ of }) => of(row)));
}

function givenChoices({ join, weights, human, suspectCells }: ExportRequest): Partial<ExportChoices> {
  return {
    ...(join === undefined ? {} : { join }),
    ...(weights === undefined ? {} : { weights }),
    ...(human === undefined ? {} : { human }),
    ...(suspectCells === undefined ? {} : { suspectCells }),
  };
}

function requireFree(
  out: string,
  { dictionaryPath, replace }: { readonly dictionaryPath: string; readonly replace: boolean },
): ExportedEnding {
  const ending = EXPORTED_ENDINGS.find((one) => one === extname(out).toLowerCase());
  if (ending === undefined) {
    throw new InputError(
      `Exporting readings: ${out} does not end in ${EXPORTED_ENDINGS.join(' or ')}. Expected one of these, which says what is written. ` +
        'Name the file so.',
    );
  }
  if (isFolder(out)) {
    throw new InputError(
      `Exporting readings: ${out} is a folder. Expected the name of a file. Name one inside it.`,
    );
  }
  if (isFolder(dictionaryPath)) {
    throw new InputError(
      `Exporting readings: ${dictionaryPath}, the data dictionary, is a folder. Expected a file or nothing there. Name another file, or move it.`,
    );
  }
  if (existsSync(out) && !replace) {
    throw new InputError(
      `Exporting readings: ${out} exists. Expected a new file. Replace it with --replace, or name another.`,
    );
  }
  return ending;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
