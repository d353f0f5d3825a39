import type { Estimate } from '../../../figures/estimate.js';
import { type OptionOrderRow, optionOrderFigure } from '../../../figures/option-order.js';
import type { ModelRobustness } from '../../../runs/robustness/model-robustness.js';
import type { Summary } from '../../../runs/summary/summary-record.js';
import { formatSigned } from '../../tables/text-table.js';
import type { ReportFigure } from '../embed-figure.js';
import { extremes } from './extremes.js';
import { modelName } from './models.js';

/** What the order of the options does to each model that was asked in both; none where no model was. */
export function orderFigures(summary: Summary): ReportFigure[] {
  const rows = summary.robustness
    .filter(({ firstOption }) => firstOption.excess !== null)
    .map((robustness) => orderRow(summary, robustness));
  const found = extremes(rows.map(({ name, firstMinusLast }) => ({ name, value: firstMinusLast })));
  if (found === null) {
    return [];
  }
  const title = 'Option order: the taste for the first place, and r by either order';
  const strongest =
    Math.abs(found.lowest.value) > Math.abs(found.highest.value) ? found.lowest : found.highest;
  return [
    {
      label: title,
      figure: optionOrderFigure({ title, rows }),
      reading:
        'A bar to the right is a taste for the option listed first, to the left for the last: furthest from 0 is ' +
        `${strongest.name} (${formatSigned(strongest.value, 2)}). Where the marks of r lie apart, one order alone would mislead; only r ` +
        'by both orders joined has an interval here.',
    },
  ];
}

function orderRow(summary: Summary, robustness: ModelRobustness): OptionOrderRow {
  const { model, chosen, firstOption, oneChoiceChanged } = robustness;
  const row = summary.rows.find(
    ({ kind, name, template, format, reading }) =>
      kind === 'model' &&
      name === model &&
      template === chosen.template &&
      format === chosen.format &&
      reading === chosen.readingKind,
  );
  const alone = (order: 'given' | 'reversed'): Estimate => {
    const found = oneChoiceChanged.find(({ choice, value }) => choice === 'orders' && value === order);
    return { ...WITHOUT_INTERVAL, mean: found?.figures.r ?? null, n: row?.agreement.overall.n ?? 0 };
  };
  return {
    name: modelName(summary, model),
    firstMinusLast: firstOption.excess,
    readings: firstOption.readings,
    r: {
      given: alone('given'),
      reversed: alone('reversed'),
      joined: row?.agreement.overall ?? { ...WITHOUT_INTERVAL, mean: null, n: 0 },
    },
  };
}

const WITHOUT_INTERVAL: Pick<Estimate, 'interval'> = { interval: { low: null, high: null } };
