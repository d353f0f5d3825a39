import type { Estimand } from '../../statistics/simulation/coverage.js';
import type { WorldPlan } from '../../statistics/simulation/world.js';

/** Countries of the default set in each cultural zone, and how many of these are Western. */
const SURVEY_ZONES = [
  { countries: 1, western: 1 },
  { countries: 4, western: 4 },
  { countries: 2, western: 2 },
  { countries: 6, western: 2 },
  { countries: 12, western: 0 },
  { countries: 21, western: 0 },
  { countries: 5, western: 0 },
  { countries: 4, western: 0 },
];
const ALL_COUNTRIES = 55;
const OTHER_ZONES = 7;
const CORRELATION = 0.6;
/** Half of what people answer is common to all countries. */
const COMMON = 0.5;

/** One kind of made-up worlds, and what is estimated in them. */
export interface IntervalCase {
  readonly world: string;
  readonly estimand: Estimand;
  readonly plan: WorldPlan;
}

/** All kinds of worlds that the intervals are checked in. */
export function intervalCases(): IntervalCase[] {
  const kinds = [
    { world: 'independent', columnsPerGroup: 1, columnCorrelation: 0, zones: false },
    { world: 'batteries of 3', columnsPerGroup: 3, columnCorrelation: CORRELATION, zones: false },
    { world: 'zones', columnsPerGroup: 1, columnCorrelation: 0, zones: true },
    { world: 'batteries and zones', columnsPerGroup: 3, columnCorrelation: CORRELATION, zones: true },
  ];
  const plan = (kind: (typeof kinds)[number], rows: number, columns: number): WorldPlan => ({
    ...{ rows, columns, commonShare: COMMON },
    columnsPerGroup: kind.columnsPerGroup,
    columnCorrelation: kind.columnCorrelation,
    rowGroups: zonesOf(rows),
    rowCorrelation: kind.zones ? CORRELATION : 0,
  });
  return kinds.flatMap((kind) => {
    const of = (estimand: Estimand, rows: number, columns: number): IntervalCase => ({
      world: kind.world,
      estimand,
      plan: plan(kind, rows, columns),
    });
    return [
      ...[205, 25, 10, 6].flatMap((columns) => [55, 9, 2].map((rows) => of('mean r', rows, columns))),
      ...[205, 25].map((columns) => of('paired difference', 55, columns)),
      ...[205, 25].map((columns) => of('lean', 55, columns)),
    ];
  });
}

/** The zone of each country: as in the survey with all of them, else one after the other. */
function zonesOf(rows: number): number[] {
  return rows === ALL_COUNTRIES
    ? SURVEY_ZONES.flatMap(({ countries }, zone) => Array.from({ length: countries }, () => zone))
    : Array.from({ length: rows }, (_, row) => row % OTHER_ZONES);
}

/** For each country of the survey's zones whether it is Western. */
export const WESTERN: readonly boolean[] = SURVEY_ZONES.flatMap(({ countries, western }) =>
  Array.from({ length: countries }, (_, place) => place < western),
);
