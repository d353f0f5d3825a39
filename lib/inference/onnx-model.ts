import type { LanguageModel, OptionReading } from '../types.js';
import { answerTextLogProbs } from './answer-texts.js';
import { chooseReader, type ReaderSettings } from './choose-reader.js';
import { continuationLogProbs } from './continuation.js';
import { generateGreedy } from './generate.js';
import { promptSequence, readOptions, unreadableOption } from './read-options.js';

/** What {@link openOnnxModel} needs to know. */
export interface OnnxModelSettings extends ReaderSettings {
  readonly name: string;
  /** SHA-256 over the model's files. */
  readonly identity: string;
}

/**
 * Opens an ONNX graph as a language model and tests it on itself: see {@link chooseReader}.
 *
 * @throws InputError when the graph cannot be loaded, has inputs of unknown meaning, or returns NaN
 */
export async function openOnnxModel(settings: OnnxModelSettings): Promise<LanguageModel> {
  const { reader, dtype, selfTest } = await chooseReader(settings);
  const { vocabularySize } = reader;
  return {
    card: {
      name: settings.name,
      engine: 'onnx',
      dtype,
      provider: settings.provider,
      vocabularySize,
      selfTest,
      identity: settings.identity,
    },
    plan: (prompts) => reader.plan(prompts.map(({ tokenIds }) => tokenIds)),
    optionLogProbs: async (prompts) => {
      const problems = prompts.map((prompt) => unreadableOption(prompt, vocabularySize));
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
          : readOptions(reading, prompt);
      });
    },
    answerTextLogProbs: (prompts) => answerTextLogProbs(reader, prompts),
    continuationLogProbs: (prompts, continuations) =>
      continuationLogProbs(reader, { prompts, continuations }),
    generate: (tokenIds, { tokens }) =>
      generateGreedy(reader, { tokenIds, tokens, endTokens: settings.endTokens }),
    close: () => reader.release(),
  };
}
