import { InputError } from '../files/input-error.js';
import type { EncodedPrompt, LanguageModel, ModelCard, OptionReading, Provider, RunPlan } from '../types.js';
import { continuationLogProbs } from './continuation.js';
import { generateGreedy } from './generate.js';
import { logitRow } from './log-softmax.js';
import { DEFAULT_LIMITS, planEqualLength } from './plan.js';
import { readOptions } from './read-options.js';
import { measureBatchSpread } from './self-test.js';
import { openGraph } from './session.js';

/** What {@link openOnnxModel} needs to know. */
export interface OnnxModelSettings {
  readonly name: string;
  /** Path of the ONNX graph. */
  readonly graph: string;
  readonly provider: Provider;
  /** Threads of one operator on the CPU; null leaves the choice to onnxruntime. */
  readonly threads: number | null;
  /** Width of one attention head, which some exports leave open; null if unknown. */
  readonly headSize: number | null;
  /** SHA-256 over the model's files. */
  readonly identity: string;
  /** Token ids that end a generated answer. */
  readonly endTokens: readonly number[];
}

/** Largest difference between a float32 prompt alone and among others that still counts as the same number. */
export const FLOAT32_TOLERANCE = 1e-4;

/** The same for float16: halves between 8 and 16 are 1/128 apart, and two roundings may differ. */
export const FLOAT16_TOLERANCE = 1 / 64;

/**
 * Opens an ONNX graph as a language model and tests it on itself.
 *
 * The self-test compares rows alone with the same rows in a batch; the difference is recorded. A graph that exceeds the
 * tolerance of its element type answers one prompt at a time.
 *
 * @throws InputError when the graph cannot be loaded, has inputs of unknown meaning, or returns NaN
 */
export async function openOnnxModel(settings: OnnxModelSettings): Promise<LanguageModel> {
  const runner = await openGraph(settings.graph, settings);
  const { signature } = runner;
  const dtype = signature.logitsType;
  const { vocabularySize, spread } = await measureBatchSpread(runner, settings.graph);
  const alone = spread > (dtype === 'float16' ? FLOAT16_TOLERANCE : FLOAT32_TOLERANCE);
  const limits = alone ? { ...DEFAULT_LIMITS, prompts: 1 } : DEFAULT_LIMITS;
  const logits = { vocabularySize, lastPositionOnly: signature.numLogitsToKeep !== null };
  const card: ModelCard = {
    name: settings.name,
    engine: 'onnx',
    dtype,
    provider: settings.provider,
    vocabularySize,
    batchSpread: spread,
    identity: settings.identity,
  };
  const plan = (prompts: readonly EncodedPrompt[]): RunPlan =>
    planEqualLength(
      prompts.map((prompt) => prompt.tokenIds.length),
      limits,
      logits,
    );
  return {
    card,
    plan,
    optionLogProbs: async (prompts) => {
      const readings = new Map<number, OptionReading>();
      for (const unit of plan(prompts).units) {
        const batch = unit.prompts.map((index) => ({ index, prompt: at(prompts, index) }));
        const output = await runner.run(
          batch.map(({ prompt }) => prompt.tokenIds),
          1,
        );
        for (const [row, { index, prompt }] of batch.entries()) {
          readings.set(index, readOptions(logitRow(output, row, 0), prompt));
        }
      }
      return prompts.map((_, index) => at(readings, index));
    },
    continuationLogProbs: (prompts, continuations) =>
      continuationLogProbs(runner, { prompts, continuations, limits, logits }),
    generate: (tokenIds, { tokens }) =>
      generateGreedy(runner, { tokenIds, tokens, endTokens: settings.endTokens }),
    close: () => runner.release(),
  };
}

function at<T>(values: readonly T[] | ReadonlyMap<number, T>, index: number): T {
  const value = Array.isArray(values) ? values[index] : (values as ReadonlyMap<number, T>).get(index);
  if (value === undefined) {
    throw new InputError(`Running the model: there is no prompt ${index} in this list.`);
  }
  return value;
}
