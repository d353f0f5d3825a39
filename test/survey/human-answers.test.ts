import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataPath } from '../../lib/files/data-folder.js';
import { parseMeanRows, parseShareRows } from '../../lib/survey/aggregate-files.js';
import { joinHumanAnswers, loadHumanAnswers } from '../../lib/survey/human-answers.js';
import type { Weights } from '../../lib/survey/human-cell.js';
import { loadItems } from '../../lib/survey/items.js';
import { plainCsv } from './plain-csv.js';
import { sampleItem } from './sample-item.js';

const items = loadItems();

/**
 * Every mean score straight from the CSV files and from the second reading of the questionnaire (review.csv), without
 * the item bank: the raw mean of the codes, put on -1 to 1 and turned to where "more" is.
 */
function directMeanScores(weights: Weights): Map<string, number | null> {
  const special = new Map([
    ['Q111', 3],
    ['Q119', 0],
    ['Q221', 4],
    ['Q222', 4],
    ['Q254', 5],
  ]);
  const review = new Map(plainCsv('items', 'review.csv').map((row) => [row.variable ?? '', row]));
  const rawMeans = new Map<string, number>();
  const sums = new Map<string, { codes: number; shares: number; blank: boolean }>();
  const shareKinds = weights === 'weighted' ? ['share_weighted', 'share_unweighted'] : ['share_unweighted'];
  const meanKinds = weights === 'weighted' ? ['mean_weighted', 'mean_unweighted'] : ['mean_unweighted'];
  const shareRows = plainCsv('survey', 'wvs7_shares.csv');
  const meanRows = plainCsv('survey', 'wvs7_means.csv');
  for (const kind of shareKinds) {
    for (const row of shareRows) {
      const key = `${row.country_iso3} ${row.variable} ${kind}`;
      const sum = sums.get(key) ?? { codes: 0, shares: 0, blank: false };
      if (Number(row.option_code) !== special.get(row.variable ?? '')) {
        sum.codes += Number(row.option_code) * Number(row[kind]);
        sum.shares += Number(row[kind]);
      }
      sum.blank ||= row[kind] === '';
      sums.set(key, sum);
    }
  }
  // Later entries win: unweighted means, unweighted shares, weighted means, weighted shares.
  for (const level of [1, 0].slice(-shareKinds.length)) {
    const meanKind = meanKinds[level] ?? '';
    for (const row of meanRows) {
      if (row[meanKind] !== '') {
        rawMeans.set(`${row.country_iso3} ${row.variable}`, Number(row[meanKind]));
      }
    }
    const shareKind = shareKinds[level] ?? '';
    for (const row of shareRows) {
      const sum = sums.get(`${row.country_iso3} ${row.variable} ${shareKind}`);
      if (sum !== undefined && !sum.blank) {
        rawMeans.set(`${row.country_iso3} ${row.variable}`, sum.codes / sum.shares);
      }
    }
  }
  const scores = new Map<string, number | null>();
  for (const [key, mean] of rawMeans) {
    const variable = key.split(' ')[1] ?? '';
    const row = review.get(variable);
    if (row === undefined) {
      expect(variable).toBe('Q234A');
    } else if (row.more_of_label_at === 'none' || variable === 'Q56') {
      scores.set(key, null);
    } else {
      // In Q241-Q249 people volunteered a 0 below the offered 1 to 10.
      const volunteered = Number(variable.slice(1)) >= 241 && Number(variable.slice(1)) <= 249;
      const low = volunteered ? 0 : Number(row.lowest_code);
      const rising = (2 * (mean - low)) / (Number(row.highest_code) - low) - 1;
      scores.set(key, row.more_of_label_at === 'highest' ? rising : -rising);
    }
  }
  return scores;
}

