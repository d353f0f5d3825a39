import { InputError } from '../files/input-error.js';
import type { ContinuationReading } from '../types.js';
import type { SequenceReader, SequenceToRead } from './sequence-reader.js';

/** Prompts with the texts that may follow each of them, in token ids. */
export interface ContinuationRequest {
  readonly prompts: readonly (readonly number[])[];
  readonly continuations: readonly (readonly (readonly number[])[])[];
}

/**
 * Log-probability of each continuation after its prompt: the sum over its tokens of log p(token | all before it).
 *
 * @returns one list for each prompt, in the order of its continuations
 * @throws InputError for an empty prompt or continuation, a token outside the vocabulary, or NaN logits
 */
export async function continuationLogProbs(
  reader: SequenceReader,
  request: ContinuationRequest,
): Promise<ContinuationReading[][]> {
  const results = await sumContinuations(reader, request);
  if (results.some((own) => own.some(({ logProb }) => Number.isNaN(logProb)))) {
    throw new InputError(`Reading continuations: ${reader.whyNaN}.`);
  }
  return results;
}

/**
 * As {@link continuationLogProbs}, with a sum of NaN where a log-probability is NaN.
 *
 * A token's log-probability stands at the place before it, so the last token of a continuation is never computed.
 */
export async function sumContinuations(
  reader: SequenceReader,
  { prompts, continuations }: ContinuationRequest,
): Promise<ContinuationReading[][]> {
  const tasks = prompts.flatMap((prompt, promptIndex) =>
    (continuations[promptIndex] ?? []).map((continuation) => ({
      promptIndex,
      continuation,
      sequence: continuedSequence(prompt, continuation, reader.vocabularySize),
    })),
  );
  const readings = await reader.read(tasks.map(({ sequence }) => sequence));
  const results: ContinuationReading[][] = prompts.map(() => []);
  for (const [task, { promptIndex, continuation }] of tasks.entries()) {
    const places = readings[task] ?? [];
    const logProb =
      places.length === continuation.length
        ? places.reduce((sum, { logProbs }) => sum + (logProbs[0] ?? Number.NaN), 0)
        : Number.NaN;
    results[promptIndex]?.push({ logProb, tokens: continuation.length });
  }
  return results;
}

/** Prompt and continuation as one sequence, each token of the continuation read at the place before it. */
function continuedSequence(
  prompt: readonly number[],
  continuation: readonly number[],
  vocabularySize: number,
): SequenceToRead {
  if (prompt.length === 0 || continuation.length === 0) {
    throw new InputError(
      'Reading continuations: a prompt or a continuation holds no token. Expected at least one.',
    );
  }
  const outside = continuation.find((tokenId) => tokenId < 0 || tokenId >= vocabularySize);
  if (outside !== undefined) {
    throw new InputError(
      `Reading continuations: token ${outside} is outside the vocabulary of ${vocabularySize} tokens. Expected ids of ` +
        "the model's own tokenizer.",
    );
  }
  return {
    tokenIds: [...prompt, ...continuation.slice(0, -1)],
    reads: continuation.map((tokenId, index) => ({ place: prompt.length - 1 + index, tokenIds: [tokenId] })),
  };
}
