import { Command } from 'commander';
import { readVersions } from '../runs/versions.js';
import { compareCommand } from './commands/compare.js';
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

const WIDEST = 100;

/** The command `culture-lens` with all that stand behind it; none of them ends the process by itself. */
export function cultureLensProgram(): Command {
  const program = new Command('culture-lens')
    .description('Measures whose values language models reproduce, against the World Values Survey.')
    .version(readVersions()['culture-lens'] ?? 'unknown')
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
    program.addCommand(command);
  }
  settle(program);
  return program;
}

/** Commands within commands too: Commander hands nothing down to a command that was made elsewhere. */
function settle(command: Command): void {
  command
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({
      // Texts of our own are wrapped at this width; what Commander lays out is not to be wider in a wide terminal.
      getOutHelpWidth: () => widthOf(process.stdout),
      getErrHelpWidth: () => widthOf(process.stderr),
    });
  for (const inner of command.commands) {
    settle(inner);
  }
}

// Where there is no terminal, Commander's own default.
function widthOf({ columns = 80 }: { readonly columns?: number }): number {
  return Math.min(columns, WIDEST);
}
