import type { ConvertedFolder } from './check-converted.js';

const SHARED = 'prompts that begin alike share a row';

/** What culture-lens found in a converted folder, and how to go on, as lines for a terminal. */
export function convertedText(
  folder: string,
  { selfTest, vocabularySize, compared }: ConvertedFolder,
): string {
  return [
    ...(selfTest === null ? [] : [`way: ${selfTest.way} (${selfTest.whyNotPacked ?? SHARED})`]),
    `vocabulary: ${vocabularySize.toLocaleString('en')} logits, fits the tokenizer`,
    compared === null
      ? 'not compared with transformers (--no-verify)'
      : `read here: ${compared.prompts} of ${compared.prompts} prompts have the tokens of transformers; log-probabilities of likely ` +
        `tokens differ by ${compared.largestDifference.toExponential(1)} nats at most (${boundText(compared.bound)})`,
    '',
    `Go on: npx culture-lens probe ${folder}`,
  ].join('\n');
}

function boundText(bound: number | null): string {
  return bound === null
    ? 'fewer bits are another model: stated, not judged'
    : `held to ${bound.toExponential(0)}`;
}
