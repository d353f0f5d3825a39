import type { SpecificationResult } from './specification.js';

/** One finding over all specifications. */
export interface FindingCurve {
  readonly id: string;
  /** What a positive value says. */
  readonly statement: string;
  /** Under the chosen specification; null where undefined. */
  readonly chosen: number | null;
  readonly least: number | null;
  readonly median: number | null;
  readonly most: number | null;
  /** Share of the specifications, where it is defined, whose sign is that of `chosen`; null without a sign. */
  readonly sameSign: number | null;
  /** Specifications in which it is defined. */
  readonly specifications: number;
  /** Specifications in which it is not. */
  readonly undefinedCount: number;
}

interface Finding {
  readonly id: string;
  readonly statement: string;
  readonly of: (result: SpecificationResult) => number | null;
}

const FINDINGS: readonly Finding[] = [
  {
    id: 'r minus that of item means',
    statement: 'agrees with people more than item means do',
    of: ({ figures, itemMeans }) => difference(figures.r, itemMeans.r),
  },
  {
    id: 'deviation r',
    statement: "sets countries apart as people's answers do",
    of: ({ figures }) => figures.deviationR,
  },
  {
    id: 'r within items',
    statement: "orders countries as people's answers do",
    of: ({ figures }) => figures.withinItems,
  },
  {
    id: 'West minus others',
    statement: 'agrees more with Western countries than with others',
    of: ({ figures }) => figures.lean,
  },
];

/** Each finding over the results that count. @param chosen the result that findings were told from */
export function findingCurves(
  results: readonly SpecificationResult[],
  chosen: SpecificationResult,
): FindingCurve[] {
  return FINDINGS.map(({ id, statement, of }) => {
    const values = results.flatMap((result) => of(result) ?? []).sort((a, b) => a - b);
    const own = of(chosen);
    const sign = own === null ? 0 : Math.sign(own);
    const middle = (values.length - 1) / 2;
    return {
      ...{ id, statement, chosen: own },
      least: values[0] ?? null,
      median:
        values.length === 0
          ? null
          : ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2,
      most: values.at(-1) ?? null,
      sameSign:
        sign === 0 ? null : values.filter((value) => Math.sign(value) === sign).length / values.length,
      specifications: values.length,
      undefinedCount: results.length - values.length,
    };
  });
}

function difference(value: number | null, reference: number | null): number | null {
  return value === null || reference === null ? null : value - reference;
}
