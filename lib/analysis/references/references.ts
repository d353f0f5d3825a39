import { createRandom } from '../../statistics/random.js';
import type { Category, CellScore } from '../../types.js';
import { agreement } from '../agreement.js';
import type { Agreement } from '../agreement-record.js';
import { completionCells } from './completion-reference.js';
import { itemMeansReference } from './item-means-reference.js';
import { nearestCountryCells, westernProfileCells } from './people-references.js';
import type { ReferenceInput } from './reference-cells.js';
import { firstOptionCells, randomResponderCells } from './responders.js';

/** The agreement of something that is no model, and what it stands for. */
export interface Reference {
  readonly agreement: Agreement;
  /** In one sentence, "it ...". */
  readonly meaning: string;
  /** Of what it draws at random; null where it draws nothing. */
  readonly seed: number | null;
}

/** Seed of what is drawn in references, so that the same people give the same table. */
export const REFERENCE_SEED = 1;

/**
 * What a model's agreement is read beside, from no knowledge at all to as much as people's own answers allow.
 *
 * A uniform responder is not among them: its mean scores are all alike, so that r is undefined.
 */
export function references(
  input: ReferenceInput & { readonly categories: readonly Category[] },
): Reference[] {
  const random = createRandom(REFERENCE_SEED);
  const of = (
    model: string,
    cells: readonly CellScore[],
    meaning: string,
    seed: number | null = null,
  ): Reference => ({ agreement: agreement({ ...input, model, cells }), meaning, seed });
  return [
    of(
      'random responder',
      randomResponderCells(input, random),
      'draws its answers at random',
      REFERENCE_SEED,
    ),
    of('always first option', firstOptionCells(input), 'takes the option listed first, asked in one order'),
    {
      agreement: itemMeansReference(input),
      meaning: 'knows no culture and gives every country the mean of the other countries',
      seed: null,
    },
    of(
      'Western profile',
      westernProfileCells(input),
      'gives every country the mean of the Western countries, those themselves included',
    ),
    of(
      'nearest country',
      nearestCountryCells(input),
      'gives each country the answers of the country most like it, found on these same answers',
    ),
    of(
      'low-rank completion',
      completionCells(input, random),
      "predicts each answer from people's other answers (rank 5, a fifth held out in turn): how predictable people are",
      REFERENCE_SEED,
    ),
  ];
}
