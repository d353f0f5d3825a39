import { InputError } from '../files/input-error.js';
import type { HumanAnswers } from '../survey/human-answers.js';
import type { CellScore, Country, Item } from '../types.js';
import type { LeftOutItem, ModelCells } from './agreement-record.js';

/** What an agreement is computed from. */
export interface AgreementInput {
  /** Name of the model, for the record. */
  readonly model: string;
  readonly cells: readonly CellScore[];
  readonly human: HumanAnswers;
  readonly items: readonly Item[];
  readonly countries: readonly Country[];
}

/** Mean scores of people and model for one item and country. */
export interface GridCell {
  /** Null where the survey has no mean score. */
  readonly human: number | null;
  /** Null where the model has no score. */
  readonly model: number | null;
}

/** Human and model mean scores side by side: `rows[c][i]` is country c, item i. */
export interface ScoreGrid {
  readonly countries: readonly Country[];
  readonly items: readonly Item[];
  readonly rows: readonly (readonly GridCell[])[];
  readonly leftOut: readonly LeftOutItem[];
  readonly modelCells: ModelCells;
  /** The scored cells of the grid. */
  readonly scored: readonly CellScore[];
}

/**
 * Lines the model's cells up with people's answers. Items that cannot be asked or carry no mean are left out, by name.
 *
 * @throws InputError for a cell given twice and for a score that is not in [-1, 1]
 */
export function scoreGrid(input: AgreementInput): ScoreGrid {
  const { human, countries } = input;
  const items = input.items.filter((item) => item.canAsk && item.canMean);
  const cells = indexCells(input.cells);
  const reasons = new Map<string, number>();
  const scored: CellScore[] = [];
  const rows = countries.map((country) =>
    items.map((item) => {
      const people = human.meanScore(country.iso3, item.variable);
      const answer = modelAnswer(cells.get(cellKey(item.variable, country.iso3)));
      if (answer.kind === 'unscored') {
        reasons.set(answer.reason, (reasons.get(answer.reason) ?? 0) + 1);
        return { human: people, model: null };
      }
      scored.push(answer.cell);
      return { human: people, model: answer.meanScore };
    }),
  );
  const expected = countries.length * items.length;
  const unscored = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const met = new Set(countries.flatMap(({ iso3 }) => items.map(({ variable }) => cellKey(variable, iso3))));
  return {
    countries,
    items,
    rows,
    leftOut: input.items.flatMap((item) => leftOutItem(item)),
    modelCells: {
      expected,
      scored: expected - unscored,
      unscored,
      unscoredByReason: [...reasons]
        .map(([reason, count]) => ({ reason, cells: count }))
        .sort((a, b) => b.cells - a.cells || a.reason.localeCompare(b.reason, 'en')),
      outside: [...cells.keys()].filter((key) => !met.has(key)).length,
    },
    scored,
  };
}

function indexCells(cells: readonly CellScore[]): Map<string, CellScore> {
  const index = new Map<string, CellScore>();
  for (const cell of cells) {
    const key = cellKey(cell.variable, cell.country);
    if (index.has(key)) {
      throw new InputError(
        `Computing agreement: the cell ${cell.variable} ${cell.country ?? '(no country)'} is given twice. ` +
          'Expected one score for each item and country: choose one model, template and format.',
      );
    }
    index.set(key, cell);
  }
  return index;
}

type ModelAnswer =
  | { readonly kind: 'scored'; readonly cell: CellScore; readonly meanScore: number }
  | { readonly kind: 'unscored'; readonly reason: string };

function modelAnswer(cell: CellScore | undefined): ModelAnswer {
  if (cell === undefined) {
    return { kind: 'unscored', reason: 'no reading' };
  }
  if (cell.status === 'unscored') {
    return { kind: 'unscored', reason: cell.reason ?? 'unscored without a reason' };
  }
  const { meanScore } = cell;
  if (meanScore === null) {
    return { kind: 'unscored', reason: 'scored without a mean score' };
  }
  // Sums of rounded probabilities may leave the range by rounding.
  if (!(Math.abs(meanScore) <= 1 + 1e-9)) {
    throw new InputError(
      `Computing agreement: the cell ${cell.variable} ${cell.country} has the mean score ${meanScore}. ` +
        'Expected a number from -1 to 1; a cell without one is marked unscored, with the reason.',
    );
  }
  return { kind: 'scored', cell, meanScore };
}

function leftOutItem(item: Item): LeftOutItem[] {
  if (!item.canAsk) {
    return [{ variable: item.variable, reason: item.whyNotAsked ?? 'cannot be asked' }];
  }
  return item.canMean ? [] : [{ variable: item.variable, reason: item.whyNoMean ?? 'carries no mean' }];
}

function cellKey(variable: string, country: string | null): string {
  return `${variable} ${country ?? ''}`;
}
