import type { LanguageModel, ModelCard, OptionReading } from '../types.js';
import { answerTextLogProbs } from './answer-texts.js';
import { continuationLogProbs } from './continuation.js';
import { generateGreedy } from './generate.js';
import { promptSequence, readOptions, unreadableOption } from './read-options.js';
import type { SequenceReader } from './sequence-reader.js';

/** A language model from whatever sequences go through. */
export function languageModel(
  reader: SequenceReader,
  { card, endTokens }: { readonly card: ModelCard; readonly endTokens: readonly number[] },
): LanguageModel {
  return {
    card,
    plan: (prompts) => reader.plan(prompts.map(({ tokenIds }) => tokenIds)),
    optionLogProbs: async (prompts) => {
      const problems = prompts.map((prompt) => unreadableOption(prompt, reader.vocabularySize));
      const readable = prompts.filter((_, index) => problems[index] === null);
      const readings = (await reader.read(readable.map(promptSequence))).values();
      return prompts.map((prompt, index): OptionReading => {
        const reason = problems[index] ?? null;
        if (reason !== null) {
          return { kind: 'unreadable', reason };
        }
        const [reading] = readings.next().value ?? [];
        return reading === undefined
          ? { kind: 'unreadable', reason: 'the model returned no result for this prompt' }
          : readOptions(reading, prompt, reader.whyNaN);
      });
    },
    answerTextLogProbs: (prompts) => answerTextLogProbs(reader, prompts),
    continuationLogProbs: (prompts, continuations) =>
      continuationLogProbs(reader, { prompts, continuations }),
    generate: (tokenIds, { tokens }) => generateGreedy(reader, { tokenIds, tokens, endTokens }),
    close: () => reader.release(),
  };
}
