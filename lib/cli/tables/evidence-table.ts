import { nameOfRow } from '../../runs/summary/row-name.js';
import type { SummaryRow } from '../../runs/summary/summary-record.js';
import { formatNumber, formatSigned, type TextColumn, textTable } from './text-table.js';

/** What the findings rest on, and what r does not see. */
export function evidenceTable(rows: readonly SummaryRow[]): string {
  const columns: TextColumn[] = [
    { title: 'model', align: 'left' },
    { title: 'items', align: 'right' },
    { title: 'cells', align: 'right' },
    { title: 'unscored', align: 'right' },
    { title: 'option mass', align: 'right' },
    { title: 'order gap', align: 'right' },
    { title: 'Spearman', align: 'right' },
    { title: 'concordance', align: 'right' },
    { title: 'slope', align: 'right' },
    { title: 'offset', align: 'right' },
    { title: 'mean error', align: 'right' },
    { title: 'beyond chance', align: 'right' },
  ];
  return textTable(
    columns,
    rows.map(({ agreement, ownCountry, ...row }) => [
      nameOfRow(row),
      String(agreement.items.used),
      String(agreement.cells.used),
      String(agreement.modelCells.unscored),
      formatNumber(agreement.optionMass.mean, 3),
      formatNumber(agreement.orderGap.mean, 3),
      formatNumber(agreement.level.spearman.mean, 3),
      formatNumber(agreement.level.concordance.mean, 3),
      formatNumber(agreement.level.slope.mean, 2),
      formatNumber(agreement.level.offset.mean, 2),
      formatNumber(agreement.level.meanAbsoluteError.mean, 3),
      formatSigned(beyondChance(ownCountry), 3),
    ]),
  );
}

/** By how much r with the own people exceeds that of countries matched at random. */
function beyondChance(ownCountry: SummaryRow['ownCountry']): number | null {
  const { observed = null, permuted = null } = ownCountry?.permutation ?? {};
  return observed === null || permuted === null ? null : observed - permuted.mean;
}
