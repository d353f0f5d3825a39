import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError } from '../files/input-error.js';
import { hashPrompts, runIdentity, SCORING_CONTRACT } from './identity.js';
import type { ModelSource } from './models/model-source.js';
import { requireSameServer } from './models/same-server.js';
import { encodeAnswersForRun, encodeForRun } from './plan/encode-run.js';
import { countReadings } from './plan/run-tasks.js';
import type { ProgressListener } from './progress.js';
import { inReadingOrder } from './reading-kinds.js';
import { anotherRun, completed, runSettings, startManifest } from './run-manifest.js';
import { providerOf, requireProvider } from './run-provider.js';
import { openStore } from './store/index.js';
import type { Study } from './study.js';
import { type Questionnaire, studyPrompts } from './study-prompts.js';
import { readVersions } from './versions.js';
import { ProbeInterrupted, workThrough } from './work-through.js';

export { ProbeInterrupted } from './work-through.js';

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
  /** Ends the run after the work unit in flight, or once the model is loaded. */
  readonly signal: AbortSignal;
  /** The command that is running, as the lock file names it. */
  readonly command: string;
}

/** How a probe ended. */
export interface ProbeOutcome {
  readonly prompts: number;
  /** Readings that the run holds now: as many as prompts, for each kind of reading. */
  readonly readings: number;
  /** Readings that were there before this sitting. */
  readonly alreadyStored: number;
  /** False where nothing was left to do. */
  readonly modelLoaded: boolean;
}

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
    const provider = await providerOf(source, {
      choice: study.settings.provider,
      earlier: earlier === null ? null : { folder, provider: earlier.model.provider },
    });
    const readingKinds = inReadingOrder(study.settings.readings);
    const { lacking, foreign } = countReadings(store.keys, { prompts, readingKinds });
    // A server may be gone when all its answers are here.
    const isFinished = earlier !== null && lacking.size === 0;
    const modelFiles =
      isFinished && source.runsOn === 'server' ? earlier.model.identity : await source.fileIdentity();
    const prints = { prompts: hashPrompts(prompts), modelFiles };
    const identity = runIdentity({ ...prints, provider, scoringContract: SCORING_CONTRACT, readingKinds });
    if (earlier !== null && earlier.identity !== identity) {
      throw anotherRun(earlier, folder, {
        ...prints,
        provider,
        settings: runSettings(study.settings, prompts),
      });
    }
    const alreadyStored = store.keys.size;
    const outcome = {
      prompts: prompts.length,
      readings: prompts.length * readingKinds.length,
      alreadyStored,
    };
    if (foreign > 0) {
      throw new InputError(
        `Resuming the run in ${folder}: ${foreign} of its readings belong to no prompt of this study, though the manifest ` +
          'fits. Files of another run were put there: remove them, or delete that folder to begin anew.',
      );
    }
    if (isFinished) {
      await store.writeManifest(completed(earlier));
      return { ...outcome, modelLoaded: false };
    }
    if (earlier !== null && provider !== 'none') {
      await requireProvider(provider, folder);
    }
    const stopIfAsked = async (): Promise<void> => {
      // Reading files for their hashes and loading a model hear nothing: what came meanwhile is heard in the next turn.
      await nextTurn();
      if (request.signal.aborted) {
        throw new ProbeInterrupted({
          name: source.name,
          folder,
          stored: alreadyStored,
          total: outcome.readings,
        });
      }
    };
    await stopIfAsked();
    const onNotice = (line: string): void => request.onMessage(`${source.name}: ${line}`);
    const { signal } = request;
    const opened = await source.open({ ...study.settings, provider, onNotice, signal });
    try {
      await stopIfAsked();
      requireSameServer(earlier?.origin ?? null, opened.origin, folder);
      const encodings = lacking.has('letter') ? await encodeForRun(opened, prompts, request) : [];
      const manifest = earlier ?? (await startManifest(study, { opened, prompts, encodings, identity }));
      await store.writeManifest({
        ...manifest,
        status: 'running',
        finishedAt: null,
        versions: readVersions(),
      });
      const answerEncodings = lacking.has('answer-text')
        ? await encodeAnswersForRun(opened, prompts, request)
        : [];
      const { name } = source;
      const { items } = questionnaire;
      const { onProgress } = request;
      const asked = { items, prompts, encodings, answerEncodings };
      await workThrough({ name, folder, store, opened, manifest, ...asked, onProgress, signal });
      await store.writeManifest(completed(store.manifest ?? manifest));
      return { ...outcome, modelLoaded: true };
    } finally {
      await opened.model.close();
    }
  } finally {
    await store.close();
  }
}
