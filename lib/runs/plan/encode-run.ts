import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnswerEncodingResult } from '../../tokenization/encode-answers.js';
import type { EncodingResult } from '../../tokenization/encode-prompt.js';
import type { PromptEncoder } from '../../tokenization/prompt-encoder.js';
import type { Prompt } from '../../types.js';
import type { OpenedModel } from '../models/model-source.js';
import { countProgress, type ProgressCounter, type ProgressListener } from '../progress.js';

/** Who is told about the encoding of a run. */
export interface EncodingListeners {
  readonly onProgress: ProgressListener;
  readonly onMessage: (line: string) => void;
}

// Often enough that progress moves and Ctrl-C is heard, rarely enough to cost nothing.
const PROMPTS_BETWEEN_TURNS = 200;

/** Encodes all prompts of a run with their option letters. */
export function encodeForRun(
  opened: OpenedModel,
  prompts: readonly Prompt[],
  listeners: EncodingListeners,
): Promise<EncodingResult[]> {
  const encoders = { remembering: opened.promptEncoder(), plain: opened.encode };
  return encodePrompts(encoders, prompts, { ...listeners, name: opened.model.card.name, what: 'tokenizing' });
}

/** Encodes all prompts of a run with their answer texts. */
export function encodeAnswersForRun(
  opened: OpenedModel,
  prompts: readonly Prompt[],
  listeners: EncodingListeners,
): Promise<AnswerEncodingResult[]> {
  const encoders = { remembering: opened.answerEncoder(), plain: opened.encodeAnswers };
  const { name } = opened.model.card;
  return encodePrompts(encoders, prompts, { ...listeners, name, what: 'tokenizing answer texts' });
}

/**
 * Encodes prompts, giving way to other events now and then.
 *
 * Pre-tokens are remembered, which is many times faster; the encoder compares itself with the plain way as it goes, and
 * should it ever differ, all prompts are encoded anew in the plain way.
 */
async function encodePrompts<Result>(
  encoders: { readonly remembering: PromptEncoder<Result>; readonly plain: (prompt: Prompt) => Result },
  prompts: readonly Prompt[],
  told: EncodingListeners & { readonly name: string; readonly what: string },
): Promise<Result[]> {
  const progress = countProgress(told.onProgress, {
    label: `${told.name}: ${told.what}`,
    total: prompts.length,
    alreadyDone: 0,
  });
  const encodings = await encodeAll(encoders.remembering.encode, prompts, progress);
  const difference = encoders.remembering.whyWhole();
  if (difference === null) {
    return encodings;
  }
  told.onMessage(`${told.name}: prompts are encoded one by one, which takes longer: ${difference}.`);
  return encodeAll(encoders.plain, prompts, { advance: () => {} });
}

async function encodeAll<Result>(
  encode: (prompt: Prompt) => Result,
  prompts: readonly Prompt[],
  progress: ProgressCounter,
): Promise<Result[]> {
  const encodings: Result[] = [];
  for (let start = 0; start < prompts.length; start += PROMPTS_BETWEEN_TURNS) {
    const some = prompts.slice(start, start + PROMPTS_BETWEEN_TURNS);
    encodings.push(...some.map((prompt) => encode(prompt)));
    progress.advance(some.length);
    await nextTurn();
  }
  return encodings;
}
