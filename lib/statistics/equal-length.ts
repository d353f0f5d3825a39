import { InputError } from '../files/input-error.js';

/** @param name what needs the samples, for the message. @throws InputError for samples of different length */
export function requireEqualLength(name: string, a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new InputError(`${name} needs samples of equal length, got ${a.length} and ${b.length}.`);
  }
}
