import { lowRankCompletion } from '../../statistics/completion/low-rank-completion.js';
import { cellAt, type MaskedMatrix, maskedMatrix } from '../../statistics/masked-matrix.js';
import { createRandom } from '../../statistics/random.js';
import { itemMeansOfOtherCountries } from '../item-means.js';
import { NO_CULTURE } from '../references/item-means-reference.js';
import { type CellFigures, cellFigures } from './cell-figures.js';
import { type CellParts, type CellsName, restrictedTo, STRATA } from './cells.js';
import { type Side, sideOf } from './side.js';

const RANK = 3;
const SEED = 1;

/** What can be predicted from the cells in the text alone, without any language model. */
export interface PredictabilityReference {
  readonly name: 'item means' | 'low-rank completion';
  /** In one sentence, "it ...". */
  readonly meaning: string;
  readonly predicted: MaskedMatrix;
  /** The figures against people on a part of the cells. */
  readonly on: (cells: CellsName) => CellFigures | null;
}

/** The same as plain data. */
export interface ReferenceFigures {
  readonly name: PredictabilityReference['name'];
  readonly meaning: string;
  readonly byStratum: Readonly<Record<string, CellFigures | null>>;
}

/**
 * Item means and rank-3 completion, both fitted on people's answers in the seen cells and nothing else, for every cell.
 * In the seen cells the completion is a fit and no prediction; item means leave the country itself out there.
 *
 * Item means know no culture, so that what they show of it (deviation r, its lean, r within items) is an artefact of leaving
 * the own answer out and is undefined instead. The same holds for the completion in whole countries without a seen cell.
 */
export function predictabilityReferences(
  people: MaskedMatrix,
  parts: CellParts,
  western: readonly boolean[],
): PredictabilityReference[] {
  const seen = restrictedTo(people, parts.get('seen') ?? new Uint8Array(people.present.length));
  const side = sideOf(people);
  const figures =
    (predicted: MaskedMatrix, undefinedIn: (cells: CellsName) => boolean) =>
    (cells: CellsName): CellFigures | null => {
      const found = figuresOn({ side, predicted, part: parts.get(cells), western });
      return found !== null && undefinedIn(cells) ? withoutDifferences(found) : found;
    };
  const itemMeans = itemMeansOf(seen);
  const completion = completionOf(seen);
  return [
    {
      name: 'item means',
      meaning: 'gives every country the mean of the other countries in the text',
      predicted: itemMeans,
      on: figures(itemMeans, () => true),
    },
    {
      name: 'low-rank completion',
      meaning: `completes people's answers from those in the text by a matrix of rank ${RANK}: how predictable the others are`,
      predicted: completion,
      on: figures(completion, (cells) => cells === 'held-out countries'),
    },
  ];
}

/** The figures of a reference in each stratum. */
export function referenceFigures({ name, meaning, on }: PredictabilityReference): ReferenceFigures {
  return { name, meaning, byStratum: Object.fromEntries(STRATA.map((stratum) => [stratum, on(stratum)])) };
}

function figuresOn(input: {
  readonly side: Side;
  readonly predicted: MaskedMatrix;
  readonly part: Uint8Array | undefined;
  readonly western: readonly boolean[];
}): CellFigures | null {
  const { side, predicted, part, western } = input;
  return part === undefined ? null : cellFigures({ x: side, y: predicted, cells: part, western });
}

function withoutDifferences(figures: CellFigures): CellFigures {
  return {
    ...figures,
    ...{ deviationR: null, withinItems: null, deviationLean: null },
    reason: figures.reason ?? NO_CULTURE,
  };
}

function itemMeansOf(seen: MaskedMatrix): MaskedMatrix {
  const rows = Array.from({ length: seen.rows }, (_, c) =>
    Array.from({ length: seen.columns }, (_none, i) => ({ human: cellAt(seen, c, i) })),
  );
  return maskedMatrix(itemMeansOfOtherCountries(rows));
}

function completionOf(seen: MaskedMatrix): MaskedMatrix {
  const { completed } = lowRankCompletion({ matrix: seen, rank: RANK, random: createRandom(SEED) });
  return { ...completed, values: completed.values.map((value) => Math.min(1, Math.max(-1, value))) };
}
