import { Command } from 'commander';
import { loadStudy } from '../../runs/study.js';
import { printStudyPlan } from '../print-study-plan.js';
import { runStudyInTerminal } from '../run-study-in-terminal.js';

/** `culture-lens study <file>`: probes every model of a study and prints the findings. */
export function studyCommand(): Command {
  return new Command('study')
    .description(
      'Probe every model of a study file, print the findings, write readings, summary.json and report.html.',
    )
    .argument('<file>', 'study file, for example data/studies/mini.json')
    .option('--runs <folder>', 'where runs are written (default: data/runs)')
    .option(
      '--plan',
      'print what would be run, how long it may take and why, and stop (models of the hub are fetched for it)',
    )
    .addHelpText(
      'after',
      '\nA study that was stopped goes on where it ended. With nothing left to do no model is loaded.',
    )
    .action(async (file: string, options: { runs?: string; plan?: boolean }) => {
      const study = loadStudy(file);
      await (options.plan === true ? printStudyPlan(study, options) : runStudyInTerminal(study, options));
    });
}
