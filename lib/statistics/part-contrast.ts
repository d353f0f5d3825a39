import { mean } from './spread.js';

/**
 * Mean of the marked values minus mean of the others.
 *
 * @param values null marks an undefined one; it is left out
 * @returns null where either side has no defined value
 */
export function partContrast(values: readonly (number | null)[], marks: readonly boolean[]): number | null {
  const side = (wanted: boolean): number | null =>
    mean(values.flatMap((value, place) => (value !== null && marks[place] === wanted ? [value] : [])));
  const marked = side(true);
  const others = side(false);
  return marked === null || others === null ? null : marked - others;
}
