import type { CellScore } from '../../types.js';
import type { PairedModel } from '../paired-comparison.js';
import { type AgreementInput, type ScoreGrid, scoreGrid } from '../score-grid.js';
import type { DroppedCells } from './training-record.js';

/** People, items and countries that models are compared on. */
export type Questions = Omit<AgreementInput, 'model' | 'cells'>;

/** Several models on the cells that people and all of them answered. */
export interface CommonCells {
  /** In the order of the models given; cells outside the common ones are unscored. */
  readonly models: readonly PairedModel[];
  readonly grids: readonly ScoreGrid[];
  readonly common: number;
  /** Items and countries with at least one common cell. */
  readonly items: number;
  readonly countries: number;
  readonly withoutHumanAnswer: number;
  readonly dropped: readonly DroppedCells[];
}

/** Leaves every model with the cells that all have, and counts what each loses. @throws InputError as `scoreGrid` does */
export function commonCellsOf(models: readonly PairedModel[], questions: Questions): CommonCells {
  const gridOf = ({ name, cells }: PairedModel): ScoreGrid => scoreGrid({ ...questions, model: name, cells });
  const whole = models.map(gridOf);
  const [first] = whole;
  const common = new Set<string>();
  const having = { items: new Set<number>(), countries: new Set<number>() };
  let withoutHumanAnswer = 0;
  const asked: { readonly key: string; readonly place: readonly [number, number] }[] = [];
  for (const [c, country] of (first?.countries ?? []).entries()) {
    for (const [i, item] of (first?.items ?? []).entries()) {
      if (first?.rows[c]?.[i]?.human == null) {
        withoutHumanAnswer += 1;
        continue;
      }
      const key = keyOf({ variable: item.variable, country: country.iso3 });
      asked.push({ key, place: [c, i] });
      if (whole.every(({ rows }) => rows[c]?.[i]?.model != null)) {
        common.add(key);
        having.items.add(i);
        having.countries.add(c);
      }
    }
  }
  const kept = models.map(({ name, cells }) => ({ name, cells: cells.map((cell) => keepIf(cell, common)) }));
  return {
    models: kept,
    grids: kept.map(gridOf),
    ...{ common: common.size, items: having.items.size, countries: having.countries.size },
    withoutHumanAnswer,
    dropped: models.map(({ name }, m) => {
      const has = asked.filter(({ place: [c, i] }) => whole[m]?.rows[c]?.[i]?.model != null).length;
      return { model: name, unscored: asked.length - has, forOthers: has - common.size };
    }),
  };
}

function keepIf(cell: CellScore, common: ReadonlySet<string>): CellScore {
  return common.has(keyOf(cell)) || cell.status === 'unscored'
    ? cell
    : {
        ...cell,
        ...{ status: 'unscored', reason: 'another model of the analysis has no score, or people have none' },
        ...{ probabilities: [], meanScore: null, optionMass: null, orderGap: null },
      };
}

function keyOf({
  variable,
  country,
}: {
  readonly variable: string;
  readonly country: string | null;
}): string {
  return `${country ?? ''} ${variable}`;
}
