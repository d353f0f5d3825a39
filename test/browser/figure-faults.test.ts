import { describe, expect, test } from 'vitest';
import { FIGURE_EXAMPLES } from '../support/figure-examples.js';
import { expectedMarks, MARK_SELECTORS, marksOfTrace } from './expected-marks.js';
import { faultsOf, titledAxes } from './figure-faults.js';

const bars = { type: 'bar', x: ['a', 'b', 'c'], y: [1, 0, null], text: ['1', '0', '–'] };
const titled = { xaxis: { title: { text: 'answer' } }, yaxis: { title: { text: 'share' } } };

describe('the marks that a figure asks for', () => {
  test.each(Object.entries(FIGURE_EXAMPLES))(
    '%s: those counted by hand, and no fault',
    (_, { figure, marks }) => {
      const bySelector = Object.fromEntries(
        Object.entries(expectedMarks(figure)).map(([kind, count]) => [
          MARK_SELECTORS[kind as keyof typeof MARK_SELECTORS],
          count,
        ]),
      );
      const byHand = Object.fromEntries(
        Object.entries(marks).map(([selector, count]) => [
          selector.replace('.trace path.box', 'path.box'),
          count,
        ]),
      );
      expect(bySelector).toMatchObject(byHand);
      expect(faultsOf(figure)).toEqual([]);
    },
  );

  test('a gap has no mark, a bar of length 0 only its number', () => {
    expect(marksOfTrace(bars)).toEqual({ bars: 1, 'bar texts': 2 });
    // Two runs of neighbours, and one point on its own.
    const y = [1, 2, null, 3, 4, 5, null, 6];
    expect(marksOfTrace({ type: 'scatter', mode: 'lines', x: y.map((_, x) => x), y })).toMatchObject({
      lines: 2,
      points: 0,
    });
  });

  test('an unknown type of trace is refused', () => {
    expect(() => marksOfTrace({ type: 'pie' })).toThrow(/no rule for traces of type pie\.$/);
  });
});

describe('the faults of a figure', () => {
  test('an emptied trace, beside a full one and alone', () => {
    const emptied = { type: 'bar', x: [], y: [] };
    expect(faultsOf({ data: [bars, emptied], layout: titled })).toEqual(['trace 2 holds no data']);
    expect(faultsOf({ data: [emptied], layout: titled })).toEqual([
      'no trace has a mark',
      'trace 1 holds no data',
    ]);
  });

  test('an axis that says nothing', () => {
    const layout = { xaxis: { title: { text: ' ' } }, yaxis: { title: { text: 'share' } } };
    expect(faultsOf({ data: [{ type: 'scatter', mode: 'markers', x: [1], y: [2] }], layout })).toEqual([
      'axis x has neither a title nor names along it',
    ]);
    // Names along it say enough.
    expect(faultsOf({ data: [bars], layout })).toEqual([]);
    expect(titledAxes({ ...layout, xaxis2: {}, title: { text: 'no axis' } })).toEqual(['x', 'y']);
  });
});
