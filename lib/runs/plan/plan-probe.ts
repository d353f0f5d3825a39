import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelCard, RunPlan } from '../../types.js';
import type { ProbeRequest } from '../probe.js';
import { chooseProvider } from '../run-manifest.js';
import { MANIFEST_FILE, readKeys, readManifest } from '../store/index.js';
import { studyPrompts } from '../study-prompts.js';
import { encodeForRun, planRun } from './work-units.js';

/** What a probe would do, before it does it. */
export interface ProbePlan {
  readonly model: ModelCard;
  readonly prompts: number;
  /** Readings that are stored already; above 0, or with a manifest, the plan is that of the run begun. */
  readonly stored: number;
  readonly plan: RunPlan;
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
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const { model, promptCount, plan } = readManifest(folder);
    return { model, prompts: promptCount, stored: (await readKeys(folder)).size, plan };
  }
  const prompts = studyPrompts(study.settings, questionnaire, source);
  const provider = await chooseProvider(null, study.settings, folder);
  const opened = await source.open({ ...study.settings, provider, onNotice: request.onMessage });
  try {
    const plan = await planRun(opened, await encodeForRun(opened, prompts, request));
    return { model: opened.model.card, prompts: prompts.length, stored: 0, plan };
  } finally {
    await opened.model.close();
  }
}
