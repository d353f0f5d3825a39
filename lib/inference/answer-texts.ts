import type { AnswerTextReading, EncodedAnswers } from '../types.js';
import { sumContinuations } from './continuation.js';
import type { SequenceReader } from './sequence-reader.js';

/**
 * Reads the answer texts of prompts, in one run where memory allows.
 *
 * Unlike texts of a caller's own, one prompt that cannot be read leaves the others readable: it is told with its reason.
 *
 * @returns one reading for each prompt, in their order
 */
export async function answerTextLogProbs(
  reader: SequenceReader,
  prompts: readonly EncodedAnswers[],
): Promise<AnswerTextReading[]> {
  const problems = prompts.map((prompt) => unreadableAnswer(prompt, reader.vocabularySize));
  const readable = prompts.filter((_, index) => problems[index] === null);
  const sums = await sumContinuations(reader, {
    prompts: readable.map(({ tokenIds }) => tokenIds),
    continuations: readable.map(({ answerTokenIds }) => answerTokenIds),
  });
  const results = sums.values();
  return prompts.map((prompt, index): AnswerTextReading => {
    const reason = problems[index] ?? null;
    if (reason !== null) {
      return { kind: 'unreadable', reason };
    }
    const own = results.next().value ?? [];
    return readSums(
      own.map(({ logProb }) => logProb),
      prompt,
      reader.whyNaN,
    );
  });
}

/** Why the answer texts cannot be read from this model; null when they can. */
function unreadableAnswer({ prompt, answerTokenIds }: EncodedAnswers, vocabularySize: number): string | null {
  for (const [place, tokenIds] of answerTokenIds.entries()) {
    const outside = tokenIds.find((tokenId) => tokenId < 0 || tokenId >= vocabularySize);
    if (outside !== undefined) {
      return `token ${outside} of answer text ${labelOf(prompt, place)} is outside the vocabulary`;
    }
  }
  return null;
}

function readSums(
  optionLogProbs: readonly number[],
  { prompt }: EncodedAnswers,
  whyNaN: string,
): AnswerTextReading {
  if (optionLogProbs.some(Number.isNaN)) {
    return { kind: 'unreadable', reason: whyNaN };
  }
  const impossible = optionLogProbs.findIndex((logProb) => !Number.isFinite(logProb));
  return impossible >= 0
    ? {
        kind: 'unreadable',
        reason: `the model gives answer text ${labelOf(prompt, impossible)} no probability at all`,
      }
    : { kind: 'read', optionLogProbs };
}

function labelOf({ options }: EncodedAnswers['prompt'], place: number): string {
  return JSON.stringify(options[place]?.label);
}
