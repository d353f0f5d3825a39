import { InputError } from '../files/input-error.js';
import { GivenUp } from '../inference/endpoint/retries.js';
import type { AnswerEncodingResult } from '../tokenization/encode-answers.js';
import type { EncodingResult } from '../tokenization/encode-prompt.js';
import type { Item, Prompt, Reading } from '../types.js';
import { gatherReadings } from './gather-readings.js';
import type { OpenedModel } from './models/model-source.js';
import { readAnswerUnit } from './plan/answer-text-units.js';
import { type RunTask, runTasks, taskKey } from './plan/run-tasks.js';
import { readUnit } from './plan/work-units.js';
import { countProgress, type ProgressListener } from './progress.js';
import type { Manifest, Store } from './store/index.js';

/** A run whose model is open and whose manifest is written. */
export interface OpenRun {
  /** Name of the model in results. */
  readonly name: string;
  readonly folder: string;
  readonly store: Store;
  readonly opened: OpenedModel;
  readonly manifest: Manifest;
  readonly items: readonly Item[];
  readonly prompts: readonly Prompt[];
  /** One for each prompt; none where no letter is left to read. */
  readonly encodings: readonly EncodingResult[];
  /** One for each prompt; none where no answer text is left to read. */
  readonly answerEncodings: readonly AnswerEncodingResult[];
  readonly onProgress: ProgressListener;
  /** Ends the run after the work unit in flight. */
  readonly signal: AbortSignal;
}

/** The run was ended from outside; what is stored stays, and the same command goes on from there. */
export class ProbeInterrupted extends Error {
  override readonly name = 'ProbeInterrupted';

  constructor(run: {
    readonly name: string;
    readonly folder: string;
    readonly stored: number;
    readonly total: number;
  }) {
    super(`Stopped: ${run.stored} of ${run.total} readings of ${run.name} are stored in ${run.folder}.`);
  }
}

/**
 * Works through all that is left of a run, task by task, and stores every reading.
 *
 * @throws ProbeInterrupted when the signal ends it early; what was read is stored, of a server if it still is what it was
 * @throws InputError when a server is gone or has changed
 */
export async function workThrough(run: OpenRun): Promise<void> {
  const { store, opened, prompts, name, manifest } = run;
  const { readingKinds } = manifest.settings;
  const total = prompts.length * readingKinds.length;
  const items = new Map(run.items.map((item) => [item.variable, item]));
  const counter = countProgress(run.onProgress, {
    label: `${name}: ${readingKinds.length === 1 ? 'prompts' : 'readings'}`,
    total,
    alreadyDone: store.keys.size,
  });
  const gathering = gatherReadings(store, opened);
  const stopIfAsked = async (): Promise<void> => {
    if (run.signal.aborted) {
      await gathering.store('hurried');
      throw new ProbeInterrupted({ name, folder: run.folder, stored: store.keys.size, total });
    }
  };
  const storeAndCount = async (): Promise<number> => {
    const notKept = await gathering.store('patient');
    if (notKept > 0) {
      counter.advance(-notKept);
    }
    return notKept;
  };
  // More than one pass only where a server went away and what it had said could not be kept.
  for (let isComplete = false; !isComplete; ) {
    let notKept = 0;
    for (const task of runTasks(manifest, prompts)) {
      const own = taskPrompts(task, run, items);
      if (own.every(({ prompt }) => store.keys.has(taskKey(prompt, task.readingKind)))) {
        continue;
      }
      await stopIfAsked();
      try {
        gathering.add(await readTask(task, run, own));
      } catch (error) {
        // Requests that were under way to a server end as failures.
        await stopIfAsked();
        // A server that fails at one task does not take along what it answered in those before. One that was given up was
        // waited for already.
        await gathering.store(error instanceof GivenUp ? 'hurried' : 'patient').catch((later: unknown) => {
          throw later instanceof GivenUp ? error : later;
        });
        await stopIfAsked();
        throw error;
      }
      counter.advance(own.length);
      if (gathering.isDue()) {
        notKept += await storeAndCount();
      }
    }
    notKept += await storeAndCount();
    isComplete = notKept === 0;
  }
}

interface TaskPrompt {
  readonly index: number;
  readonly prompt: Prompt;
  readonly item: Item;
}

function readTask(
  { readingKind }: RunTask,
  { opened, name, encodings, answerEncodings }: OpenRun,
  own: readonly TaskPrompt[],
): Promise<Reading[]> {
  return readingKind === 'letter'
    ? readUnit(opened, name, withEncodings(own, encodings))
    : readAnswerUnit(opened, name, withEncodings(own, answerEncodings));
}

function withEncodings<Encoding>(
  own: readonly TaskPrompt[],
  encodings: readonly Encoding[],
): (TaskPrompt & { readonly encoding: Encoding })[] {
  return own.flatMap((one) => {
    const encoding = encodings[one.index];
    return encoding === undefined ? [] : [{ ...one, encoding }];
  });
}

function taskPrompts(
  task: RunTask,
  { prompts, folder }: OpenRun,
  items: ReadonlyMap<string, Item>,
): TaskPrompt[] {
  return task.prompts.map((index) => {
    const prompt = prompts[index];
    if (prompt === undefined) {
      throw new InputError(
        `Resuming the run in ${folder}: manifest.json plans prompt ${index}, but the study has ${prompts.length}. ` +
          'The manifest is damaged: delete that folder to begin anew.',
      );
    }
    const item = items.get(prompt.variable);
    if (item === undefined) {
      throw new InputError(`Reading ${prompt.variable}: the item is not part of the study.`);
    }
    return { index, prompt, item };
  });
}
