import type { Prompt, ReadingKind } from '../../types.js';
import { keyOf, type Manifest } from '../store/index.js';
import { answerTextUnits } from './answer-text-units.js';

/** One piece of a run's work: prompts that go through the model together, and what is read of them. */
export interface RunTask {
  readonly readingKind: ReadingKind;
  /** Places in the list of the run's prompts. */
  readonly prompts: readonly number[];
}

/** All work of a run, in the order in which it is done: first the letters as planned, then the answer texts. */
export function runTasks(
  { plan, settings, model }: Pick<Manifest, 'plan' | 'settings' | 'model'>,
  prompts: readonly Prompt[],
): RunTask[] {
  return settings.readingKinds.flatMap((readingKind) => {
    const units = readingKind === 'letter' ? plan.units : answerTextUnits(prompts, model);
    return units.map((unit) => ({ readingKind, prompts: unit.prompts }));
  });
}

/** The key of the reading of this kind that a prompt is to get. */
export function taskKey(prompt: Prompt, readingKind: ReadingKind): string {
  return keyOf({ ...prompt, readingKind });
}

/** Counts what a run's list of prompts still lacks, and what is stored beside it. */
export function countReadings(
  stored: ReadonlySet<string>,
  {
    prompts,
    readingKinds,
  }: { readonly prompts: readonly Prompt[]; readonly readingKinds: readonly ReadingKind[] },
): { readonly lacking: ReadonlySet<ReadingKind>; readonly foreign: number } {
  let found = 0;
  const lacking = new Set<ReadingKind>();
  for (const kind of readingKinds) {
    const own = prompts.filter((prompt) => stored.has(taskKey(prompt, kind))).length;
    found += own;
    if (own < prompts.length) {
      lacking.add(kind);
    }
  }
  return { lacking, foreign: stored.size - found };
}
