import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelCard, ReadingKind, RunPlan } from '../../types.js';
import type { ProbeRequest } from '../probe.js';
import { inReadingOrder } from '../reading-kinds.js';
import { providerOf } from '../run-provider.js';
import { MANIFEST_FILE, readKeys, readManifest } from '../store/index.js';
import { studyPrompts } from '../study-prompts.js';
import { answerTextUnits, planWithoutLetters } from './answer-text-units.js';
import { encodeForRun } from './encode-run.js';
import { planRun } from './work-units.js';

/** What a probe would do, before it does it. */
export interface ProbePlan {
  readonly model: ModelCard;
  readonly prompts: number;
  /** Readings that are stored already; above 0, or with a manifest, the plan is that of the run begun. */
  readonly stored: number;
  /** What is read of each prompt. */
  readonly readingKinds: readonly ReadingKind[];
  /** How option letters are read. */
  readonly plan: RunPlan;
  /** Units in which answer texts are read, after the letters; 0 where none are. */
  readonly answerTextUnits: number;
}

/**
 * Plans one model's part of a study and writes nothing. A run that has begun keeps its plan: that one is returned.
 *
 * @throws InputError as the probe itself would
 */
export async function planProbe(
  request: Pick<ProbeRequest, 'study' | 'questionnaire' | 'source' | 'folder' | 'onProgress' | 'onMessage'>,
): Promise<ProbePlan> {
  const { study, questionnaire, source, folder } = request;
  const prompts = studyPrompts(study.settings, questionnaire, source);
  const unitsOf = (model: ModelCard, kinds: readonly ReadingKind[]): number =>
    kinds.includes('answer-text') ? answerTextUnits(prompts, model).length : 0;
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const { model, promptCount, plan, settings } = readManifest(folder);
    const { readingKinds } = settings;
    const stored = (await readKeys(folder)).size;
    return {
      ...{ model, prompts: promptCount, stored, readingKinds, plan },
      answerTextUnits: unitsOf(model, readingKinds),
    };
  }
  const readingKinds = inReadingOrder(study.settings.readings);
  const provider = await providerOf(source, { choice: study.settings.provider });
  const opened = await source.open({ ...study.settings, provider, onNotice: request.onMessage });
  try {
    const { card } = opened.model;
    const plan = readingKinds.includes('letter')
      ? await planRun(opened, await encodeForRun(opened, prompts, request))
      : planWithoutLetters(card);
    return {
      ...{ model: card, prompts: prompts.length, stored: 0, readingKinds, plan },
      answerTextUnits: unitsOf(card, readingKinds),
    };
  } finally {
    await opened.model.close();
  }
}
