import { sha256OfText } from '../files/hash.js';
import { InputError } from '../files/input-error.js';
import type {
  EncodedPrompt,
  LanguageModel,
  ModelCard,
  OptionReading,
  PromptKey,
  Reading,
  WorkUnit,
} from '../types.js';

/** What is kept of a reading so that the model can be asked again without its weights; a {@link Reading} is one, too. */
export interface RecordedReading
  extends Omit<Reading, 'model' | 'tokenIdsHash' | 'optionTokenIds' | 'optionProbabilities' | 'meanScore'> {
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
 * Texts and greedy answers were not recorded, so `continuationLogProbs` and `generate` refuse.
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
      `Asking the recorded model "${name}" for texts: only option letters were recorded. Open the model itself.`,
    );
  };
  return {
    card,
    plan: async (prompts) => ({
      kind: 'equal-length-batches',
      reason: 'recorded readings need no runs',
      units: unitsOf(prompts.length),
      cost: null,
    }),
    optionLogProbs: async (prompts) =>
      prompts.map((prompt) => recall(recorded.get(keyOf(prompt.prompt)), prompt)),
    continuationLogProbs: refuse,
    generate: refuse,
    close: async () => {},
  };
}

function indexByKey(name: string, readings: readonly RecordedReading[]): Map<string, RecordedReading> {
  const recorded = new Map<string, RecordedReading>();
  for (const reading of readings) {
    if (reading.readingKind !== 'letter') {
      continue;
    }
    const key = keyOf(reading);
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

function unitsOf(prompts: number): WorkUnit[] {
  return Array.from({ length: Math.ceil(prompts / PROMPTS_TOGETHER) }, (_, unit) => {
    const first = unit * PROMPTS_TOGETHER;
    const length = Math.min(PROMPTS_TOGETHER, prompts - first);
    return { prompts: Array.from({ length }, (_, place) => first + place) };
  });
}

function recall(reading: RecordedReading | undefined, { prompt, tokenIds }: EncodedPrompt): OptionReading {
  if (reading === undefined) {
    return unreadable('this prompt was not recorded');
  }
  if (!sha256OfText(prompt.text).startsWith(reading.promptHash)) {
    return unreadable('recorded with another wording of the prompt');
  }
  if (reading.status === 'unscored' || reading.optionMass === null) {
    return unreadable(reading.reason ?? 'recorded without a score');
  }
  if (tokenIds.length > 0 && tokenIds.length !== reading.tokenCount) {
    return unreadable(
      'recorded with another number of tokens: the tokenizer is not the one of the recording',
    );
  }
  const codes = prompt.options.map((option) => option.code);
  if (codes.join() !== reading.optionCodes.join()) {
    return unreadable(`recorded with options ${reading.optionCodes}, asked with ${codes}`);
  }
  return {
    kind: 'read',
    optionLogProbs: reading.optionLogProbs,
    optionLogMass: Math.log(reading.optionMass),
    topTokens: reading.topTokens.map(({ tokenId, logProb }) => ({ tokenId, logProb })),
  };
}

function unreadable(reason: string): OptionReading {
  return { kind: 'unreadable', reason };
}

function keyOf({ variable, country, template, order, format }: PromptKey): string {
  return JSON.stringify([variable, country, template, order, format]);
}
