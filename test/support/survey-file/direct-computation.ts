import { loadItems } from '../../../lib/survey/items.js';
import type { MadeUpSurvey } from './made-up-survey.js';

/** What a country's answers to an item come to, computed from the rows themselves. */
export interface DirectCell {
  readonly n: number;
  /** Code -> share of the people, of their weights. */
  readonly shares: ReadonlyMap<number, { readonly plain: number; readonly weighted: number }>;
  /** Null where a mean says nothing. */
  readonly mean: { readonly n: number; readonly plain: Moments; readonly weighted: Moments } | null;
}

interface Moments {
  readonly mean: number;
  readonly sd: number;
}

interface Answer {
  readonly x: number;
  readonly w: number;
}

/** Every cell of a made-up survey by "ISO3 variable", country by country over its single rows: no counting, no DuckDB. */
export function directComputation(survey: MadeUpSurvey): Map<string, DirectCell> {
  const items = new Map(loadItems().map((item) => [item.variable, item]));
  const at = (name: string): number => survey.columns.findIndex((column) => column.name === name);
  const [country, weight] = [at('B_COUNTRY_ALPHA'), at('W_WEIGHT')];
  const places = survey.variables.map((variable) => ({ variable, place: at(variable) }));
  const cells = new Map<string, DirectCell>();
  const finish = (iso3: string, answers: readonly Answer[][]): void => {
    places.forEach(({ variable }, turn) => {
      const valid = (answers[turn] ?? []).filter(({ x }) => x >= 0);
      const special = items.get(variable)?.droppedCodes ?? [];
      if (valid.some(({ x }) => !special.includes(x))) {
        cells.set(`${iso3} ${variable}`, {
          n: valid.length,
          shares: sharesOf(valid),
          mean: meanOf(
            valid.filter(({ x }) => !special.includes(x)),
            variable,
            items.get(variable)?.canMean ?? true,
          ),
        });
      }
    });
  };
  let current = '';
  let answers: Answer[][] = [];
  for (const row of survey.rows()) {
    const iso3 = String(row[country]);
    if (iso3 !== current) {
      finish(current, answers);
      current = iso3;
      answers = places.map(() => []);
    }
    const w = Number(row[weight]);
    places.forEach(({ place }, turn) => {
      answers[turn]?.push({ x: Number(row[place]), w });
    });
  }
  finish(current, answers);
  return cells;
}

function sharesOf(valid: readonly Answer[]): DirectCell['shares'] {
  const all = valid.reduce((sum, { w }) => sum + w, 0);
  return new Map(
    [...new Set(valid.map(({ x }) => x))].map((code) => {
      const own = valid.filter(({ x }) => x === code);
      return [
        code,
        { plain: own.length / valid.length, weighted: own.reduce((sum, { w }) => sum + w, 0) / all },
      ];
    }),
  );
}

function meanOf(kept: readonly Answer[], variable: string, canMean: boolean): DirectCell['mean'] {
  // 1 better, 2 worse, 3 the same: in order they are 1, 3, 2.
  const inOrder = kept.map(({ x, w }) => ({ x: variable === 'Q56' ? ([0, 1, 3, 2][x] ?? x) : x, w }));
  return canMean || variable === 'Q56'
    ? {
        n: kept.length,
        plain: moments(inOrder.map(({ x }) => ({ x, w: 1 }))),
        weighted: moments(inOrder),
      }
    : null;
}

function moments(answers: readonly Answer[]): Moments {
  const n = answers.length;
  const all = answers.reduce((sum, { w }) => sum + w, 0);
  const mean = answers.reduce((sum, { x, w }) => sum + x * w, 0) / all;
  const square = answers.reduce((sum, { x, w }) => sum + w * (x - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(((square / all) * n) / (n - 1)) };
}
