import { Command, CommanderError } from 'commander';
import { InputError } from '../files/input-error.js';
import { FetchInterrupted } from '../hub/hub-failure.js';
import { ProbeInterrupted } from '../runs/probe.js';
import { readVersions } from '../runs/versions.js';
import { commandOf } from './command-line.js';
import { compareCommand, ScoreDropped } from './commands/compare.js';
import { convertCommand } from './commands/convert.js';
import { doctorCommand } from './commands/doctor.js';
import { exportCommand } from './commands/export.js';
import { fetchCommand } from './commands/fetch.js';
import { firstTokenCommand } from './commands/first-token.js';
import { importCommand } from './commands/import.js';
import { labCommand } from './commands/lab.js';
import { modelsCommand } from './commands/models.js';
import { notebooksCommand } from './commands/notebooks.js';
import { probeCommand } from './commands/probe.js';
import { recordCommand } from './commands/record.js';
import { reportCommand } from './commands/report.js';
import { robustnessCommand } from './commands/robustness.js';
import { setupCommand } from './commands/setup.js';
import { setupGpuCommand } from './commands/setup-gpu.js';
import { studyCommand } from './commands/study.js';
import { surveyCommand } from './commands/survey.js';
import { validateCommand } from './commands/validate.js';
import { EXIT_INTERRUPTED, Interrupted } from './until-interrupted.js';

const EXIT_INPUT = 1;
const EXIT_DROP = 1;

/**
 * Runs the command line.
 *
 * @param argv as in `process.argv`
 * @returns the exit status: 0 done, 1 something given cannot be used or a score dropped, 2 a wrong option, 130 stopped by Ctrl-C
 */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('culture-lens')
    .description('Measures whose values language models reproduce, against the World Values Survey.')
    .version(readVersions()['culture-lens'] ?? 'unknown')
    .exitOverride()
    // What stands behind a command's name is that command's own.
    .enablePositionalOptions()
    .addHelpText('after', '\nThe same as notebooks: npm run lab. Results are written below data/runs/.');
  for (const command of [
    fetchCommand(),
    probeCommand(),
    studyCommand(),
    compareCommand(),
    robustnessCommand(),
    reportCommand(),
    firstTokenCommand(),
    recordCommand(),
    convertCommand(),
    importCommand(),
    exportCommand(),
    surveyCommand(),
    modelsCommand(),
    validateCommand(),
    doctorCommand(),
    setupCommand(),
    setupGpuCommand(),
    labCommand(),
    notebooksCommand(),
  ]) {
    program.addCommand(command.exitOverride().showHelpAfterError('(add --help for the options)'));
  }
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    return report(error, argv);
  }
}

function report(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; asking for help is no error.
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof ProbeInterrupted || error instanceof FetchInterrupted) {
    console.error(`\n${error.message}\nTo go on from there: ${commandOf(argv)}`);
    return EXIT_INTERRUPTED;
  }
  if (error instanceof Interrupted) {
    console.error(`\n${error.message}`);
    return EXIT_INTERRUPTED;
  }
  if (error instanceof ScoreDropped) {
    console.error(`\n${error.message}`);
    return EXIT_DROP;
  }
  if (error instanceof InputError) {
    console.error(`\nculture-lens: ${error.message}`);
    return EXIT_INPUT;
  }
  throw error;
}
