import { describe, expect, it } from 'vitest';
import { countCells, sumCellCounts } from '../../lib/analysis/cell-counts.js';
import { scoreGrid } from '../../lib/analysis/score-grid.js';
import { someItems, worldOf } from './small-world.js';

const HUMAN = [
  [0.1, 0.2, null],
  [0.3, 0.4, 0.5],
];
const MODEL = [
  [0.5, null, null],
  [0.6, 0.7, 0.8],
];

describe('scoreGrid', () => {
  it('lines model and people up', () => {
    const grid = scoreGrid(worldOf(HUMAN, MODEL));
    expect(grid.rows).toEqual([
      [
        { human: 0.1, model: 0.5 },
        { human: 0.2, model: null },
        { human: null, model: null },
      ],
      [
        { human: 0.3, model: 0.6 },
        { human: 0.4, model: 0.7 },
        { human: 0.5, model: 0.8 },
      ],
    ]);
    expect(grid.scored).toHaveLength(4);
  });

  it('counts every cell once: used, unscored or without a human answer', () => {
    const grid = scoreGrid(worldOf(HUMAN, MODEL));
    expect(countCells(grid.rows.flat())).toEqual({
      expected: 6,
      used: 4,
      unscored: 1,
      withoutHumanAnswer: 1,
    });
    // The model's own count does not ask whether people answered.
    expect(grid.modelCells).toEqual({
      expected: 6,
      scored: 4,
      unscored: 2,
      unscoredByReason: [{ reason: 'two tokens', cells: 2 }],
      outside: 0,
    });
    const one = countCells([{ human: 1, model: null }]);
    expect(sumCellCounts([one, one])).toEqual({ expected: 2, used: 0, unscored: 2, withoutHumanAnswer: 0 });
    expect(sumCellCounts([])).toEqual({ expected: 0, used: 0, unscored: 0, withoutHumanAnswer: 0 });
  });

  it('tells reasons apart, most frequent first, missing cells and missing scores among them', () => {
    const world = worldOf(HUMAN, MODEL);
    const cells = world.cells
      .filter((cell) => !(cell.country === 'BBB' && cell.variable !== 'Q1'))
      .map((cell) => (cell.country === 'AAA' && cell.variable === 'Q1' ? { ...cell, meanScore: null } : cell))
      .map((cell) => (cell.country === 'AAA' && cell.variable === 'Q2' ? { ...cell, reason: null } : cell));
    expect(scoreGrid({ ...world, cells }).modelCells).toEqual({
      expected: 6,
      scored: 1,
      unscored: 5,
      unscoredByReason: [
        { reason: 'no reading', cells: 2 },
        { reason: 'scored without a mean score', cells: 1 },
        { reason: 'two tokens', cells: 1 },
        { reason: 'unscored without a reason', cells: 1 },
      ],
      outside: 0,
    });
  });

  it('counts cells that are about something else', () => {
    const world = worldOf(HUMAN, MODEL);
    const [first] = world.cells;
    if (first === undefined) {
      throw new Error('the world has cells');
    }
    const cells = [
      ...world.cells,
      { ...first, country: null },
      { ...first, country: 'ZZZ' },
      { ...first, variable: 'Q99' },
    ];
    const { modelCells } = scoreGrid({ ...world, cells });
    expect(modelCells).toMatchObject({ expected: 6, scored: 4, outside: 3 });
  });

  it('leaves out items that cannot be asked or carry no mean, by name', () => {
    const world = worldOf(HUMAN, MODEL);
    const [first, second, third] = someItems(3);
    if (first === undefined || second === undefined || third === undefined) {
      throw new Error('three items');
    }
    const items = [
      { ...first, canAsk: false, whyNotAsked: 'a list of parties' },
      { ...second, canMean: false, whyNoMean: 'no order' },
      third,
    ];
    const grid = scoreGrid({ ...world, items });
    expect(grid.items.map((item) => item.variable)).toEqual(['Q3']);
    expect(grid.leftOut).toEqual([
      { variable: 'Q1', reason: 'a list of parties' },
      { variable: 'Q2', reason: 'no order' },
    ]);
    expect(grid.modelCells).toMatchObject({ expected: 2, outside: 4 });
  });

  it('refuses a cell given twice and a score outside [-1, 1]', () => {
    const world = worldOf(HUMAN, MODEL);
    expect(() => scoreGrid({ ...world, cells: [...world.cells, ...world.cells] })).toThrow(
      'Computing agreement: the cell Q1 AAA is given twice. Expected one score for each item and country',
    );
    const beyond = worldOf(HUMAN, [[1.1, 0, 0], MODEL[1] ?? []]);
    expect(() => scoreGrid(beyond)).toThrow(
      'Computing agreement: the cell Q1 AAA has the mean score 1.1. Expected a number from -1 to 1',
    );
    expect(() => scoreGrid(worldOf(HUMAN, [[Number.NaN, 0, 0], MODEL[1] ?? []]))).toThrow(
      'has the mean score NaN',
    );
  });
});
