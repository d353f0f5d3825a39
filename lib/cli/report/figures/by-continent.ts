import { rByPartFigure } from '../../../figures/r-by-part.js';
import { nameOfRow } from '../../../runs/summary/row-name.js';
import type { Summary, SummaryRow } from '../../../runs/summary/summary-record.js';
import { formatNumber } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import { extremes } from './extremes.js';
import { inGroups } from './in-groups.js';
import { itemMeansRow, modelRows } from './models.js';

/** More series than this cannot be told apart in one figure. */
const MOST_SERIES = 6;

/** r of the models by continent, in as many figures as keep their series apart. */
export function byContinentFigures(summary: Summary): ReportFigure[] {
  const means = itemMeansRow(summary);
  return inGroups(modelRows(summary), MOST_SERIES).map(({ some, which }) => {
    const title = `r by continent${which}`;
    return {
      label: title,
      figure: rByPartFigure({
        title,
        series: some.map((row) => ({ name: nameOfRow(row), parts: row.agreement.byContinent })),
        ...(means === null
          ? {}
          : { baseline: { name: nameOfRow(means), parts: means.agreement.byContinent } }),
      }),
      reading: reading(some),
    };
  });
}

function reading(rows: readonly SummaryRow[]): string {
  const found = extremes(
    rows.flatMap((row) =>
      row.agreement.byContinent.map(({ id, mean }) => ({ id, name: nameOfRow(row), value: mean })),
    ),
  );
  return (
    'Further right is closer to people; grey is item means, which know no culture and still come close to people: read every model beside ' +
    `them.${found === null ? '' : ` Highest here: ${place(found.highest)}; lowest: ${place(found.lowest)}.`}`
  );
}

function place({ id, name, value }: { id: string; name: string; value: number }): string {
  return `${name} in ${id} (${formatNumber(value, 2)})`;
}
