import type {
  MeanAgreement,
  MeanInterval,
  MeanOfCells,
  MeanOfCountries,
  PartAgreement,
  UnitCorrelation,
} from '../analysis/agreement-record.js';
import type { Summary, SummaryRow } from './summary-record.js';

/** One number of a study with everything that is needed to read it alone: a line of `estimates.csv`. */
export interface EstimateRow {
  readonly study: string;
  readonly kind: SummaryRow['kind'];
  readonly model: string;
  readonly template: string | null;
  readonly format: string | null;
  /** What is estimated: "r", "deviation r", "r of category", "r of country" ... */
  readonly figure: string;
  /** Id of the country, category, continent ... that it is about; "all" otherwise. */
  readonly part: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number | null;
  readonly uncertainty: MeanInterval['uncertainty'];
  /** What the interval takes as independent, and how many of them. */
  readonly unit: MeanInterval['unit'] | null;
  readonly units: number | null;
  readonly items: number;
  readonly countries: number;
  /** Cells of the figure without a score of the model. */
  readonly unscored: number;
  readonly without_human_answer: number;
  /** Why a number is missing. */
  readonly reason: string | null;
  readonly orders: string;
  readonly join: string;
  readonly weights: string;
  /** Of what is drawn at random; only references draw. */
  readonly seed: number | null;
}

type Estimate = Pick<EstimateRow, 'figure' | 'part' | 'estimate'> & Partial<EstimateRow>;

/** The numbers of a summary, one to a line, so that R, pandas and a spreadsheet can take them up. */
export function estimatesOf({ study, settings, rows }: Summary): EstimateRow[] {
  return rows.flatMap((row) =>
    figuresOf(row).map(
      (estimate): EstimateRow => ({
        ...{ study: study.id, kind: row.kind, model: row.name, template: row.template, format: row.format },
        ...{ low: null, high: null, level: null, uncertainty: null, unit: null, units: null },
        items: row.agreement.items.used,
        countries: row.agreement.countries,
        unscored: row.agreement.cells.unscored,
        without_human_answer: row.agreement.cells.withoutHumanAnswer,
        reason: null,
        ...{ orders: settings.orders.join('+'), join: settings.join, weights: settings.weights },
        seed: row.seed,
        ...estimate,
      }),
    ),
  );
}

function figuresOf({ agreement }: SummaryRow): Estimate[] {
  const { level, westernLean, withinItems } = agreement;
  const parts = [
    { figure: 'r of continent', of: agreement.byContinent },
    { figure: 'r of cultural zone', of: agreement.byCulturalZone },
    { figure: 'r of category', of: agreement.byCategory },
    { figure: 'r of group', of: agreement.byGroup },
  ];
  return [
    meanFigure('r', agreement.overall),
    meanFigure('deviation r', agreement.deviation),
    {
      ...meanFigure('r within items', withinItems),
      ...{ estimate: withinItems.plainMean, items: withinItems.n, countries: agreement.countries },
    },
    {
      ...{ figure: 'West minus others', part: 'all', estimate: westernLean.lean },
      ...{ ...intervalOf(westernLean.interval), reason: westernLean.reason ?? westernLean.interval.reason },
    },
    ...parts.flatMap(({ figure, of }) => of.map((part) => partFigure(figure, part))),
    ...agreement.byCountry.map((unit) => unitFigure('r of country', unit, { items: unit.n, countries: 1 })),
    ...agreement.deviationByCountry.map((unit) =>
      unitFigure('deviation r of country', unit, { items: unit.n, countries: 1 }),
    ),
    ...agreement.byItem.map((unit) => unitFigure('r within item', unit, { items: 1, countries: unit.n })),
    countryFigure('Spearman', level.spearman),
    countryFigure('concordance', level.concordance),
    countryFigure('slope', level.slope),
    countryFigure('offset', level.offset),
    countryFigure('mean absolute error', level.meanAbsoluteError),
    cellFigure('option mass', agreement.optionMass),
    cellFigure('order gap', agreement.orderGap),
  ];
}

function meanFigure(figure: string, { mean, n, interval, reason, cells }: MeanAgreement): Estimate {
  return {
    ...{ figure, part: 'all', estimate: mean, ...intervalOf(interval), reason: reason ?? interval.reason },
    ...{ countries: n, unscored: cells.unscored, without_human_answer: cells.withoutHumanAnswer },
  };
}

function partFigure(figure: string, part: PartAgreement): Estimate {
  return { ...meanFigure(figure, part), part: part.id, items: part.items };
}

function unitFigure(
  figure: string,
  { id, r, reason, cells }: UnitCorrelation,
  size: { readonly items: number; readonly countries: number },
): Estimate {
  return {
    ...{ figure, part: id, estimate: r, reason, ...size },
    ...{ unscored: cells.unscored, without_human_answer: cells.withoutHumanAnswer },
  };
}

function countryFigure(figure: string, { mean, n, reason }: MeanOfCountries): Estimate {
  return { figure, part: 'all', estimate: mean, countries: n, reason };
}

/** A mean over all cells that the model scored, whether people answered or not. */
function cellFigure(figure: string, { mean, missing, reason }: MeanOfCells): Estimate {
  return { figure, part: 'all', estimate: mean, unscored: missing, without_human_answer: 0, reason };
}

function intervalOf({ low, high, level, uncertainty, unit, units }: MeanInterval): Partial<EstimateRow> {
  return { low, high, level: low === null ? null : level, uncertainty, unit, units };
}
