import { InputError } from '../../files/input-error.js';

/**
 * Holm's step-down adjustment: the chance of any false rejection stays below the level at which adjusted p are read,
 * whatever the dependence between the tests (Holm 1979, Scandinavian Journal of Statistics 6, 65-70).
 *
 * @param pValues null marks a test without p; it stays null and does not count
 * @returns adjusted p in the order given, at most 1
 * @throws InputError outside [0, 1]
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const ranked = rankedP(pValues);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  for (const [rank, { p, place }] of ranked.entries()) {
    largest = Math.max(largest, Math.min(1, (ranked.length - rank) * p));
    adjusted[place] = largest;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up adjustment: of the tests whose adjusted p lies below a level, the expected share of false
 * rejections stays below it, for independent and positively dependent tests (Benjamini and Hochberg 1995, Journal of the
 * Royal Statistical Society B 57, 289-300).
 *
 * @param pValues null marks a test without p; it stays null and does not count
 * @returns adjusted p in the order given, at most 1
 * @throws InputError outside [0, 1]
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const ranked = rankedP(pValues);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let smallest = 1;
  for (const [rank, { p, place }] of [...ranked.entries()].toReversed()) {
    smallest = Math.min(smallest, (ranked.length * p) / (rank + 1));
    adjusted[place] = smallest;
  }
  return adjusted;
}

/** The p that there are, smallest first, each with its place. */
function rankedP(pValues: readonly (number | null)[]): { readonly p: number; readonly place: number }[] {
  return pValues
    .flatMap((p, place) => (p === null ? [] : [{ p: checked(p, place), place }]))
    .sort((a, b) => a.p - b.p);
}

function checked(p: number, place: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new InputError(
      `Adjusting p-values: expected numbers from 0 to 1 or null, found ${p} at place ${place}.`,
    );
  }
  return p;
}
