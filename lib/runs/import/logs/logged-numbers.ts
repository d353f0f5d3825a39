import { InputError } from '../../../files/input-error.js';
import type { OptionReading } from '../../../types.js';

/** The probability on all options may exceed 1 by rounding only. */
const LARGEST_MASS = 1.001;

/** The reading of option letters. @throws InputError where their probabilities sum to more than 1 */
export function lettersReading(optionLogProbs: readonly number[], place: string): OptionReading {
  const mass = optionLogProbs.reduce((sum, value) => sum + Math.exp(value), 0);
  if (mass > LARGEST_MASS) {
    throw new InputError(
      `Importing ${place}: the probabilities of its options sum to ${mass}. Expected at most 1: raw log-probabilities of the next token, ` +
        'not scores of another kind.',
    );
  }
  return { kind: 'read', optionLogProbs, optionLogMass: Math.min(0, Math.log(mass)), topTokens: [] };
}

/** A logged number under its name in a reason, such as `option " A"`. */
export interface NamedLogProb {
  readonly name: string;
  readonly logProb: number;
}

/** Why numbers cannot be a reading, in the words of a model that is asked here; null where they can. */
export function whyImpossible(numbers: readonly NamedLogProb[]): string | null {
  const impossible = numbers.find(({ logProb }) => logProb === Number.NEGATIVE_INFINITY);
  return impossible === undefined ? null : `the model gives ${impossible.name} no probability at all`;
}

/** A logged number as a log-probability, -Infinity among them. @throws InputError for anything else */
export function logProbability(value: unknown, place: string): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : Number.NaN;
  if (Number.isNaN(number) || number > 0) {
    throw new InputError(
      `Importing ${place}: found ${JSON.stringify(value)}. Expected a log-probability: a number, 0 or less, or -inf. The model or the log is ` +
        'broken there; ask again.',
    );
  }
  return number;
}

/** Python writes -inf where JavaScript has -Infinity. */
function numberIn(text: string): number {
  const written = text.trim();
  if (/^-inf(inity)?$/i.test(written)) {
    return Number.NEGATIVE_INFINITY;
  }
  return written === '' ? Number.NaN : Number(written);
}
