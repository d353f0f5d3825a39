import type { PointFigures } from '../point-figures.js';
import type { Specification, SpecificationResult } from './specification.js';

/** The figures after one choice was changed and all others kept. */
export interface ChangedChoice {
  /** The choice that was changed; null for the chosen specification itself. */
  readonly choice: keyof Specification | null;
  /** What was taken instead. */
  readonly value: string;
  readonly figures: PointFigures;
  /** r of item means on the same cells. */
  readonly itemMeansR: number | null;
}

/** The chosen specification, then every one that differs from it in a single choice, in the order of the results. */
export function oneChoiceChanged(
  results: readonly SpecificationResult[],
  chosen: Specification,
): ChangedChoice[] {
  const names = Object.keys(chosen) as (keyof Specification)[];
  const changed = results.flatMap(({ specification, figures, itemMeans }): ChangedChoice[] => {
    const differing = names.filter((name) => specification[name] !== chosen[name]);
    const [choice = null] = differing;
    return differing.length > 1
      ? []
      : [
          {
            choice,
            value: choice === null ? 'as chosen' : specification[choice],
            figures,
            itemMeansR: itemMeans.r,
          },
        ];
  });
  return changed.sort((one, other) => place(one.choice, names) - place(other.choice, names));
}

function place(choice: keyof Specification | null, names: readonly (keyof Specification)[]): number {
  return choice === null ? -1 : names.indexOf(choice);
}
