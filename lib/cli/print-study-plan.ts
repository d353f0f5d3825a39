import { projectPath } from '../files/data-folder.js';
import { describePlan } from '../runs/plan/describe-plan.js';
import { planStudy } from '../runs/run-study.js';
import type { Study } from '../runs/study.js';
import { terminalProgress } from './terminal-progress.js';

/** Prints how each model of a study would be run, and what that takes; nothing is asked. */
export async function printStudyPlan(study: Study, options: { readonly runs?: string }): Promise<void> {
  const plans = await planStudy({
    study,
    runsFolder: options.runs ?? projectPath('data', 'runs'),
    onProgress: terminalProgress(process.stderr),
    onMessage: (line) => process.stderr.write(`${line}\n`),
  });
  console.log(plans.map((plan) => describePlan(plan).join('\n')).join('\n\n'));
}
