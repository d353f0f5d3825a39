import type { MiniFactor } from '../../analysis/mini-world/mini-world.js';
import { miniWorldAnalysis } from '../../analysis/mini-world/mini-world-analysis.js';
import type { MiniWorldAnalysis } from '../../analysis/mini-world/mini-world-record.js';
import { countProgress, type ProgressCounter, type ProgressListener } from '../progress.js';
import { answersInWords } from './answers/answers.js';
import {
  type LoadedMiniWorld,
  loadMiniWorld,
  type MiniQuestions,
  type MiniWorldFolders,
} from './load-mini-world.js';

/** What the mini models show about the instrument: figures, tests, and the answers in words. */
export interface MiniValidation extends MiniWorldAnalysis {
  /** What is not there (yet): unfinished trainings, texts without their means. */
  readonly missing: LoadedMiniWorld['missing'];
  readonly answers: Readonly<Record<MiniFactor, readonly string[]>>;
}

/**
 * Reads the mini models' text and readings and analyses them.
 *
 * @throws InputError naming the file that cannot be used, and when there is no training at all
 */
export async function validateMini(
  options: MiniWorldFolders & {
    readonly questions?: MiniQuestions;
    readonly onProgress?: ProgressListener;
  } = {},
): Promise<MiniValidation> {
  const { onProgress = () => undefined, ...where } = options;
  const counting = (label: string): ((of: number) => void) => {
    let counter: ProgressCounter | undefined;
    return (total) => {
      counter ??= countProgress(onProgress, { label, total, alreadyDone: 0 });
      counter.advance(1);
    };
  };
  const { world, missing } = await loadMiniWorld({ ...where, onTraining: counting('trainings read') });
  const analysed = counting('trainings compared');
  const analysis = miniWorldAnalysis(world, { onTraining: () => analysed(world.trainings.length) });
  return { ...analysis, missing, answers: answersInWords(analysis) };
}
