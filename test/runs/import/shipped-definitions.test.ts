import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importSmall, smallWave7 } from '../../support/survey-file/small-file.js';
import { plainCsv, plainCsvFile } from '../../survey/plain-csv.js';

// The aggregates of India were computed from the official file. As many people with the same answers must give the same shares,
// means, standard deviations and numbers of answers, special codes included: then both are defined alike.
it('people who answered as India did give the unweighted aggregates of India that ship', async () => {
  const ofIndia = (rows: Record<string, string>[]): Record<string, string>[] =>
    rows.filter(
      ({ country_iso3, variable, source }) =>
        country_iso3 === 'IND' && source !== 'trend_mean' && variable !== 'Q223',
    );
  const shares = ofIndia(plainCsv('survey', 'wvs7_shares.csv'));
  const means = ofIndia(plainCsv('survey', 'wvs7_means.csv'));
  const variables = [...new Set(shares.map(({ variable = '' }) => variable))];
  expect(variables.length).toBeGreaterThan(240);
  const columns = variables.map((variable) => {
    const answers = shares
      .filter((row) => row.variable === variable)
      .flatMap(({ option_code, share_unweighted, n_valid }) =>
        new Array<number>(Math.round(Number(share_unweighted) * Number(n_valid))).fill(Number(option_code)),
      );
    return [...answers, ...new Array<number>(1692 - answers.length).fill(-1)];
  });
  const people = Array.from({ length: 1692 }, (_, person) => ({
    country: ['IND', 356] as [string, number],
    answers: columns.map((column) => column[person] ?? null),
  }));
  const { folder } = await importSmall(smallWave7(variables, people));
  // Six decimals are what ships.
  const unlike = (
    shipped: readonly Record<string, string>[],
    file: string,
    columns: readonly string[],
  ): string[] => {
    const keyOf = (row: Record<string, string>): string => `${row.variable} ${row.option_code ?? ''}`;
    const own = new Map(plainCsvFile(join(folder, file)).map((row) => [keyOf(row), row]));
    return shipped.flatMap((row) =>
      columns.flatMap((column) => {
        const found = own.get(keyOf(row))?.[column];
        const isSame = found !== undefined && Math.abs(Number(found) - Number(row[column])) < 6e-7;
        return isSame ? [] : [`${keyOf(row)} ${column}: ships ${row[column]}, found ${found}`];
      }),
    );
  };
  expect(unlike(shares, 'shares.csv', ['share_unweighted', 'n_valid'])).toEqual([]);
  expect(unlike(means, 'means.csv', ['mean_unweighted', 'sd_unweighted', 'n_valid'])).toEqual([]);
});
