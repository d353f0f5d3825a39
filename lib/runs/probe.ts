import { InputError } from '../files/input-error.js';
import type { EncodingResult } from '../tokenization/encode-prompt.js';
import type { Item, Prompt, Reading, WorkUnit } from '../types.js';
import { hashPrompts, runIdentity, SCORING_CONTRACT } from './identity.js';
import type { ModelSource, OpenedModel } from './models/model-source.js';
import { encodeForRun, readUnit, type UnitPrompt } from './plan/work-units.js';
import { countProgress, type ProgressListener } from './progress.js';
import {
  anotherRun,
  chooseProvider,
  completed,
  requireProvider,
  runSettings,
  startManifest,
} from './run-manifest.js';
import { keyOf, type Manifest, openStore, type Store } from './store/index.js';
import type { Study } from './study.js';
import { type Questionnaire, studyPrompts } from './study-prompts.js';
import { readVersions } from './versions.js';

/** One model's part of a study. */
export interface ProbeRequest {
  readonly study: Study;
  readonly questionnaire: Questionnaire;
  readonly source: ModelSource;
  /** Folder of this model's run. */
  readonly folder: string;
  readonly onProgress: ProgressListener;
  /** Told what goes otherwise than planned, in plain words. */
  readonly onMessage: (line: string) => void;
  /** Ends the run after the work unit in flight. */
  readonly signal: AbortSignal;
  /** The command that is running, as the lock file names it. */
  readonly command: string;
}

/** How a probe ended. */
export interface ProbeOutcome {
  readonly prompts: number;
  /** Readings that were there before this sitting. */
  readonly alreadyStored: number;
  /** False where nothing was left to do. */
  readonly modelLoaded: boolean;
}

/** The run was ended from outside; what is stored stays, and the same command goes on from there. */
export class ProbeInterrupted extends Error {
  override readonly name = 'ProbeInterrupted';
}

// Small units share a part, or a large study would end in tens of thousands of tiny files: a kill costs the unit in flight
// and at most this much more.
const PART_READINGS = 20;
const PART_MILLISECONDS = 1000;

/**
 * Puts all prompts of a study to one model and stores every reading.
 *
 * The plan of runs is fixed at the first start and used again on resume, so that every prompt meets the same
 * neighbours. With nothing left to do the model is not loaded.
 *
 * @throws InputError when the folder holds another run: other model files, prompts, provider or scoring contract
 * @throws ProbeInterrupted when the signal ends the run early
 */
export async function probe(request: ProbeRequest): Promise<ProbeOutcome> {
  const { study, questionnaire, source, folder } = request;
  const prompts = studyPrompts(study.settings, questionnaire, source);
  const store = await openStore(folder, { write: true, command: request.command });
  try {
    const earlier = store.manifest;
    const provider = await chooseProvider(earlier, study.settings, folder);
    const prints = { prompts: hashPrompts(prompts), modelFiles: await source.fileIdentity() };
    const identity = runIdentity({ ...prints, provider, scoringContract: SCORING_CONTRACT });
    if (earlier !== null && earlier.identity !== identity) {
      throw anotherRun(earlier, folder, { ...prints, settings: runSettings(study.settings, prompts) });
    }
    const alreadyStored = store.keys.size;
    const foreign = store.keys.size - prompts.filter((prompt) => store.keys.has(letterKey(prompt))).length;
    if (foreign > 0) {
      throw new InputError(
        `Resuming the run in ${folder}: ${foreign} of its readings belong to no prompt of this study, though the manifest ` +
          'fits. Files of another run were put there: remove them, or delete that folder to begin anew.',
      );
    }
    if (earlier !== null && prompts.every((prompt) => store.keys.has(letterKey(prompt)))) {
      await store.writeManifest(completed(earlier));
      return { prompts: prompts.length, alreadyStored, modelLoaded: false };
    }
    if (earlier !== null) {
      await requireProvider(provider, folder);
    }
    const onNotice = (line: string): void => request.onMessage(`${source.name}: ${line}`);
    const opened = await source.open({ ...study.settings, provider, onNotice });
    try {
      const encodings = await encodeForRun(opened, prompts, request);
      const manifest = earlier ?? (await startManifest(study, { opened, prompts, encodings, identity }));
      await store.writeManifest({
        ...manifest,
        status: 'running',
        finishedAt: null,
        versions: readVersions(),
      });
      await runUnits(request, { store, opened, prompts, encodings, manifest });
      await store.writeManifest(completed(store.manifest ?? manifest));
      return { prompts: prompts.length, alreadyStored, modelLoaded: true };
    } finally {
      await opened.model.close();
    }
  } finally {
    await store.close();
  }
}

async function runUnits(
  request: ProbeRequest,
  run: {
    readonly store: Store;
    readonly opened: OpenedModel;
    readonly prompts: readonly Prompt[];
    readonly encodings: readonly EncodingResult[];
    readonly manifest: Manifest;
  },
): Promise<void> {
  const { store, opened, prompts } = run;
  const { source, folder } = request;
  const items = new Map(request.questionnaire.items.map((item) => [item.variable, item]));
  const counter = countProgress(request.onProgress, {
    label: `${source.name}: prompts`,
    total: prompts.length,
    alreadyDone: store.keys.size,
  });
  const gathered: Reading[] = [];
  let lastWrite = Date.now();
  const write = async (): Promise<void> => {
    if (gathered.length > 0) {
      await store.writePart(store.nextPart, gathered.splice(0));
    }
    lastWrite = Date.now();
  };
  for (const unit of run.manifest.plan.units) {
    const own = unitPrompts(unit, { ...run, items, folder });
    if (own.every(({ prompt }) => store.keys.has(letterKey(prompt)))) {
      continue;
    }
    if (request.signal.aborted) {
      await write();
      throw new ProbeInterrupted(
        `Stopped: ${store.keys.size} of ${prompts.length} readings of ${source.name} are stored in ${folder}.`,
      );
    }
    gathered.push(...(await readUnit(opened, source.name, own)));
    counter.advance(own.length);
    if (gathered.length >= PART_READINGS || Date.now() - lastWrite >= PART_MILLISECONDS) {
      await write();
    }
  }
  await write();
}

function letterKey(prompt: Prompt): string {
  return keyOf({ ...prompt, readingKind: 'letter' });
}

function unitPrompts(
  unit: WorkUnit,
  run: {
    readonly prompts: readonly Prompt[];
    readonly encodings: readonly EncodingResult[];
    readonly items: ReadonlyMap<string, Item>;
    readonly folder: string;
  },
): UnitPrompt[] {
  return unit.prompts.map((index) => {
    const [prompt, encoding] = [run.prompts[index], run.encodings[index]];
    if (prompt === undefined || encoding === undefined) {
      throw new InputError(
        `Resuming the run in ${run.folder}: manifest.json plans prompt ${index}, but the study has ${run.prompts.length}. ` +
          'The manifest is damaged: delete that folder to begin anew.',
      );
    }
    const item = run.items.get(prompt.variable);
    if (item === undefined) {
      throw new InputError(`Reading ${prompt.variable}: the item is not part of the study.`);
    }
    return { prompt, item, encoding };
  });
}
