import { answerSeparator } from '../../../tokenization/encode-prompt.js';
import type { Prompt, ReadingKind } from '../../../types.js';

/** One prompt as lm-evaluation-harness is to send it. */
export interface HarnessRequest {
  /** The prompt without the white space at its end. */
  readonly context: string;
  /** That white space; empty where there is none. */
  readonly border: string;
  /** What follows the context: one text for each option and, where there is a border, the border alone. */
  readonly choices: readonly string[];
}

/**
 * Splits a prompt so that the harness changes nothing about it. It moves white space at the end of a context into the answer, and
 * would add the log-probability of that white space to every option. The border alone as one more choice has just this
 * log-probability, which can then be taken off again.
 */
export function harnessRequest(prompt: Prompt, readingKind: ReadingKind): HarnessRequest {
  const context = prompt.text.trimEnd();
  const border = prompt.text.slice(context.length);
  const separator = border + answerSeparator(prompt);
  const answers = prompt.options.map(({ letter, label }) => (readingKind === 'letter' ? letter : label));
  const choices = answers.map((answer) => separator + answer);
  return { context, border, choices: border === '' ? choices : [...choices, border] };
}
