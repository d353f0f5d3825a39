import { Command } from 'commander';
import { exportLmEvalCommand } from './export/export-lm-eval.js';
import { exportReadingsCommand } from './export/export-readings.js';

/** `culture-lens export <what>`: what other tools of the field take. */
export function exportCommand(): Command {
  const command = new Command('export').description(
    'Write what other tools take: a table for R and pandas, a task for lm-evaluation-harness.',
  );
  for (const one of [exportReadingsCommand(), exportLmEvalCommand()]) {
    command.addCommand(one.exitOverride().showHelpAfterError('(add --help for the options)'));
  }
  return command;
}
