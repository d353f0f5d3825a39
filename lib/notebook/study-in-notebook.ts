import { projectPath } from '../files/data-folder.js';
import { runStudy, type StudyOutcome } from '../runs/run-study.js';
import type { Study } from '../runs/study.js';
import { notebookProgress } from './progress.js';

/**
 * Runs a study from a cell, with a bar for every step. What is asked is stored as it comes in: interrupt the kernel when you
 * like, and the same cell goes on from there, or finds all answers stored.
 *
 * @param options.runsFolder where runs are written; data/runs by default
 * @throws InputError outside a notebook, and when a model or the study cannot be used
 */
export function studyInNotebook(
  study: Study,
  options: { readonly runsFolder?: string } = {},
): Promise<StudyOutcome> {
  return runStudy({
    study,
    runsFolder: options.runsFolder ?? projectPath('data', 'runs'),
    onProgress: notebookProgress(),
    // A message says how much was stored before: another number whenever the cell is executed again.
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a notebook',
  });
}
