import type { Agreement } from '../analysis/agreement-record.js';
import { nameOfRow } from '../runs/summary/row-name.js';
import { realModelRows } from '../runs/summary/saved-summaries.js';
import type { Summary } from '../runs/summary/summary-record.js';

/** What one study says of a real model, as a line of a table; null where undefined. */
export interface OwnModelRow {
  readonly study: string;
  readonly model: string;
  readonly r: number | null;
  /** r of item means in the same study, which know no culture. */
  readonly itemMeans: number | null;
  readonly deviationR: number | null;
  /** r in Western countries minus r elsewhere, and that of item means. */
  readonly lean: number | null;
  readonly leanOfItemMeans: number | null;
  /** r by group of categories, by the group's id. */
  readonly groups: Readonly<Record<string, number | null>>;
}

/** A difference between two arms of real models, with the claim that it allows. */
export interface OwnContrastRow {
  readonly study: string;
  readonly factor: string;
  readonly from: string;
  readonly to: string;
  /** About recipes, these models, or this model asked in two ways; null where nothing can be claimed. */
  readonly claim: string | null;
  readonly figure: string;
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Every real model that was run here, in every way it was asked, for {@link table}; none where there is none. */
export function ownModelRows(summaries: readonly Summary[]): OwnModelRow[] {
  return summaries.flatMap((summary) => {
    const itemMeans = summary.rows.find(({ kind, name }) => kind === 'reference' && name === 'item means');
    return realModelRows(summary).map((row) => ({
      study: summary.study.id,
      model: nameOfRow(row),
      r: row.agreement.overall.mean,
      itemMeans: itemMeans?.agreement.overall.mean ?? null,
      deviationR: row.agreement.deviation.mean,
      lean: row.agreement.westernLean.lean,
      leanOfItemMeans: itemMeans?.agreement.westernLean.lean ?? null,
      groups: groupsOf(row.agreement),
    }));
  });
}

/** The comparisons for a factor of training in which every model is real and was run here. */
export function ownContrastRows(summaries: readonly Summary[]): OwnContrastRow[] {
  return summaries.flatMap((summary) => {
    const real = new Set(realModelRows(summary).map(({ name }) => name));
    return summary.analyses
      .filter(({ byModel }) => byModel.every(({ model }) => real.has(model)))
      .flatMap(({ factor, contrasts }) =>
        contrasts.flatMap(({ first, second, claim, differences }) =>
          differences.map(({ id, difference, low, high }) => ({
            ...{ study: summary.study.id, factor, from: first, to: second, claim },
            ...{ figure: id, change: difference, low, high },
          })),
        ),
      );
  });
}

function groupsOf({ byGroup }: Agreement): Record<string, number | null> {
  return Object.fromEntries(byGroup.map(({ id, mean }) => [id, mean]));
}
