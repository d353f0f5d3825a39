import { pearson } from '../../statistics/correlation.js';
import { mean } from '../../statistics/spread.js';
import type { CellScore } from '../../types.js';
import { type HumanScores, humanScores, type ReferenceInput, referenceCells } from './reference-cells.js';

/**
 * The mean profile of the Western countries, given for every country: what a model that only knows the West would show.
 * Western countries are part of the profile that they are compared with.
 */
export function westernProfileCells(input: ReferenceInput): CellScore[] {
  const western = humanScores(input).filter((_, c) => input.countries[c]?.western === true);
  const profile = input.items.map((_, i) => mean(western.flatMap((row) => row[i]?.human ?? [])));
  return referenceCells(
    input,
    input.countries.map(() => profile),
    'no Western country has a mean score for the item',
  );
}

/**
 * Each country answered by the people of the other country whose answers are most like its own (highest r over the items
 * that both answered): how well one can do by knowing a neighbour.
 */
export function nearestCountryCells(input: ReferenceInput): CellScore[] {
  const rows = humanScores(input);
  const answers = rows.map((row, c) => {
    const nearest = nearestTo(rows, c);
    return row.map((_, i) => (nearest === null ? null : (rows[nearest]?.[i]?.human ?? null)));
  });
  return referenceCells(input, answers, 'the nearest country has no mean score for the item');
}

function nearestTo(rows: HumanScores, own: number): number | null {
  let best: { readonly place: number; readonly r: number } | null = null;
  for (const [place, row] of rows.entries()) {
    const { r } = place === own ? { r: null } : correlationOf(rows[own] ?? [], row);
    if (r !== null && (best === null || r > best.r)) {
      best = { place, r };
    }
  }
  return best?.place ?? null;
}

function correlationOf(one: HumanScores[number], other: HumanScores[number]) {
  const pairs = one.flatMap(({ human }, i) => {
    const second = other[i]?.human ?? null;
    return human === null || second === null ? [] : [{ human, second }];
  });
  return pearson(
    pairs.map((pair) => pair.human),
    pairs.map((pair) => pair.second),
  );
}
