import { InputError } from '../../../files/input-error.js';
import { unitsWithoutRuns } from '../../../inference/replay.js';
import type { LanguageModel, ModelCard, Prompt, ReadingKind } from '../../../types.js';
import { keyOf } from '../../store/index.js';
import type { LoggedAnswers, LoggedReading } from './importable-log.js';

/** Why a prompt of the task has no reading. */
export const NOT_IN_LOG = 'this prompt is not in the imported log';

const MISSING = { kind: 'unreadable', reason: NOT_IN_LOG } as const;

/** A model that another program asked: it answers with what that program's log holds, and with nothing else. */
export function importedModel(card: ModelCard, answers: LoggedAnswers): LanguageModel {
  const refuse = async (): Promise<never> => {
    throw new InputError(
      `Asking "${card.name}" for texts: its answers were imported from a log of options. Open the model itself.`,
    );
  };
  const recall = (prompt: Prompt, readingKind: ReadingKind): LoggedReading | undefined =>
    answers.get(keyOf({ ...prompt, readingKind }));
  return {
    card,
    plan: async (prompts) => ({
      kind: 'single-prompts',
      reason: 'an imported log needs no runs',
      units: unitsWithoutRuns(prompts.length),
      cost: null,
    }),
    optionLogProbs: async (prompts) =>
      prompts.map(({ prompt }) => {
        const found = recall(prompt, 'letter');
        return found?.kind === 'letter' ? found.result : MISSING;
      }),
    answerTextLogProbs: async (prompts) =>
      prompts.map(({ prompt }) => {
        const found = recall(prompt, 'answer-text');
        return found?.kind === 'answer-text' ? found.result : MISSING;
      }),
    continuationLogProbs: refuse,
    generate: refuse,
    close: async () => {},
  };
}
