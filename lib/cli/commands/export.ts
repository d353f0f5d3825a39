import { Command } from 'commander';
import { exportInspectCommand } from './export/export-inspect.js';
import { exportLmEvalCommand } from './export/export-lm-eval.js';
import { exportReadingsCommand } from './export/export-readings.js';

/** `culture-lens export <what>`: what other tools of the field take. */
export function exportCommand(): Command {
  const command = new Command('export').description(
    'Write what other tools take: a table for R and pandas, a task for lm-evaluation-harness or inspect_ai.',
  );
  for (const one of [exportReadingsCommand(), exportLmEvalCommand(), exportInspectCommand()]) {
    command.addCommand(one);
  }
  return command;
}
