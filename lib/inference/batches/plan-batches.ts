import type { WorkUnit } from '../../types.js';

/** Bounds of one run of a model. */
export interface BatchLimits {
  /** Largest number of prompts in one run; 1 makes every prompt run alone. */
  readonly prompts: number;
  /** Largest number of tokens in one run. */
  readonly tokens: number;
  /** Largest number of logits that may come back from one run. */
  readonly logits: number;
}

/** What decides how many logits a prompt returns. */
export interface LogitsPerPrompt {
  readonly vocabularySize: number;
  /** Whether the graph can be asked for the last position only. */
  readonly lastPositionOnly: boolean;
}

/** 64 MiB of float32 logits at most: more is slower, not faster, and memory is the user's. */
export const DEFAULT_LIMITS: BatchLimits = { prompts: 256, tokens: 8192, logits: 16_777_216 };

/**
 * Cuts sequences into batches of equal token length, so that no run holds a padding token.
 *
 * Deterministic: shorter ones first, those of one length in their own order. The result depends on the lengths alone,
 * not on what is already computed, so that a resumed run sends exactly the same batches.
 *
 * @param lengths number of tokens of each sequence
 */
export function planEqualLength(
  lengths: readonly number[],
  limits: BatchLimits,
  logits: LogitsPerPrompt,
): WorkUnit[] {
  const byLength = new Map<number, number[]>();
  for (const [index, length] of lengths.entries()) {
    const group = byLength.get(length);
    if (group === undefined) {
      byLength.set(length, [index]);
    } else {
      group.push(index);
    }
  }
  const units: WorkUnit[] = [];
  for (const length of [...byLength.keys()].sort((a, b) => a - b)) {
    const prompts = byLength.get(length) ?? [];
    const size = batchSize(length, limits, logits);
    for (let start = 0; start < prompts.length; start += size) {
      units.push({ prompts: prompts.slice(start, start + size) });
    }
  }
  return units;
}

function batchSize(length: number, limits: BatchLimits, logits: LogitsPerPrompt): number {
  const perPrompt = logits.vocabularySize * (logits.lastPositionOnly ? 1 : length);
  const most = Math.min(limits.prompts, limits.tokens / length, limits.logits / perPrompt);
  return Math.max(1, Math.floor(most));
}