describe.each<Weights>(['weighted', 'unweighted'])('%s human answers', (weights) => {
  const human = loadHumanAnswers(items, { weights });

  it('have the mean scores that the files give directly, in every cell', () => {
    const direct = directMeanScores(weights);
    expect(human.cells).toHaveLength(16_069);
    expect(direct.size).toBe(16_069);
    const wrong: string[] = [];
    for (const { country, variable, meanScore } of human.cells) {
      const expected = direct.get(`${country} ${variable}`);
      const same =
        expected === null || meanScore === null
          ? expected === meanScore
          : Math.abs(meanScore - (expected ?? 9)) < 1e-5;
      if (!same) {
        wrong.push(`${country} ${variable}: ${meanScore}, directly ${expected}`);
      }
      expect(human.meanScore(country, variable)).toBe(meanScore);
    }
    expect(wrong).toEqual([]);
  });

  it('have shares that sum to 1, and mean scores in [-1, 1]', () => {
    let withShares = 0;
    for (const { shares, meanScore } of human.cells) {
      if (shares !== null) {
        withShares += 1;
        expect(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - 1)).toBeLessThan(1e-12);
      }
      expect(Math.abs(meanScore ?? 0)).toBeLessThanOrEqual(1);
    }
    expect(withShares).toBe(9526);
  });

  it('have no mean score exactly where the item carries none', () => {
    const without = new Set(
      human.cells.filter((cell) => cell.meanScore === null).map((cell) => cell.variable),
    );
    const expected = items
      .filter((item) => !item.canMean && item.variable !== 'Q223')
      .map((item) => item.variable);
    expect([...without].sort()).toEqual(expected.sort());
  });

  it('mark the eleven suspect cells', () => {
    const suspect = human.cells.filter((cell) => cell.suspect !== null);
    expect(suspect).toHaveLength(11);
    expect(human.answer('USA', 'Q200')?.suspect).toContain('72 % answer the first option');
    expect(human.answer('USA', 'Q199')?.suspect).toBeNull();
  });

  it('say what was read', () => {
    expect(human.read).toEqual({ shareRows: 46_733, meanRows: 15_716, otherVariables: ['Q234A'] });
    expect(human.weights).toBe(weights);
  });
});

describe('human answers', () => {
  const weighted = loadHumanAnswers(items, { weights: 'weighted' });
  const unweighted = loadHumanAnswers(items, { weights: 'unweighted' });

  it('give null where the survey has no data', () => {
    expect(weighted.answer('USA', 'Q223')).toBeNull();
    expect(weighted.meanScore('USA', 'Q223')).toBeNull();
    expect(weighted.meanScore('FRA', 'Q1')).toBeNull();
  });

  it('take weights where they are known and say so', () => {
    // USA Q164 has unweighted shares (spa_v6) and a weighted mean taken over from another data set.
    const cell = weighted.answer('USA', 'Q164');
    expect(cell).toMatchObject({ weighted: true, source: 'qog_jan24' });
    expect(cell?.shares).toHaveLength(10);
    expect(cell?.meanScore).not.toBe(unweighted.meanScore('USA', 'Q164'));
    expect(unweighted.answer('USA', 'Q164')).toMatchObject({ weighted: false, source: 'spa_v6' });
    expect(unweighted.cells.some((answer) => answer.weighted)).toBe(false);
    const count = weighted.cells.filter((answer) => answer.weighted).length;
    expect(count).toBeGreaterThan(9000);
    expect(count).toBeLessThan(weighted.cells.length);
  });

  it('drop special codes, renormalise and count only valid answers', () => {
    // India Q111: shares .575737 and .390751 of 1,492 answers, .033512 gave the special code 3 (50 people).
    const cell = unweighted.answer('IND', 'Q111');
    expect(cell?.shares?.map((share) => share.code)).toEqual([1, 2]);
    expect(cell?.shares?.[0]?.share).toBeCloseTo(0.575737 / (0.575737 + 0.390751), 12);
    expect(cell?.respondents).toBe(1442);
  });

  it('keep the volunteered answer that is never offered', () => {
    // India Q242: about a fifth volunteered "against democracy".
    const shares = unweighted.answer('IND', 'Q242')?.shares ?? [];
    expect(shares[0]?.code).toBe(0);
    expect(shares[0]?.share).toBeGreaterThan(0.15);
  });

  it('know only the items that they were asked for', () => {
    const some = loadHumanAnswers(items.slice(0, 2), { weights: 'weighted' });
    expect(new Set(some.cells.map((cell) => cell.variable))).toEqual(new Set(['Q1', 'Q2']));
    expect(some.read.otherVariables).toContain('Q3');
  });

  it('name the file that cannot be read', () => {
    expect(() => loadHumanAnswers(items, { weights: 'weighted', folder: 'no-such-folder' })).toThrow(
      'Reading the answer shares: no-such-folder/wvs7_shares.csv cannot be read',
    );
  });
});

