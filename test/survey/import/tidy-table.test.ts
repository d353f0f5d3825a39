import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCountries } from '../../../lib/survey/countries.js';
import { readTidyTable } from '../../../lib/survey/import/tidy-table.js';
import { sampleItem } from '../sample-item.js';

const countries = loadCountries();
const items = [sampleItem(), sampleItem({ variable: 'Q2', droppedCodes: [9] })];

function read(
  lines: readonly string[],
  { weighted = false, header = 'country,variable,option,share,n' } = {},
) {
  return readTidyTable(
    [header, ...lines].join('\n'),
    { path: 'table.csv', delimiter: ',' },
    {
      ...{ items, countries, weighted },
    },
  );
}

describe('readTidyTable', () => {
  it('reads shares; an option without a line has the share 0', () => {
    // Mean code .25 x 1 + .75 x 3 = 2.5; variance .25 x 2.25 + .75 x .25 = .75, times 100 / 99.
    const { shares, means, filledOptions, isPercent } = read(['DEU,Q1,1,0.25,100', 'DEU,Q1,3,0.75,100']);
    expect(shares.map(({ code, unweighted, weighted, n }) => [code, unweighted, weighted, n])).toEqual([
      [1, 0.25, null, 100],
      [2, 0, null, 100],
      [3, 0.75, null, 100],
    ]);
    expect(means[0]).toMatchObject({ unweighted: 2.5, weighted: null, n: 100 });
    expect(means[0]?.sdUnweighted).toBeCloseTo(Math.sqrt((0.75 * 100) / 99), 12);
    expect({ filledOptions, isPercent }).toEqual({ filledOptions: 1, isPercent: false });
  });

  it('reads percents, and makes rounded ones sum to 1', () => {
    const { shares, isPercent, largestMiss } = read(['DEU,Q1,1,33', 'DEU,Q1,2,33', 'DEU,Q1,3,33'], {
      header: 'country,variable,option,share',
    });
    expect(isPercent).toBe(true);
    expect(largestMiss).toBeCloseTo(0.01, 12);
    expect(shares.map(({ unweighted }) => unweighted)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(shares.every(({ n }) => n === null)).toBe(true);
  });

  it('gives a special code a share and no part in the mean', () => {
    const { shares, means } = read(['DEU,Q2,1,0.4,10', 'DEU,Q2,2,0.4,10', 'DEU,Q2,9,0.2,10']);
    expect(shares.map(({ code }) => code)).toEqual([1, 2, 3, 9]);
    expect(means[0]).toMatchObject({ n: 8 });
    expect(means[0]?.unweighted).toBeCloseTo(1.5, 12);
  });

  it('does not depend on the order of the lines', () => {
    const lines = ['DEU,Q1,1,0.5,9', 'DEU,Q1,2,0.25,9', 'DEU,Q1,3,0.25,9', 'AND,Q1,1,1,8', 'DEU,Q2,1,1,7'];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        const { shares, means } = read(shuffled);
        expect({ shares, means }).toEqual({ shares: read(lines).shares, means: read(lines).means });
      }),
    );
  });

  it.each([
    [
      'a country that is not known',
      ['GER,Q1,1,1,5'],
      'line 2, column country: found "GER", expected an ISO3 code',
    ],
    [
      'a variable that is not known',
      ['DEU,Q9,1,1,5'],
      'line 2, column variable: found "Q9", expected a variable',
    ],
    [
      'an option outside the item',
      ['DEU,Q1,1,1,5', 'DEU,Q1,4,0,5'],
      'line 3, column option: found "4", expected an option of Q1: 1, 2, 3',
    ],
    ['a missing code', ['DEU,Q1,-1,1,5'], 'found "-1", expected an option of Q1'],
    [
      'text for a share',
      ['DEU,Q1,1,much,5'],
      'line 2, column share: found "much", expected a number from 0 to 100',
    ],
    ['no share', ['DEU,Q1,1,,5'], 'column share: found "", expected a number'],
    [
      'an option twice',
      ['DEU,Q1,1,0.5,5', 'DEU,Q1,1,0.5,5'],
      'line 3, column option: found "1", expected each option of a cell once',
    ],
    [
      'two numbers of people',
      ['DEU,Q1,1,0.5,5', 'DEU,Q1,2,0.5,6'],
      'line 3, column n: found "6", expected 5, as in line 2',
    ],
    ['nobody', ['DEU,Q1,1,1,0'], 'column n: found "0", expected a whole number above 0, or nothing'],
    [
      'a sum that is not 1',
      ['DEU,Q1,1,0.5,5', 'DEU,Q1,2,0.4,5'],
      'line 2, cell DEU Q1: the shares sum to 0.9000. Expected 1 within 0.02.',
    ],
    [
      'a cell in percent among shares',
      ['DEU,Q1,1,1,5', 'AND,Q1,1,1,5', 'AUS,Q1,1,100,5'],
      'line 4, cell AUS Q1: the shares sum to 100.0000. Expected 1',
    ],
    ['only special codes', ['DEU,Q2,9,1,5'], 'cell DEU Q2: every answer has a special code (9)'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => read(lines)).toThrow(message);
  });

  it('refuses a table without a column, and an empty one', () => {
    expect(() => read(['DEU,Q1,1'], { header: 'country,variable,option' })).toThrow(
      'table.csv lacks the column share. Found: country, variable, option.',
    );
    expect(() => read([])).toThrow(
      'has no data rows. Expected the columns country, variable, option, share.',
    );
  });
});
