import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import type { EncodedPrompt, Prompt, Provider } from '../../lib/types.js';

/** What a model said of some prompts, and how fast. */
export interface PromptsRead {
  /** How prompts were run: "packed-rows". */
  readonly way: string;
  readonly reason: string;
  /** Largest difference that the self-test at load found, in nats. */
  readonly selfTest: number | null;
  /** Log-probability of each option of each prompt. */
  readonly optionLogProbs: readonly (readonly number[])[];
  readonly promptsPerSecond: number;
  readonly longestRow: number;
}

/** Opens a model on a provider and reads the options of all prompts, as a study would. */
export async function readPrompts(
  folder: string,
  prompts: readonly Prompt[],
  provider: Provider,
): Promise<PromptsRead> {
  const { model, encode } = await openModelFolder(folder, { provider });
  try {
    const encoded = prompts.map((prompt): EncodedPrompt => {
      const result = encode(prompt);
      if (result.kind !== 'encoded') {
        throw new Error(`${prompt.variable}: ${result.reason}`);
      }
      return result.encoded;
    });
    const plan = await model.plan(encoded);
    const optionLogProbs: (readonly number[])[] = [];
    const start = performance.now();
    for (const unit of plan.units) {
      const own = unit.prompts.flatMap((index) => encoded[index] ?? []);
      for (const [turn, reading] of (await model.optionLogProbs(own)).entries()) {
        if (reading.kind !== 'read') {
          throw new Error(reading.reason);
        }
        optionLogProbs[unit.prompts[turn] ?? -1] = reading.optionLogProbs;
      }
    }
    return {
      way: plan.kind,
      reason: plan.reason,
      selfTest: model.card.selfTest?.largest ?? null,
      optionLogProbs,
      promptsPerSecond: (1000 * prompts.length) / (performance.now() - start),
      longestRow: plan.cost?.longestRun ?? 0,
    };
  } finally {
    await model.close();
  }
}

/** Largest difference of two readings of the same prompts, in nats. */
export function largestDifference(one: PromptsRead, other: PromptsRead): number {
  return Math.max(
    ...one.optionLogProbs.flatMap((options, prompt) =>
      options.map((logProb, option) =>
        Math.abs(logProb - (other.optionLogProbs[prompt]?.[option] ?? Number.NaN)),
      ),
    ),
  );
}
