import { ITEM_MEANS } from '../../../analysis/references/item-means-reference.js';
import { nameOfModel } from '../../../runs/summary/row-name.js';
import type { Summary, SummaryRow } from '../../../runs/summary/summary-record.js';

/** The rows of a summary that are models, in the order of the study. */
export function modelRows({ rows }: Pick<Summary, 'rows'>): SummaryRow[] {
  return rows.filter(({ kind }) => kind === 'model');
}

/** The row of what knows no culture. */
export function itemMeansRow({ rows }: Pick<Summary, 'rows'>): SummaryRow | null {
  return rows.find(({ kind, name }) => kind === 'reference' && name === ITEM_MEANS) ?? null;
}

/** The models, and item means below them. */
export function comparedRows(summary: Pick<Summary, 'rows'>): SummaryRow[] {
  const means = itemMeansRow(summary);
  return [...modelRows(summary), ...(means === null ? [] : [means])];
}

/** What a model is called where one thing is said of all its ways of being asked. */
export function modelName({ rows }: Pick<Summary, 'rows'>, model: string): string {
  const row = rows.find(({ kind, name }) => kind === 'model' && name === model);
  return row === undefined ? model : nameOfModel(row);
}
