import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importSmall, smallWave7 } from '../../support/survey-file/small-file.js';
import { plainCsvFile } from '../../survey/plain-csv.js';

const VARIABLES = ['Q1', 'Q57', 'Q111', 'Q164'];
const COUNTRIES: [string, number][] = [
  ['DEU', 276],
  ['KEN', 404],
];

const person = fc.record({
  country: fc.constantFrom(...COUNTRIES),
  weight: fc.integer({ min: 1, max: 3000 }).map((thousandths) => thousandths / 1000),
  answers: fc.tuple(
    fc.constantFrom(1, 2, 3, 4, -1, -2, -4),
    fc.constantFrom(1, 2, -1, -5, null),
    fc.constantFrom(1, 2, 3, -2),
    fc.constantFrom(1, 2, 5, 9, 10, -1),
  ),
});
// One of each country with an answer to everything, so that no file is without answers.
const certain = COUNTRIES.map((country) => ({
  country,
  weight: 1,
  answers: [1, 1, 1, 1] as [number, number, number, number],
}));
const people = fc.array(person, { minLength: 1, maxLength: 12 }).map((some) => [...certain, ...some]);
type People = (typeof certain)[number][];

const RUNS = { numRuns: 5 };

async function rowsOf(these: People): Promise<Record<'shares' | 'means', Record<string, string>[]>> {
  const { folder } = await importSmall(smallWave7(VARIABLES, these));
  return {
    shares: plainCsvFile(join(folder, 'shares.csv')),
    means: plainCsvFile(join(folder, 'means.csv')),
  };
}

/** Every number of the rows with a column of one kind, to eight decimals: the ninth is rounded. */
function numbers(rows: readonly Record<string, string>[], kind: 'weighted' | 'unweighted'): string[] {
  return rows.flatMap((row) =>
    Object.entries(row)
      .filter(([column]) => column.endsWith(`_${kind}`))
      .map(
        ([column, value]) =>
          `${row.country_iso3} ${row.variable} ${row.option_code} ${column.replace(kind, '')} ${value === '' ? '' : Number(value).toFixed(7)}`,
      ),
  );
}

describe('an import of single answers', () => {
  it('gives with equal weights what it gives without', async () => {
    await fc.assert(
      fc.asyncProperty(
        people as fc.Arbitrary<People>,
        fc.constantFrom(0.25, 1, 2.5),
        async (these, weight) => {
          const { shares, means } = await rowsOf(these.map((one) => ({ ...one, weight })));
          expect(numbers(shares, 'weighted')).toEqual(numbers(shares, 'unweighted'));
          expect(numbers(means, 'weighted')).toEqual(numbers(means, 'unweighted'));
        },
      ),
      RUNS,
    );
  });

  it('does not depend on the scale of the weights', async () => {
    await fc.assert(
      fc.asyncProperty(people as fc.Arbitrary<People>, async (these) => {
        const one = await rowsOf(these);
        const other = await rowsOf(these.map((some) => ({ ...some, weight: some.weight * 4 })));
        expect(numbers(other.means, 'weighted')).toEqual(numbers(one.means, 'weighted'));
        expect(numbers(other.shares, 'weighted')).toEqual(numbers(one.shares, 'weighted'));
      }),
      RUNS,
    );
  });

  it('does not depend on the order of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(people as fc.Arbitrary<People>, fc.integer(), async (these, turn) => {
        const moved = these.map(
          (_, place) => these[(place + Math.abs(turn)) % these.length] as People[number],
        );
        expect(await rowsOf(moved.reverse())).toEqual(await rowsOf(these));
      }),
      RUNS,
    );
  });

  it('gives the same with further people of whom every answer is missing', async () => {
    await fc.assert(
      fc.asyncProperty(
        people as fc.Arbitrary<People>,
        fc.array(fc.constantFrom(-1, -2, -3, -4, -5, -99, null), { minLength: 4, maxLength: 4 }),
        async (these, codes) => {
          const silent = { country: COUNTRIES[0] as [string, number], weight: 2, answers: codes as never };
          const { shares, means } = await rowsOf([...these, silent, silent]);
          const without = await rowsOf(these);
          // One weight other than 1 is enough for a country to be a weighted one.
          const bare = (rows: Record<string, string>[]) => rows.map(({ weight_source: _, ...row }) => row);
          expect(bare(shares)).toEqual(bare(without.shares));
          expect(bare(means)).toEqual(bare(without.means));
        },
      ),
      RUNS,
    );
  });

  it('sums the shares of every cell to 1', async () => {
    await fc.assert(
      fc.asyncProperty(people as fc.Arbitrary<People>, async (these) => {
        const sums = new Map<string, number>();
        for (const { country_iso3, variable, share_weighted } of (await rowsOf(these)).shares) {
          const key = `${country_iso3} ${variable}`;
          sums.set(key, (sums.get(key) ?? 0) + Number(share_weighted));
        }
        for (const sum of sums.values()) {
          expect(sum).toBeCloseTo(1, 7);
        }
      }),
      RUNS,
    );
  });

  it('leaves the same bytes behind every time', async () => {
    const file = smallWave7(VARIABLES, certain);
    const [one, other] = [await importSmall(file), await importSmall(file)];
    for (const name of [...Object.keys(one.record.files), 'human.json']) {
      expect(readFileSync(join(other.folder, name), 'utf8')).toBe(
        readFileSync(join(one.folder, name), 'utf8'),
      );
    }
  });
});
