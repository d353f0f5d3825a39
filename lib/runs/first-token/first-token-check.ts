import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError } from '../../files/input-error.js';
import { namedOption } from '../../scoring/named-option.js';
import { renormalise } from '../../scoring/probabilities.js';
import { wilsonInterval } from '../../statistics/intervals/wilson-interval.js';
import { createRandom, randomPermutation } from '../../statistics/random.js';
import type { Prompt } from '../../types.js';
import type { OpenedModel } from '../models/model-source.js';
import { countProgress, type ProgressListener } from '../progress.js';
import type { CountedReason, FirstTokenAnswer, FirstTokenCheck } from './first-token-record.js';

/** Which prompts are tried, and how. */
export interface FirstTokenRequest {
  /** All prompts of a questionnaire in the format that is checked. */
  readonly prompts: readonly Prompt[];
  /** Prompts drawn, or all where there are fewer; 100 by default. A larger sample begins with a smaller one's prompts. */
  readonly sample?: number;
  /** A whole number from 0 to 2^32 - 1; 1 by default. */
  readonly seed?: number;
  /** Tokens that an answer has at most; 12 by default. */
  readonly tokens?: number;
  readonly onProgress?: ProgressListener;
  /** Ends the check after the prompt in flight; what was found is lost. */
  readonly signal?: AbortSignal;
}

const EXAMPLES_OF_EACH = 3;

/**
 * Checks whether the option letter that a model finds most probable as its first token is what it then writes.
 *
 * A model that was tuned to converse may begin its answer with other words. Its letters are then still compared among each
 * other, but what they say need not be what it would answer. So it writes a short greedy answer to a sample of prompts,
 * and the option that the answer names is set against that of the most probable letter.
 *
 * @throws InputError for no prompt, or a sample or a number of tokens below 1; the signal's own reason when it ends the check
 */
export async function firstTokenCheck(
  opened: OpenedModel,
  { prompts, sample = 100, seed = 1, tokens = 12, onProgress = () => {}, signal }: FirstTokenRequest,
): Promise<FirstTokenCheck> {
  if (prompts.length === 0 || !(sample >= 1) || !(tokens >= 1)) {
    throw new InputError(
      `Checking first tokens: there are ${prompts.length} prompts, a sample of ${sample} and answers of ${tokens} tokens. ` +
        'Expected at least one of each.',
    );
  }
  const { name } = opened.model.card;
  const drawn = [...randomPermutation(prompts.length, createRandom(seed)).subarray(0, sample)].flatMap(
    (place) => prompts[place] ?? [],
  );
  const progress = countProgress(onProgress, {
    label: `${name}: greedy answers`,
    total: drawn.length,
    alreadyDone: 0,
  });
  const answers: FirstTokenAnswer[] = [];
  const unreadable: string[] = [];
  for (const prompt of drawn) {
    // Loading a model hears nothing, nor does computing: what came meanwhile is heard in the next turn.
    await nextTurn();
    signal?.throwIfAborted();
    const answer = await answerOf(opened, prompt, tokens);
    if (typeof answer === 'string') {
      unreadable.push(answer);
    } else {
      answers.push(answer);
    }
    progress.advance(1);
  }
  const named = answers.filter(({ written }) => written !== null);
  const same = named.filter(isSame);
  const other = named.filter((answer) => !isSame(answer));
  const none = answers.filter(({ written }) => written === null);
  return {
    ...{ model: name, population: prompts.length, seed, tokens },
    n: drawn.length,
    unreadable: countReasons(unreadable),
    named: named.length,
    unnamed: countReasons(none.map(({ reason }) => reason ?? '')),
    same: same.length,
    share: named.length === 0 ? null : same.length / named.length,
    interval: wilsonInterval({ successes: same.length, n: named.length }),
    examples: [
      ...same.slice(0, EXAMPLES_OF_EACH),
      ...other.slice(0, EXAMPLES_OF_EACH),
      ...none.filter(({ reason }, place) => none.findIndex((one) => one.reason === reason) === place),
    ],
  };
}

/** What the model says to one prompt; why its letters cannot be read, where they cannot. */
async function answerOf(
  { model, encode, decode }: OpenedModel,
  prompt: Prompt,
  tokens: number,
): Promise<FirstTokenAnswer | string> {
  const encoding = encode(prompt);
  if (encoding.kind === 'unreadable') {
    return encoding.reason;
  }
  const [reading] = await model.optionLogProbs([encoding.encoded]);
  if (reading?.kind !== 'read') {
    return reading?.reason ?? 'the model returned no result for this prompt';
  }
  const probabilities = renormalise(reading.optionLogProbs);
  const probability = Math.max(...probabilities);
  const letter = prompt.options[probabilities.indexOf(probability)]?.letter ?? '';
  const written = await model.generate(encoding.encoded.tokenIds, { tokens });
  const text = decode(written);
  const found = namedOption({ text, cut: written.length === tokens }, prompt.options);
  const { variable, country, template, order, format } = prompt;
  return {
    ...{ variable, country, template, order, format, letter, probability, text },
    written: found.kind === 'named' ? (prompt.options[found.place]?.letter ?? null) : null,
    by: found.kind === 'named' ? found.by : null,
    reason: found.kind === 'named' ? null : found.reason,
  };
}

function isSame({ letter, written }: FirstTokenAnswer): boolean {
  return letter === written;
}

/** Most frequent first. */
function countReasons(reasons: readonly string[]): CountedReason[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, prompts]) => ({ reason, prompts }))
    .sort((one, other) => other.prompts - one.prompts);
}
