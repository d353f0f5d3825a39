import type {
  MeanAgreement,
  MeanInterval,
  MeanOfCells,
  MeanOfCountries,
  PartAgreement,
  UnitCorrelation,
} from '../../analysis/agreement-record.js';
import type { EstimateRow } from './estimate-row.js';
import type { Summary, SummaryRow } from './summary-record.js';
import { trainingEstimates } from './training-estimates.js';

type Estimate = Pick<EstimateRow, 'figure' | 'part' | 'estimate'> & Partial<EstimateRow>;

/** The numbers of a summary, one to a line, so that R, pandas and a spreadsheet can take them up. */
export function estimatesOf({ study, settings, rows, analyses }: Summary): EstimateRow[] {
  const shared = {
    ...NOTHING,
    study: study.id,
    ...{ orders: settings.orders.join('+'), join: settings.join, weights: settings.weights },
  };
  const ofRows = rows.flatMap((row) =>
    figuresOf(row).map(
      (estimate): EstimateRow => ({
        ...shared,
        ...{
          kind: row.kind,
          model: row.name,
          template: row.template,
          format: row.format,
          reading: row.reading,
        },
        ...{ items: row.agreement.items.used, countries: row.agreement.countries },
        unscored: row.agreement.cells.unscored,
        without_human_answer: row.agreement.cells.withoutHumanAnswer,
        seed: row.seed,
        ...estimate,
      }),
    ),
  );
  const ofAnalyses = analyses.flatMap((analysis) =>
    trainingEstimates(analysis).map(
      (estimate): EstimateRow => ({ ...shared, kind: 'contrast', ...estimate }),
    ),
  );
  return [...ofRows, ...ofAnalyses];
}

/** A line without a number, in the order of the columns. */
const NOTHING: EstimateRow = {
  ...{ study: '', kind: 'model', model: '', template: null, format: null, reading: null },
  ...{ figure: '', part: '', estimate: null, low: null, high: null, level: null },
  ...{ uncertainty: null, unit: null, units: null, zones: null, p: null },
  ...{ items: 0, countries: 0, unscored: 0, without_human_answer: 0, reason: null },
  ...{ orders: '', join: '', weights: '', seed: null },
};

function figuresOf({ agreement, ownCountry }: SummaryRow): Estimate[] {
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
    ...(ownCountry === null ? [] : ownCountryFigures(ownCountry)),
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

function ownCountryFigures({ meanPercentile, n, reason, permutation }: OwnCountry): Estimate[] {
  const { observed, permuted, p, seed } = permutation;
  const beyond = observed === null || permuted === null ? null : observed - permuted.mean;
  return [
    { figure: 'own country', part: 'all', estimate: meanPercentile, countries: n, reason },
    {
      ...{ figure: 'r with own people beyond chance', part: 'all', estimate: beyond, p },
      ...{ countries: n, seed, reason: permutation.reason },
    },
  ];
}

type OwnCountry = NonNullable<SummaryRow['ownCountry']>;

function intervalOf({ low, high, level, ...about }: MeanInterval): Partial<EstimateRow> {
  const { uncertainty, unit, units, zones } = about;
  return { low, high, level: low === null ? null : level, uncertainty, unit, units, zones };
}
