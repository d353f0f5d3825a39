import { Command } from 'commander';
import { exportReadingsCommand } from './export/export-readings.js';

/** `culture-lens export <what>`: what other tools of the field take. */
export function exportCommand(): Command {
  const command = new Command('export').description('Write what other tools take: a table for R and pandas.');
  for (const one of [exportReadingsCommand()]) {
    command.addCommand(one.exitOverride().showHelpAfterError('(add --help for the options)'));
  }
  return command;
}
