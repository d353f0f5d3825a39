import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { importLog } from '../../../runs/import/logs/import-log.js';
import type { ImportableLog } from '../../../runs/import/logs/importable-log.js';
import type { StudySettings } from '../../../runs/study.js';
import { ORDER_JOINS } from '../../../scoring/join-orders.js';
import { joinOption } from '../../join-option.js';
import { runStudyInTerminal } from '../../run-study-in-terminal.js';

/** What every import of a log can be told. */
export interface LogOptions extends Pick<StudySettings, 'weights' | 'suspectCells' | 'join'> {
  readonly name: string;
  readonly study?: string;
  readonly runs?: string;
  readonly human?: string;
}

/** The options of {@link LogOptions}. */
export function withLogOptions(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'name of the model in results')
    .option(
      '--study <id>',
      'study id, a name of your own and no file: readings go to data/runs/<id>/<name> (default: that of the exported task)',
    )
    .option('--runs <folder>', 'where runs are written (default: data/runs)')
    .option('--human <folder>', 'people of an imported survey, instead of those that ship')
    .addOption(
      new Option('--weights <side>', "people's answers")
        .choices(['weighted', 'unweighted'])
        .default('weighted'),
    )
    .addOption(
      new Option('--suspect-cells <way>', 'cells that look wrong in the survey itself')
        .choices(['keep', 'leave-out'])
        .default('keep'),
    )
    .addOption(joinOption().default(ORDER_JOINS[0]));
}

/** Stores what a log holds as a run, and prints and writes its findings. */
export async function runImportedLog(log: ImportableLog, options: LogOptions): Promise<void> {
  const { name, study: id, runs, human, weights, suspectCells, join } = options;
  const { study, openSource, expected, found } = await importLog({
    ...{ log, name, weights, suspectCells, join },
    ...(id === undefined ? {} : { study: id }),
    ...(human === undefined ? {} : { human: resolve(human) }),
  });
  const { tool, versions, model, arguments: given } = log.origin;
  console.log(
    `${found.toLocaleString('en')} of ${expected.toLocaleString('en')} readings in a log of ${tool} ${versions[tool] ?? ''}, ${model} ${given}`,
  );
  await runStudyInTerminal(study, { openSource, summaryOf: name, ...(runs === undefined ? {} : { runs }) });
}
