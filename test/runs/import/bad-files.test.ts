import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importHuman } from '../../../lib/runs/import/import-human.js';
import { loadHumanSide } from '../../../lib/survey/human-side.js';
import { madeUpSurvey } from '../../support/survey-file/made-up-survey.js';
import {
  columnsNamed,
  importSmall,
  newPath,
  smallWave7,
  WAVE_7,
} from '../../support/survey-file/small-file.js';
import { writeSurveyCsv } from '../../support/survey-file/write-survey-csv.js';
import { writeSurveySav } from '../../support/survey-file/write-survey-sav.js';

/** The message of an import that must fail; nothing may be left at its place. */
async function failure(file: string, more: Parameters<typeof importSmall>[1] = {}): Promise<string> {
  const out = newPath('side');
  const message = await importSmall(file, { out, ...more }).then(
    () => 'imported',
    (error: Error) => error.message,
  );
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(dirname(out))).toEqual([]);
  return message;
}

function csv(...lines: readonly string[]): string {
  const file = newPath('some.csv');
  writeFileSync(file, lines.join('\n'));
  return file;
}

const HEADER = [...WAVE_7, 'Q1', 'Q57'].join(',');
const ROW = '7,276,DEU,1,1,2';

describe('a CSV file that is not as it must be', () => {
  it.each([
    [
      'lacks the weight',
      ['A_WAVE,B_COUNTRY,B_COUNTRY_ALPHA,Q1', '7,276,DEU,1'],
      /some\.csv, row 1 \(titles of columns\): lacks W_WEIGHT\. Found 4 columns: A_WAVE, B_COUNTRY.*Expected the official file\. Download the right file/,
    ],
    [
      'is of wave 6',
      ['V1,V2,V2A,V4,V5,V10,V258', '6,12,12,1,1,1,1'],
      /lacks B_COUNTRY_ALPHA, B_COUNTRY, W_WEIGHT, A_WAVE.*this one looks like a file of wave 6 or earlier\./,
    ],
    [
      'is the joint file',
      ['cntry,cntry_AN,gwght,study,A001', '276,DE,1,2,1'],
      /looks like the joint file of EVS and WVS \(import evs-wvs\)/,
    ],
    [
      'has a row of another wave',
      [HEADER, ROW, '6,276,DEU,1,1,2'],
      /some\.csv, row 3, column A_WAVE: found "6"\. Expected 7 \(the wave\)\. Import the file of World Values Survey, wave 7/,
    ],
    [
      'has text in a column of numbers',
      [HEADER, ROW, '7,276,DEU,1,1,yes'],
      /row 3, column Q57: found "yes"\. Expected a code of Q57 \(1, 2\) or a negative one for a missing answer\. Mend the row, or download the file again\./,
    ],
    [
      'has a number that is not whole',
      [HEADER, '7,276,DEU,1,1.5,1'],
      /row 2, column Q1: found "1\.5"\. Expected a code of Q1 \(1, 2, 3, 4\)/,
    ],
    [
      'has a code that the item lacks',
      [HEADER, ROW, ROW, '7,276,DEU,1,5,1'],
      /row 4, column Q1: found "5"\. Expected a code of Q1 \(1, 2, 3, 4\).*take such answers as missing with --unknown-codes drop\./,
    ],
    [
      'has a weight that is no number',
      [HEADER, '7,276,DEU,"0,98",1,1'],
      /row 2, column W_WEIGHT: found "0,98"\. Expected a weight, a number of at least 0 with a decimal point/,
    ],
    ['has a weight below 0', [HEADER, '7,276,DEU,-0.5,1,1'], /column W_WEIGHT: found "-0\.5"/],
    ['has no weight in a row', [HEADER, '7,276,DEU,,1,1'], /row 2, column W_WEIGHT: found nothing/],
    [
      'has a country that is not known',
      [HEADER, ROW, '7,276,GER,1,1,1'],
      /row 3, column B_COUNTRY_ALPHA: found "GER"\. Expected an ISO3 code of data\/survey\/countries\.csv\./,
    ],
    [
      'has a country code that is not known',
      [HEADER, '7,999,DEU,1,1,1'],
      /row 2, column B_COUNTRY: found "999"\. Expected 276, the code of DEU\./,
    ],
    [
      'has two codes that do not fit',
      [HEADER, ROW, '7,404,DEU,1,1,1'],
      /row 3, column B_COUNTRY: found "404"\. Expected 276, the code of DEU/,
    ],
    ['has titles only', [HEADER, ''], /has titles and no rows\. Expected one row for each respondent/],
    [
      'is cut short inside a row',
      [HEADER, ROW, '7,276,DEU'],
      /some\.csv, row 3: found 3 fields\. Expected 6, as many as the titles in row 1\. The file is cut short or damaged: download it again\./,
    ],
    ['has a row with too many fields', [HEADER, `${ROW},4`], /row 2: found 7 fields\. Expected 6/],
    [
      'is cut short inside a text',
      [HEADER, ROW, '7,276,"DE'],
      /some\.csv, row 3.*The file is cut short or damaged/,
    ],
    [
      'has a column twice',
      [`${HEADER},Q1`, `${ROW},1`],
      /row 1 \(titles of columns\): Q1 occurs twice\. Expected each column once/,
    ],
    ['is no table', ['hello'], /row 1 \(titles of columns\): found "hello", a single field/],
  ])('%s', async (_, lines, message) => {
    expect(await failure(csv(...lines))).toMatch(message);
  });

  it('is empty, not there, UTF-16, or no file', async () => {
    expect(await failure(csv())).toMatch(/some\.csv is empty \(0 bytes\)\. .* Download it again/);
    expect(await failure('/nowhere/some.csv')).toMatch(
      /some\.csv is not there\. Expected the survey's data file/,
    );
    const utf16 = newPath('some.csv');
    writeFileSync(utf16, Buffer.from(`\uFEFF${HEADER}\n${ROW}\n`, 'utf16le'));
    expect(await failure(utf16)).toMatch(/found bytes that are no text \(UTF-16/);
    expect(await failure(dirname(utf16))).toMatch(/is no file/);
  });

  it('holds text that is not UTF-8 where it is read; elsewhere it does not matter', async () => {
    const write = (version: string, country: string): string => {
      const file = newPath('some.csv');
      writeFileSync(file, Buffer.from(`version,${HEADER}\n${version},7,276,${country},1,1,2\n`, 'latin1'));
      return file;
    };
    expect(await failure(write('x', 'D\u00fcU'))).toMatch(
      /some\.csv, row 2: found text that is not UTF-8\. Expected UTF-8\. Save the file as CSV in UTF-8/,
    );
    expect((await importSmall(write('T\u00fcrkiye', 'DEU'))).record.rows).toBe(1);
  });

  it('tells of the first row that is wrong, whichever column it is in', async () => {
    const file = csv(HEADER, ROW, '7,276,DEU,1,1,9', '7,276,DEU,1,9,1');
    expect(await failure(file)).toMatch(/row 3, column Q57: found "9"/);
  });
});

describe('a CSV file that is written in another way', () => {
  const survey = madeUpSurvey({
    seed: 1,
    countries: ['DEU'],
    respondents: () => 20,
    variables: ['Q1', 'Q57'],
  });
  const sharesOf = async (file: string): Promise<string> => {
    const { folder } = await importSmall(file);
    return readFileSync(join(folder, 'shares.csv'), 'utf8');
  };

  it('gives the same numbers: semicolons, tabs, a byte order mark, Windows line ends, points in codes', async () => {
    const plain = newPath('plain.csv');
    writeSurveyCsv(plain, survey.columns, survey.rows());
    const expected = await sharesOf(plain);
    const text = readFileSync(plain, 'utf8');
    for (const [delimiter, mark] of [
      [';', ''],
      ['\t', ''],
      [',', '\uFEFF'],
      [';', '\uFEFF'],
    ] as const) {
      const file = newPath('other.csv');
      writeSurveyCsv(file, survey.columns, survey.rows(), { delimiter, mark });
      expect(await sharesOf(file)).toBe(expected);
    }
    const windows = newPath('windows.csv');
    writeFileSync(windows, text.replaceAll('\n', '\r\n'));
    expect(await sharesOf(windows)).toBe(expected);
    expect(await sharesOf(csv(HEADER, '7.0,276,DEU,1.0,1.0,2', ''))).toBe(await sharesOf(csv(HEADER, ROW)));
  });

  it('may drop unknown codes, and counts what was left out', async () => {
    const file = smallWave7(
      ['Q1'],
      [{ answers: [1] }, { answers: [7] }, { answers: [-1] }, { answers: [-4] }, { answers: [null] }],
    );
    const { record } = await importSmall(file, { unknownCodes: 'drop' });
    expect(
      record.leftOut.filter(({ what }) => what.includes('field')).map(({ what, count }) => [what, count]),
    ).toEqual([
      ['fields with code -1', 1],
      ['fields with code -4', 1],
      ['empty fields', 1],
      ['fields with unknown codes', 1],
    ]);
    expect(record.respondents).toEqual({ DEU: 5 });
    expect(record.settings).toMatchObject({ unknownCodes: 'drop' });
  });
});

describe('a .sav file that is not as it must be', () => {
  const survey = madeUpSurvey({
    seed: 1,
    countries: ['DEU'],
    respondents: () => 30,
    variables: ['Q1', 'Q57'],
  });
  const sav = (rowsInHead = 30): string => {
    const file = newPath('some.sav');
    writeSurveySav(file, survey.columns, survey.rows(), { compression: 'bytecode', rowsInHead });
    return file;
  };

  it('is cut short at any place', async () => {
    const { length } = readFileSync(sav());
    for (const share of [0.999, 0.97, 0.9, 0.6, 0.2, 0.01]) {
      const file = sav();
      truncateSync(file, Math.floor(length * share));
      expect(await failure(file)).toMatch(
        /some\.sav (ends (inside|after) case \d+\. Expected 30 rows, as its head says\. The file is cut short|cannot be read as an SPSS file \(it ends before its rows begin\))/,
      );
    }
    const file = sav(-1);
    truncateSync(file, Math.floor(length * 0.97));
    expect(await failure(file)).toMatch(/ends inside case \d+\. Expected whole rows/);
  });

  it('is of another wave, or no .sav file', async () => {
    const file = newPath('wave6.sav');
    writeSurveySav(file, columnsNamed(['V1', 'V2', 'V4', 'V5', 'V10', 'V258']), [[1, 2, 1, 1, 1, 1]], {
      compression: 'bytecode',
      rowsInHead: 1,
    });
    expect(await failure(file)).toMatch(/looks like a file of wave 6 or earlier/);
    const text = newPath('text.sav');
    writeFileSync(text, `${HEADER}\n${ROW}\n`.repeat(20));
    expect(await failure(text)).toMatch(/text\.sav cannot be read as an SPSS file \(Not a valid \.sav file/);
    const zipped = newPath('zipped.sav');
    writeFileSync(zipped, `$FL3${' '.repeat(4000)}`);
    expect(await failure(zipped)).toMatch(
      /ZLIB-compressed SPSS file \(\.zsav\)\. Expected a plain \.sav file/,
    );
  });

  it('holds a code that the item lacks, or a number that is not whole', async () => {
    const write = (answer: number | string): string => {
      const file = newPath('some.sav');
      const rows = [
        [7, 276, 'DEU', 1.5, 1],
        [7, 276, 'DEU', 1.5, answer],
      ];
      writeSurveySav(file, columnsNamed([...WAVE_7, 'Q1']), rows, { compression: 'padded', rowsInHead: 2 });
      return file;
    };
    expect(await failure(write(8))).toMatch(
      /some\.sav, case 2, column Q1: found "8"\. Expected a code of Q1 \(1, 2, 3, 4\)/,
    );
    expect(await failure(write(2.5))).toMatch(/case 2, column Q1: found "2\.5"/);
  });
});

describe('the folder of a human side', () => {
  it('is not written over, unless it is to be replaced and is one', async () => {
    const file = smallWave7(['Q1'], [{ answers: [1] }]);
    const out = newPath('side');
    await importSmall(file, { out });
    const before = readFileSync(join(out, 'human.json'), 'utf8');
    await expect(importSmall(file, { out })).rejects.toThrow(
      `${out} exists. Expected a new folder. Replace it with --replace, or name another with --out.`,
    );
    const other = smallWave7(['Q1'], [{ answers: [2] }]);
    await importSmall(other, { out, replace: true });
    expect(readFileSync(join(out, 'human.json'), 'utf8')).not.toBe(before);
    expect(readdirSync(dirname(out))).toEqual(['side']);
    const foreign = newPath('foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'mine');
    await expect(importSmall(file, { out: foreign, replace: true })).rejects.toThrow('holds no human.json');
    expect(readdirSync(foreign)).toEqual(['thesis.txt']);
  });

  it('keeps the older one when a new import fails', async () => {
    const out = newPath('side');
    await importSmall(smallWave7(['Q1'], [{ answers: [1] }]), { out });
    const before = readFileSync(join(out, 'shares.csv'), 'utf8');
    await expect(importSmall(smallWave7(['Q1'], [{ answers: [9] }]), { out, replace: true })).rejects.toThrow(
      'found "9"',
    );
    expect(readFileSync(join(out, 'shares.csv'), 'utf8')).toBe(before);
    expect(readdirSync(dirname(out))).toEqual(['side']);
  });

  it('holds nothing of single people', async () => {
    const { folder, record } = await importSmall(smallWave7(['Q1'], [{ answers: [1] }]));
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(record.files), 'human.json'].sort());
    expect(Object.keys(record.files).sort()).toEqual(['differences.csv', 'means.csv', 'shares.csv']);
  });

  it('is refused when a file of it was changed, is missing or is of another contract', async () => {
    const { folder } = await importSmall(smallWave7(['Q1'], [{ answers: [1] }]));
    expect(loadHumanSide(folder).record.countries).toEqual(['DEU']);
    const shares = join(folder, 'shares.csv');
    writeFileSync(shares, readFileSync(shares, 'utf8').replace('1.000000000', '0.900000000'));
    expect(() => loadHumanSide(folder)).toThrow(
      /shares\.csv is not the file that human\.json tells of \(SHA-256 .*it was changed after the import\. Import it again/,
    );
    const path = join(folder, 'human.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"contract": 1', '"contract": 99'));
    expect(() => loadHumanSide(folder)).toThrow('human.json has contract 99, expected 1');
    expect(() => loadHumanSide(dirname(folder))).toThrow(
      'holds no human.json. Expected a folder that "culture-lens import" wrote',
    );
  });

  it('cannot be made by labels of a CSV file', async () => {
    await expect(
      importHuman({
        ...{ kind: 'wvs', labels: true, out: newPath('side'), onProgress: () => {} },
        file: smallWave7(['Q1'], [{ answers: [1] }]),
      }),
    ).rejects.toThrow('--labels was asked for, and a CSV file has no labels. Expected the .sav file.');
  });
});
