import { dirname, join, relative } from 'node:path';
import { projectPath } from '../files/data-folder.js';
import { runStudy, type StudyRequest } from '../runs/run-study.js';
import type { Study } from '../runs/study.js';
import { commandOf } from './command-line.js';
import { writeReport } from './report/write-report.js';
import { summaryTables } from './tables/summary-tables.js';
import { terminalProgress } from './terminal-progress.js';
import { untilInterrupted } from './until-interrupted.js';

/** Runs a study with a progress bar, prints its findings and writes its report; Ctrl-C ends it after the work unit in flight,
 * or once the model that is being loaded or compared is done: both hear nothing. */
export async function runStudyInTerminal(
  study: Study,
  options: { readonly runs?: string; readonly summaryOf?: string } & Pick<StudyRequest, 'openSource'>,
): Promise<void> {
  const runsFolder = options.runs ?? projectPath('data', 'runs');
  const run = async (signal: AbortSignal): Promise<void> => {
    const { summary, ...written } = await runStudy({
      study,
      runsFolder,
      ...(options.openSource === undefined ? {} : { openSource: options.openSource }),
      ...(options.summaryOf === undefined
        ? {}
        : { summaryFolder: join(runsFolder, study.id, options.summaryOf) }),
      onProgress: terminalProgress(process.stderr),
      onMessage: (line) => process.stderr.write(`${line}\n`),
      signal,
      command: commandOf(process.argv),
    });
    console.log(`\n${summaryTables(summary)}`);
    // From the files, as the report command does: what the page says is what they hold.
    const { path: report } = await writeReport(dirname(written.summaryPath));
    const paths = [written.summaryPath, written.estimatesPath, written.specificationsPath, report];
    console.log(`\nWritten: ${paths.map((path) => relative(process.cwd(), path)).join(', ')}`);
  };
  await untilInterrupted(run, {
    notice:
      'Stopping after the prompts in flight, or once the model is loaded or compared (Ctrl-C again: at once) ...',
    outcome: `Stopped: all that was read is stored.\nTo go on from there: ${commandOf(process.argv)}`,
  });
}
