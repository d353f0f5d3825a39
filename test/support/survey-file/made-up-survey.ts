import { readFileSync } from 'node:fs';
import { dataPath } from '../../../lib/files/data-folder.js';
import { loadItems } from '../../../lib/survey/items.js';
import { plainCsv } from '../../survey/plain-csv.js';

/** A column of a made-up file of single answers. */
export interface MadeUpColumn {
  readonly name: string;
  readonly kind: 'number' | 'text';
}

/** One respondent: a field for each column; null is an empty field. */
export type MadeUpRow = readonly (number | string | null)[];

/** A file of single answers that nobody gave, in the official layout. */
export interface MadeUpSurvey {
  readonly columns: readonly MadeUpColumn[];
  /** Variables of the item bank that the file holds, Q234A too. */
  readonly variables: readonly string[];
  /** Respondents in their order, countries one after another; the same at every call. */
  rows(): Generator<MadeUpRow>;
}

/** The columns of the official file, then as many derived ones as make it as wide as it is. */
const FULL_WIDTH = 600;
const TEXTS = new Set([
  ...['version', 'doi', 'B_COUNTRY_ALPHA', 'C_COW_ALPHA', 'LNGE_ISO', 'X002_02B', 'V002A_01', 'V001A_01'],
]);

/**
 * Draws a survey in the official layout: answers from the shares that ship (from the mean where no shares do), weights other
 * than 1 where the survey has them, missing codes of every kind.
 *
 * @param parts.respondents how many of a country of so many; all by default
 * @param parts.variables only these items are in the file; all by default
 * @param parts.width number of columns, filled up with derived ones; no such columns where it is absent
 */
export function madeUpSurvey(parts: {
  readonly seed: number;
  readonly countries?: readonly string[];
  readonly respondents?: (of: number) => number;
  readonly variables?: readonly string[];
  readonly width?: number;
}): MadeUpSurvey {
  const official = (
    JSON.parse(readFileSync(dataPath('survey', 'import', 'wvs7-columns.json'), 'utf8')) as {
      columns: string[];
    }
  ).columns;
  const codes = new Map(
    loadItems().map((item) => [
      item.variable,
      [...item.options.map(({ code }) => code), ...item.droppedCodes],
    ]),
  );
  codes.set('Q234A', [1, 2, 3, 4, 5]);
  const variables = official.filter(
    (name) => (codes.get(name)?.length ?? 0) > 0 && (parts.variables?.includes(name) ?? true),
  );
  const isItem = new Set(variables);
  const names = official.filter((name) => isItem.has(name) || !codes.has(name));
  const derived = Array.from(
    { length: Math.max(0, (parts.width ?? 0) - names.length) },
    (_, place) => `DERIVED_${place + 1}`,
  );
  const countries = plainCsv('survey', 'countries.csv').filter(
    ({ iso3 = '' }) => parts.countries?.includes(iso3) ?? true,
  );
  const known = knownAnswers();
  const columns = [...names, ...derived].map(
    (name): MadeUpColumn => ({
      name,
      kind: TEXTS.has(name) ? 'text' : 'number',
    }),
  );

  function* rows(): Generator<MadeUpRow> {
    const random = mulberry32(parts.seed);
    let interview = 0;
    for (const { iso3 = '', b_country: code, n_respondents: people, year } of countries) {
      const hasWeights = known.weighted.has(iso3);
      const thresholds = variables.map((variable) =>
        known.thresholds(iso3, variable, codes.get(variable) ?? []),
      );
      const wanted = parts.respondents?.(Number(people)) ?? Number(people);
      for (let person = 0; person < wanted; person += 1) {
        interview += 1;
        const fixed: Record<string, number | string> = {
          version: '6-0-0 (made up)',
          doi: 'made up by a generator',
          A_STUDY: 2,
          A_WAVE: 7,
          A_YEAR: Number(year) || 2022,
          B_COUNTRY: Number(code),
          B_COUNTRY_ALPHA: iso3,
          C_COW_ALPHA: iso3,
          D_INTERVIEW: Number(code) * 100_000 + interview,
          LNGE_ISO: 'en',
          W_WEIGHT: hasWeights ? Math.round((0.2 + 1.6 * random()) * 1e6) / 1e6 : 1,
        };
        let item = 0;
        yield columns.map(({ name, kind }) => {
          if (isItem.has(name)) {
            const own = thresholds[item] ?? null;
            item += 1;
            return draw(own, random());
          }
          return fixed[name] ?? (kind === 'text' ? '' : interview % 97 === 0 ? null : (interview % 7) - 2);
        });
      }
    }
  }

  return { columns, variables, rows };
}

/** The whole made-up file: 97,220 respondents, 600 columns. */
export function fullMadeUpSurvey(seed = 7): MadeUpSurvey {
  return madeUpSurvey({ seed, width: FULL_WIDTH });
}

interface Thresholds {
  readonly codes: readonly number[];
  readonly upTo: readonly number[];
}

const MISSING: readonly [number, number][] = [
  [-1, 0.02],
  [-2, 0.032],
  [-5, 0.035],
  [-3, 0.037],
];

function draw(own: Thresholds | null, u: number): number {
  if (own === null) {
    return -4;
  }
  for (const [code, upTo] of MISSING) {
    if (u < upTo) {
      return code;
    }
  }
  const valid = (u - 0.037) / (1 - 0.037);
  const place = own.upTo.findIndex((upTo) => valid < upTo);
  return own.codes[place < 0 ? own.codes.length - 1 : place] ?? -4;
}

function knownAnswers() {
  const shares = new Map<string, Map<number, number>>();
  const weighted = new Set<string>();
  for (const row of plainCsv('survey', 'wvs7_shares.csv')) {
    const key = `${row.country_iso3} ${row.variable}`;
    const cell = shares.get(key) ?? new Map<number, number>();
    cell.set(Number(row.option_code), Number(row.share_unweighted));
    shares.set(key, cell);
    if (row.weight_source !== 'all_weights_1') {
      weighted.add(row.country_iso3 ?? '');
    }
  }
  const means = new Map(
    plainCsv('survey', 'wvs7_means.csv').map((row) => [
      `${row.country_iso3} ${row.variable}`,
      Number(row.mean_unweighted),
    ]),
  );
  return {
    weighted,
    thresholds: (country: string, variable: string, codes: readonly number[]): Thresholds | null => {
      const key = `${country} ${variable}`;
      const cell = shares.get(key);
      if (cell !== undefined) {
        return cumulated([...cell.keys()], [...cell.values()]);
      }
      const mean = means.get(key);
      if (mean === undefined) {
        return null;
      }
      const sorted = codes.toSorted((a, b) => a - b);
      const [low = 0, high = 1] = [sorted[0], sorted.at(-1)];
      const p = Math.min(1, Math.max(0, (mean - low) / (high - low)));
      return cumulated(sorted, binomial(sorted.length - 1, p));
    },
  };
}

function binomial(n: number, p: number): number[] {
  let ways = 1;
  return Array.from({ length: n + 1 }, (_, k) => {
    const mass = ways * p ** k * (1 - p) ** (n - k);
    ways = (ways * (n - k)) / (k + 1);
    return mass;
  });
}

function cumulated(codes: readonly number[], masses: readonly number[]): Thresholds {
  let sum = 0;
  return {
    codes,
    upTo: masses.map((mass) => {
      sum += mass;
      return sum;
    }),
  };
}

/** Numbers in [0, 1), a well-known 32-bit generator: sixty million of them are drawn. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