describe('a file of shares that cannot be right', () => {
  const item = sampleItem({ droppedCodes: [9] });
  const header =
    'country_iso3,variable,option_code,share_weighted,share_unweighted,n_valid,source,weight_source';
  const good = ['1,.5,.5', '2,.25,.25', '3,.25,.25'];
  const join2 = (lines: readonly string[]) => {
    const rows = lines.map((line) => {
      const [code, weighted, plain] = line.split(',').map((field) => field.replace(/^\./, '0.'));
      return `AND,Q1,${code},${weighted},${plain},100,spa_v6,`;
    });
    const shares = parseShareRows([header, ...rows].join('\n'), 's.csv');
    return joinHumanAnswers(
      [item],
      { shares, sharesPath: 's.csv', means: [], meansPath: 'm.csv', suspects: [] },
      { weights: 'weighted' },
    );
  };

  it('is told apart from one that is right', () => {
    // .5 * 1 + .25 * 0 + .25 * -1 = .25; a fifth more answers with the special code change nothing.
    expect(join2(good).meanScore('AND', 'Q1')).toBeCloseTo(0.25, 12);
    expect(join2(['1,.4,.4', '2,.2,.2', '3,.2,.2', '9,.2,.2']).meanScore('AND', 'Q1')).toBeCloseTo(0.25, 12);
    expect(join2(['1,.4,.4', '2,.2,.2', '3,.2,.2', '9,.2,.2']).answer('AND', 'Q1')?.respondents).toBe(80);
    // Without weights the unweighted shares count: .6 - .1 = .5.
    expect(join2(['1,,.6', '2,,.3', '3,,.1']).answer('AND', 'Q1')).toMatchObject({ weighted: false });
    expect(join2(['1,,.6', '2,,.3', '3,,.1']).meanScore('AND', 'Q1')).toBeCloseTo(0.5, 12);
  });

  it.each<[string, readonly string[], string]>([
    [
      'a code that the item does not know',
      [...good, '4,0,0'],
      'Reading the answer shares: s.csv line 5 (AND Q1): found option_code 4. Expected an option (1, 2, 3) or a special code (9)',
    ],
    ['a code twice', [...good, '3,0,0'], 's.csv line 5 (AND Q1): option_code 3 occurs twice in this cell.'],
    [
      'an option without a row',
      ['1,.5,.5', '2,.5,.5'],
      's.csv, cell AND Q1: option_code 3 has no row. Expected a row for every option',
    ],
    [
      'a weighted share missing',
      ['1,.5,.5', '2,,.25', '3,.25,.25'],
      's.csv, cell AND Q1, line 3: share_weighted is blank while the cell has others.',
    ],
    [
      'an unweighted share missing',
      ['1,.5,.5', '2,.25,', '3,.25,.25'],
      's.csv, cell AND Q1, line 3: share_unweighted is blank while the cell has others.',
    ],
    [
      'weighted shares that do not sum to 1',
      ['1,.5,.5', '2,.25,.25', '3,.2498,.25'],
      's.csv, cell AND Q1: share_weighted sums to 0.999800. Expected 1 within 0.0001.',
    ],
    [
      'unweighted shares that do not sum to 1',
      ['1,.5,.5', '2,.25,.25', '3,.25,.2502'],
      's.csv, cell AND Q1: share_unweighted sums to 1.000200. Expected 1 within 0.0001.',
    ],
    [
      'special codes only',
      ['1,0,0', '2,0,0', '3,0,0', '9,1,1'],
      's.csv, cell AND Q1: every answer has a special code (9), so no share is left.',
    ],
    [
      'a share above 1',
      ['1,.5,1.5', '2,.25,.25', '3,.25,.25'],
      'line 2, column share_unweighted: found "1.5"',
    ],
    [
      'a share that is no number',
      ['1,.5,half', '2,.25,.25', '3,.25,.25'],
      'column share_unweighted: found "half"',
    ],
  ])('%s is told with its place', (_name, lines, message) => {
    expect(() => join2(lines)).toThrow(message);
  });

  it('accepts rounding in the last decimals', () => {
    expect(join2(['1,.5,.5', '2,.25,.25', '3,.25,.25009']).answer('AND', 'Q1')).not.toBeNull();
  });
});

