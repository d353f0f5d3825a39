import { figuresHtml, type ReportFigure } from '../embed-figure.js';
import { boxFigures } from '../figures/boxes.js';
import { byCategoryFigures } from '../figures/by-category.js';
import { byContinentFigures } from '../figures/by-continent.js';
import { leanFigures } from '../figures/lean.js';
import { orderFigures } from '../figures/orders.js';
import { specificationFigures } from '../figures/specifications.js';
import { tileFigures } from '../figures/tiles.js';
import { paragraph } from '../html-text.js';
import type { ReportInput, ReportSection } from '../report-input.js';

interface FigurePart {
  readonly id: string;
  readonly title: string;
  readonly figures: readonly ReportFigure[];
  /** Whether there is one for each model, of which many are folded away. */
  readonly mayFold: boolean;
  /** Why there is none. */
  readonly whyNone: string;
}

/** All figures, each with how to read it. */
export function figureSection(input: ReportInput): ReportSection {
  return {
    id: 'figures',
    title: 'Figures',
    html: paragraph(
      'The numbers behind them are in summary.json, estimates.csv and specifications.csv beside this page. A pointer on a mark shows its ' +
        'value; a drag enlarges, a double click goes back.',
    ),
    parts: partsOf(input).map(({ id, title, figures, mayFold, whyNone }) => ({
      ...{ id, title },
      html:
        figures.length === 0 ? paragraph(`No figure: ${whyNone}.`) : figuresHtml(id, figures, { mayFold }),
    })),
  };
}

function partsOf(input: ReportInput): FigurePart[] {
  const { summary } = input;
  return [
    {
      ...{ id: 'by-continent', title: 'r by continent', mayFold: false },
      figures: byContinentFigures(summary),
      whyNone: 'the study has no model',
    },
    {
      ...{ id: 'by-category', title: 'r by category', mayFold: false },
      figures: byCategoryFigures(input),
      whyNone: 'no category has items enough for an r',
    },
    {
      ...{ id: 'lean', title: 'Western countries and others', mayFold: false },
      figures: leanFigures(summary),
      whyNone: 'it takes Western countries and others, and an r in both',
    },
    {
      ...{ id: 'scores', title: 'Mean scores by category', mayFold: true },
      figures: boxFigures(summary),
      whyNone: 'no model has a mean score for a country that people answered in',
    },
    {
      ...{ id: 'countries', title: 'Deviation r by country', mayFold: true },
      figures: tileFigures(input),
      whyNone: 'deviation r is undefined in every country',
    },
    {
      ...{ id: 'option-order', title: 'Option order', mayFold: false },
      figures: orderFigures(summary),
      whyNone: 'it takes answers to both option orders',
    },
    {
      ...{ id: 'choices', title: 'All combinations of choices', mayFold: true },
      figures: specificationFigures(input),
      whyNone: 'deviation r is undefined under every combination of choices',
    },
  ];
}
