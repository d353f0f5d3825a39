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

/** A logged number as a log-probability. @throws InputError for anything else */
export function logProbability(value: unknown, place: string): number {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  if (!Number.isFinite(number) || number > 0) {
    throw new InputError(
      `Importing ${place}: found ${JSON.stringify(value)}. Expected a log-probability: a finite number, 0 or less. The model or the log is broken ` +
        'there; ask again.',
    );
  }
  return number;
}
