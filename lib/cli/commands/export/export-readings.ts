import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import {
  type ExportedRows,
  type ExportRequest,
  exportReadings,
} from '../../../runs/export/export-readings.js';
import { joinOption } from '../../join-option.js';
import { terminalProgress } from '../../terminal-progress.js';

type ExportOptions = Pick<
  ExportRequest,
  'replace' | 'partial' | 'join' | 'weights' | 'human' | 'suspectCells'
> & { readonly rows: ExportedRows };

const HELP = `
cells    one row for each model, way of asking, item and country: the model's mean score (option
         orders joined as the study says), people's mean score and number, category, battery,
         continent, cultural zone, status and reason. Enough for every figure of the headline
         table: data/studies/headline.R and headline.py compute it in ten lines.
options  one row for each option of each reading: raw log-probability, probability, score, people's
         share.

Beside the table stands <out>.dictionary.json: type, unit, range, meaning and missing values of
every column, settings and SHA-256 of the models, citation and terms of the survey.

  npx culture-lens export readings data/runs/mini mini.csv
  npx culture-lens export readings data/runs/mine/my-model my-model.parquet --rows options
  npx culture-lens export readings data/readings/smollm2-135m-instruct smollm2.parquet
  Rscript data/studies/headline.R mini.csv`;

/** `culture-lens export readings <folder> <out>`: readings as one table. */
export function exportReadingsCommand(): Command {
  return new Command('readings')
    .description(
      'Write all readings of a run, a study or a recording as one table, with a data dictionary beside it.',
    )
    .argument(
      '<folder>',
      'data/runs/<study>, data/runs/<study>/<model>, or a recording (data/readings/<model>)',
    )
    .argument('<out>', 'file to write; its ending says how: .parquet or .csv')
    .addOption(new Option('--rows <what>', 'what one row is').choices(['cells', 'options']).default('cells'))
    .option('--replace', 'replace a file that is there')
    .option('--partial', 'also a run that has not ended: what was not read is unscored')
    .addOption(joinOption(' (default: as the study says)'))
    .addOption(
      new Option('--weights <side>', "people's answers (default: as the study says)").choices([
        'weighted',
        'unweighted',
      ]),
    )
    .option('--human <folder>', 'people of an imported survey (default: as the study says)')
    .addOption(
      new Option(
        '--suspect-cells <way>',
        'cells that look wrong in the survey itself (default: as the study says)',
      ).choices(['keep', 'leave-out']),
    )
    .addHelpText('after', HELP)
    .action(async (folder: string, out: string, { human, ...options }: ExportOptions) => {
      const { path, dictionaryPath, dictionary } = await exportReadings({
        ...options,
        ...(typeof human === 'string' ? { human: resolve(human) } : {}),
        folder: resolve(folder),
        out: resolve(out),
        onProgress: terminalProgress(process.stderr),
      });
      const { rows } = dictionary.table;
      console.log(
        `${rows.toLocaleString('en')} rows, ${dictionary.columns.length} columns: ${dictionary.table.row}`,
      );
      console.log(`Written: ${[path, dictionaryPath].map((one) => relative(process.cwd(), one)).join(', ')}`);
    });
}
