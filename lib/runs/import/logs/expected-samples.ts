import type { Prompt, ReadingKind } from '../../../types.js';
import { keyOf } from '../../store/index.js';

/** A prompt that a sample may be about. */
export interface ExpectedSample {
  readonly prompt: Prompt;
  readonly readingKind: ReadingKind;
}

/** What a log of prompts may be about, by key. */
export function expectedSamples(
  prompts: readonly Prompt[],
  kinds: readonly ReadingKind[],
): Map<string, ExpectedSample> {
  return new Map(
    kinds.flatMap((readingKind) =>
      prompts.map((prompt) => [keyOf({ ...prompt, readingKind }), { prompt, readingKind }] as const),
    ),
  );
}
