import { sha256OfText } from '../files/hash.js';
import { InputError } from '../files/input-error.js';
import type {
  AnswerTextReading,
  LanguageModel,
  ModelCard,
  OptionReading,
  Prompt,
  PromptKey,
  Reading,
  ReadingKind,
  WorkUnit,
} from '../types.js';

/** What is kept of a reading so that the model can be asked again without its weights; a {@link Reading} is one, too. */
export interface RecordedReading
  extends Omit<
    Reading,
    'model' | 'tokenIdsHash' | 'optionTokenIds' | 'optionTokenCounts' | 'optionProbabilities' | 'meanScore'
  > {
  /** SHA-256 of the prompt's text in hexadecimal, or its beginning: at least 8 digits. */
  readonly promptHash: string;
}

// Nothing is computed, so this only says how often progress moves and Ctrl-C is heard.
const PROMPTS_TOGETHER = 2000;

/**
 * A model made of recorded readings: it answers what was asked before, without any weights.
 *
 * A prompt is unreadable, with the reason, when it was not recorded, or when its wording, its options or its number of
 * tokens are no longer those recorded (a prompt without token ids comes from no tokenizer and is not held to their number).
 * Answer texts are read where they were recorded beside the letters. Texts of a caller's own and greedy answers never are,
 * so `continuationLogProbs` and `generate` refuse.
 *
 * @throws InputError when two readings have the same key
 */
export function replayModel(
  name: string,
  readings: readonly RecordedReading[],
  identity: string,
): LanguageModel {
  const recorded = indexByKey(name, readings);
  const card: ModelCard = {
    name,
    engine: 'replay',
    dtype: 'recorded',
    provider: 'none',
    vocabularySize: 0,
    selfTest: null,
    identity,
  };
  const refuse = async (): Promise<never> => {
    throw new InputError(
      `Asking the recorded model "${name}" for texts: only its readings of options were recorded. Open the model itself.`,
    );
  };
  return {
    card,
    plan: async (prompts) => ({
      kind: 'equal-length-batches',
      reason: 'recorded readings need no runs',
      units: unitsWithoutRuns(prompts.length),
      cost: null,
    }),
    optionLogProbs: async (prompts) =>
      prompts.map((asked) => recallLetters(recorded.get(keyOf(asked.prompt, 'letter')), asked)),
    answerTextLogProbs: async (prompts) =>
      prompts.map((asked) => recallAnswerTexts(recorded.get(keyOf(asked.prompt, 'answer-text')), asked)),
    continuationLogProbs: refuse,
    generate: refuse,
    close: async () => {},
  };
}

function indexByKey(name: string, readings: readonly RecordedReading[]): Map<string, RecordedReading> {
  const recorded = new Map<string, RecordedReading>();
  for (const reading of readings) {
    const key = keyOf(reading, reading.readingKind);
    if (recorded.has(key)) {
      throw new InputError(
        `Opening the recorded model "${name}": the reading ${key} is there more than once. Expected every reading once. ` +
          'Leave out one of the two.',
      );
    }
    recorded.set(key, reading);
  }
  return recorded;
}

/** Work units of a model that answers from memory. */
export function unitsWithoutRuns(prompts: number): WorkUnit[] {
  return Array.from({ length: Math.ceil(prompts / PROMPTS_TOGETHER) }, (_, unit) => {
    const first = unit * PROMPTS_TOGETHER;
    const length = Math.min(PROMPTS_TOGETHER, prompts - first);
    return { prompts: Array.from({ length }, (_, place) => first + place) };
  });
}

/** A prompt as it is asked now; a reading fits it only where nothing of it has changed. */
interface Asked {
  readonly prompt: Prompt;
  readonly tokenIds: readonly number[];
}

function recallLetters(reading: RecordedReading | undefined, asked: Asked): OptionReading {
  if (reading === undefined) {
    return unreadable('this prompt was not recorded');
  }
  const reason = whyNotRecalled(reading, asked);
  if (reason !== null || reading.optionMass === null) {
    return unreadable(reason ?? NO_SCORE);
  }
  return {
    kind: 'read',
    optionLogProbs: reading.optionLogProbs,
    optionLogMass: Math.log(reading.optionMass),
    topTokens: reading.topTokens.map(({ tokenId, logProb }) => ({ tokenId, logProb })),
  };
}

function recallAnswerTexts(reading: RecordedReading | undefined, asked: Asked): AnswerTextReading {
  if (reading === undefined) {
    return unreadable('the answer texts of this prompt were not recorded');
  }
  const reason = whyNotRecalled(reading, asked);
  return reason === null ? { kind: 'read', optionLogProbs: reading.optionLogProbs } : unreadable(reason);
}

/** Why a recorded reading does not stand for the prompt that is asked; null when it does. */
function whyNotRecalled(reading: RecordedReading, { prompt, tokenIds }: Asked): string | null {
  if (!sha256OfText(prompt.text).startsWith(reading.promptHash)) {
    return 'recorded with another wording of the prompt';
  }
  if (reading.status === 'unscored') {
    return reading.reason ?? NO_SCORE;
  }
  if (tokenIds.length > 0 && tokenIds.length !== reading.tokenCount) {
    return 'recorded with another number of tokens: the tokenizer is not the one of the recording';
  }
  const codes = prompt.options.map((option) => option.code);
  return codes.join() === reading.optionCodes.join()
    ? null
    : `recorded with options ${reading.optionCodes}, asked with ${codes}`;
}

const NO_SCORE = 'recorded without a score';

function unreadable(reason: string): { readonly kind: 'unreadable'; readonly reason: string } {
  return { kind: 'unreadable', reason };
}

function keyOf({ variable, country, template, order, format }: PromptKey, kind: ReadingKind): string {
  // A letter's key names no kind, as in messages before there were others.
  const key = [variable, country, template, order, format];
  return JSON.stringify(kind === 'letter' ? key : [...key, kind]);
}
