import { sha256OfText } from '../files/hash.js';
import { InputError } from '../files/input-error.js';
import type { EncodedPrompt, LanguageModel, ModelCard, OptionReading, PromptKey, Reading } from '../types.js';

/**
 * A model made of recorded readings: it answers what was asked before, without any weights.
 *
 * A prompt that was not recorded, or whose text has changed since, is unreadable with that reason. Texts and greedy
 * answers were not recorded, so `continuationLogProbs` and `generate` refuse.
 */
export function replayModel(name: string, readings: readonly Reading[], identity: string): LanguageModel {
  const byKey = new Map(readings.map((reading) => [keyOf(reading), reading]));
  const card: ModelCard = {
    name,
    engine: 'replay',
    dtype: 'recorded',
    provider: 'none',
    vocabularySize: 0,
    batchSpread: null,
    identity,
  };
  const refuse = async (): Promise<never> => {
    throw new InputError(
      `Asking the recorded model "${name}" for texts: only option letters were recorded. Open the model itself.`,
    );
  };
  return {
    card,
    plan: (prompts) => ({
      kind: 'equal-length-batches',
      reason: 'recorded readings need no runs',
      units: prompts.length === 0 ? [] : [{ prompts: prompts.map((_, index) => index) }],
    }),
    optionLogProbs: async (prompts) =>
      prompts.map((prompt) => recall(byKey.get(keyOf(prompt.prompt)), prompt)),
    continuationLogProbs: refuse,
    generate: refuse,
    close: async () => {},
  };
}

function recall(reading: Reading | undefined, { prompt }: EncodedPrompt): OptionReading {
  if (reading === undefined) {
    return { kind: 'unreadable', reason: 'this prompt was not recorded' };
  }
  if (reading.status === 'unscored' || reading.optionMass === null) {
    return { kind: 'unreadable', reason: reading.reason ?? 'recorded without a score' };
  }
  if (sha256OfText(prompt.text) !== reading.promptHash) {
    return { kind: 'unreadable', reason: 'recorded with another wording of the prompt' };
  }
  const codes = prompt.options.map((option) => option.code);
  if (codes.join() !== reading.optionCodes.join()) {
    return {
      kind: 'unreadable',
      reason: `recorded with options ${reading.optionCodes}, asked with ${codes}`,
    };
  }
  return {
    kind: 'read',
    optionLogProbs: reading.optionLogProbs,
    optionLogMass: Math.log(reading.optionMass),
    topTokens: reading.topTokens.map(({ tokenId, logProb }) => ({ tokenId, logProb })),
  };
}

function keyOf({ variable, country, template, order, format }: PromptKey): string {
  return [variable, country ?? '', template, order, format].join('|');
}