describe('a file of means that cannot be right', () => {
  const header = 'country_iso3,variable,mean_weighted,mean_unweighted,n_valid,source,weight_source';
  const join1 = (...lines: readonly string[]) =>
    joinHumanAnswers(
      [sampleItem()],
      {
        shares: [],
        sharesPath: 's.csv',
        means: parseMeanRows([header, ...lines].join('\n'), 'm.csv'),
        meansPath: 'm.csv',
        suspects: [{ country: 'AND', variable: 'Q1', reason: 'looks reversed' }],
      },
      { weights: 'weighted' },
    );

  it('is told apart from one that is right', () => {
    // The score is 2 - code, so the score of the mean 1.25 is .75.
    const human = join1('AND,Q1,1.25,1.5,90,trend_mean,qog_jan24', 'BRA,Q1,,1.5,80,trend_mean,');
    expect(human.answer('AND', 'Q1')).toEqual({
      country: 'AND',
      variable: 'Q1',
      meanScore: 0.75,
      shares: null,
      weighted: true,
      respondents: 90,
      source: 'qog_jan24',
      suspect: 'looks reversed',
    });
    expect(human.answer('BRA', 'Q1')).toMatchObject({
      meanScore: 0.5,
      weighted: false,
      source: 'trend_mean',
    });
  });

  it.each([
    ['AND,Q1,1.25,0.99,90,trend_mean,', null],
    [
      'AND,Q1,3.01,2,90,trend_mean,',
      'm.csv line 2 (AND Q1): found the mean 3.01. Expected a number from 1 to 3',
    ],
    [
      'AND,Q1,,0.99,90,trend_mean,',
      'm.csv line 2 (AND Q1): found the mean 0.99. Expected a number from 1 to 3',
    ],
    ['AND,Q1,1.2,,90,trend_mean,', 'm.csv line 2, column mean_unweighted: found "", expected a number'],
    ['AND,Q1,1.2,1.2,9.5,trend_mean,', 'm.csv line 2, column n_valid: found "9.5", expected a whole number'],
    ['AND,Q1,1.2,1.2,95,rumour,', 'm.csv line 2, column source: found "rumour", expected one of micro_v5,'],
    ['AND,Q1,1.2,1.2,95,trend_mean,guess', 'm.csv line 2, column weight_source: found "guess"'],
    [',Q1,1.2,1.2,95,trend_mean,', 'm.csv line 2, column country_iso3: found "", expected a text'],
  ])('%s', (line, message) => {
    if (message === null) {
      // The mean out of range is not the one that is used.
      expect(join1(line).meanScore('AND', 'Q1')).toBe(0.75);
    } else {
      expect(() => join1(line)).toThrow(message);
    }
  });

  it('has a cell twice', () => {
    const line = 'AND,Q1,1.2,1.2,95,trend_mean,';
    expect(() => join1(line, line)).toThrow(
      'Reading the country means: m.csv line 3 repeats AND Q1 of line 2.',
    );
  });
});

describe('the files on disk', () => {
  it('are checked with their line numbers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'survey-'));
    try {
      for (const name of ['wvs7_means.csv', 'suspect_cells.csv']) {
        writeFileSync(join(folder, name), readFileSync(dataPath('survey', name)));
      }
      const lines = readFileSync(dataPath('survey', 'wvs7_shares.csv'), 'utf8').split('\r\n');
      // Line 5 is Andorra's share of the fourth answer to Q1.
      expect(lines[4]).toMatch(/^AND,Andorra,Q1,4,/);
      lines[4] = (lines[4] ?? '').replace(',Q1,4,', ',Q1,7,');
      writeFileSync(join(folder, 'wvs7_shares.csv'), lines.join('\r\n'));
      expect(() => loadHumanAnswers(items, { weights: 'weighted', folder })).toThrow(
        `${folder}/wvs7_shares.csv line 5 (AND Q1): found option_code 7. Expected an option (1, 2, 3, 4)`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
