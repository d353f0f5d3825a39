import { nameOfRow } from '../../runs/summary/row-name.js';
import type { SummaryRow } from '../../runs/summary/summary-record.js';
import { formatNumber, formatSigned, type TableContent, type TextColumn, textTable } from './text-table.js';

/** What the findings rest on: items, cells, how far the model answered at all. */
export function evidenceTable(rows: readonly SummaryRow[]): string {
  const { columns, rows: lines } = evidenceContent(rows);
  return textTable(columns, lines);
}

/** The content of {@link evidenceTable}. */
export function evidenceContent(rows: readonly SummaryRow[]): TableContent {
  return {
    columns: columnsOf(['items', 'cells', 'unscored', 'option mass', 'order gap', 'beyond chance']),
    rows: rows.map((row) => [
      nameOfRow(row),
      String(row.agreement.items.used),
      String(row.agreement.cells.used),
      String(row.agreement.modelCells.unscored),
      formatNumber(row.agreement.optionMass.mean, 3),
      formatNumber(row.agreement.orderGap.mean, 3),
      formatSigned(beyondChance(row.ownCountry), 3),
    ]),
  };
}

/** What r does not see: order alone, and how far apart the scores of model and people lie. */
export function levelTable(rows: readonly SummaryRow[]): string {
  const { columns, rows: lines } = levelContent(rows);
  return textTable(columns, lines);
}

/** The content of {@link levelTable}. */
export function levelContent(rows: readonly SummaryRow[]): TableContent {
  return {
    columns: columnsOf(['Spearman', 'concordance', 'slope', 'offset', 'mean error']),
    rows: rows.map((row) => [
      nameOfRow(row),
      formatNumber(row.agreement.level.spearman.mean, 3),
      formatNumber(row.agreement.level.concordance.mean, 3),
      formatNumber(row.agreement.level.slope.mean, 2),
      formatNumber(row.agreement.level.offset.mean, 2),
      formatNumber(row.agreement.level.meanAbsoluteError.mean, 3),
    ]),
  };
}

function columnsOf(titles: readonly string[]): TextColumn[] {
  return [
    { title: 'model', align: 'left' },
    ...titles.map((title): TextColumn => ({ title, align: 'right' })),
  ];
}

/** By how much r with the own people exceeds that of countries matched at random. */
function beyondChance(ownCountry: SummaryRow['ownCountry']): number | null {
  const { observed = null, permuted = null } = ownCountry?.permutation ?? {};
  return observed === null || permuted === null ? null : observed - permuted.mean;
}
