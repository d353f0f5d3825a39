import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadHumanAnswers } from '../../../lib/survey/human-answers.js';
import { loadHumanSide } from '../../../lib/survey/human-side.js';
import { loadItems } from '../../../lib/survey/items.js';
import { columnsNamed, importSmall, newPath } from '../../support/survey-file/small-file.js';
import { writeSurveyCsv } from '../../support/survey-file/write-survey-csv.js';
import { writeSurveySav } from '../../support/survey-file/write-survey-sav.js';
import { plainCsvFile } from '../../survey/plain-csv.js';

// Columns of the joint file: family (Q1), independence (Q8: 1 mentioned, 0 not), trust (Q57), the state's part (Q108, not sure).
const NAMES = ['study', 'cntry', 'cntry_AN', 'gwght', 'A001', 'A029', 'A165', 'E037'];
const ROWS = [
  [1, 276, 0, 0.5, 1, 1, 1, 10],
  [1, 276, 0, 1.5, 2, 0, 2, 1],
  [2, 276, 0, 1, 4, 0, -1, 1],
  [1, 752, 0, 1, 1, 1, 1, 10],
];

function file(names: readonly string[] = NAMES, rows: readonly (number | null)[][] = ROWS): string {
  const path = newPath('joint.csv');
  writeSurveyCsv(path, columnsNamed(names), rows);
  return path;
}

const kind = 'evs-wvs' as const;

describe('the joint file of EVS and WVS', () => {
  it('is read under its own names, codes turned to those of wave 7, Sweden a country of its own list', async () => {
    const { folder, record } = await importSmall(file(), { kind });
    const side = loadHumanSide(folder);
    expect(record.countries).toEqual(['DEU', 'SWE']);
    expect(record.leftOut.find(({ what }) => what.startsWith('variables that are not sure'))?.what).toContain(
      'Q108',
    );
    expect(side.countries?.find(({ iso3 }) => iso3 === 'SWE')).toMatchObject({
      promptName: 'Sweden',
      culturalZone: 'Protestant Europe',
      respondents: 1,
    });
    const human = loadHumanAnswers(loadItems(), { weights: 'weighted', folder });
    // Weights .5, 1.5 and 1: codes 1, 2 and 4 of Q1. Mentioned (1) becomes 1, not mentioned (0) becomes 2.
    expect(human.answer('DEU', 'Q1')?.shares?.map(({ share }) => Number(share.toFixed(6)))).toEqual([
      0.166667, 0.5, 0, 0.333333,
    ]);
    expect(human.answer('DEU', 'Q8')?.shares?.map(({ share }) => Number(share.toFixed(6)))).toEqual([
      0.166667, 0.833333,
    ]);
    expect(human.answer('DEU', 'Q57')).toMatchObject({
      respondents: 2,
      weighted: true,
      source: 'evs_wvs_file',
    });
    expect(human.answer('DEU', 'Q108')).toBeNull();
    const sources = plainCsvFile(join(folder, 'shares.csv')).map(
      ({ country_iso3, weight_source }) => `${country_iso3} ${weight_source}`,
    );
    expect(new Set(sources)).toEqual(new Set(['DEU gwght', 'SWE all_weights_1']));
  });

  it('takes one of the two surveys, and what is not sure, on request', async () => {
    const { folder, record } = await importSmall(file(), { kind, survey: 'evs', unsure: true });
    expect(record.respondents).toEqual({ DEU: 2, SWE: 1 });
    expect(record.leftOut.find(({ what }) => what === 'rows of another survey')?.count).toBe(1);
    const human = loadHumanAnswers(loadItems(), { weights: 'unweighted', folder });
    // E037 runs the other way: 10 becomes 1.
    expect(human.answer('SWE', 'Q108')?.shares?.[0]).toEqual({ code: 1, share: 1 });
    await expect(importSmall(file(), { kind, survey: 'ess' })).rejects.toThrow(
      'there is no survey "ess" in this kind of file. Expected evs, wvs.',
    );
  });

  it('is the same in lower case and as .sav', async () => {
    const shares = async (path: string): Promise<Record<string, string>[]> =>
      plainCsvFile(join((await importSmall(path, { kind })).folder, 'shares.csv'));
    const expected = await shares(file());
    expect(await shares(file(NAMES.map((name) => name.toLowerCase())))).toEqual(expected);
    const sav = newPath('joint.sav');
    writeSurveySav(sav, columnsNamed(NAMES), ROWS, { compression: 'bytecode', rowsInHead: ROWS.length });
    expect(await shares(sav)).toEqual(expected);
  });

  it('is refused with a survey or a country that is not known', async () => {
    const changed = (column: number, value: number) =>
      file(NAMES, [...ROWS, (ROWS[0] ?? []).with(column, value)]);
    await expect(importSmall(changed(0, 3), { kind })).rejects.toThrow(
      /joint\.csv, row 6, column study: found "3"\. Expected 1 \(evs\) or 2 \(wvs\)\./,
    );
    await expect(importSmall(changed(1, 999), { kind })).rejects.toThrow(
      /row 6, column cntry: found "999"\. Expected a country code that is known\./,
    );
    await expect(importSmall(changed(5, 2), { kind })).rejects.toThrow(
      /row 6, column A029: found "2"\. Expected a code of Q8 \(0, 1\)/,
    );
  });
});
