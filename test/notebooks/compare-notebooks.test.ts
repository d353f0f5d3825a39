import { describe, expect, test } from 'vitest';
import type { NotebookOutput } from '../../lib/cli/jupyter/notebook-file.js';
import { figure, notebookOf, shown, stream } from '../cli/jupyter/notebook-builder.js';
import { compareNotebooks } from './compare-notebooks.js';

const compare = (before: NotebookOutput[], after: NotebookOutput[], metadata = {}) =>
  compareNotebooks(
    notebookOf({ source: 'a', outputs: before, metadata }),
    notebookOf({ source: 'a', outputs: after, metadata }),
  );

describe('compareNotebooks', () => {
  test('the same outputs, with text split differently and another PNG', () => {
    const bars = { data: [{ y: [1] }], layout: {} };
    const reordered = { layout: {}, data: [{ y: [1] }] };
    expect(
      compare(
        [stream('stdout', 'a\nb'), figure(bars, 'AAAA')],
        [stream('stdout', ['a\n', 'b']), figure(reordered, 'BBBB')],
      ),
    ).toEqual([]);
  });

  test('numbers within 0.002, absolute or relative, count as equal', () => {
    expect(compare([stream('stdout', 'r = 0.853')], [stream('stdout', 'r = 0.8545')])).toEqual([]);
    expect(compare([stream('stdout', '10000')], [stream('stdout', '10019')])).toEqual([]);
    expect(compare([stream('stdout', '-0.001')], [stream('stdout', '0.0005')])).toEqual([]);
    // .856 - .853 = .003 > .002
    expect(compare([stream('stdout', 'r = 0.853')], [stream('stdout', 'r = 0.856')])).toEqual([
      { cell: 1, text: 'shows "r = 0.856", committed is "r = 0.853"' },
    ]);
  });

  test('numbers inside tables and figures are compared as well', () => {
    const tableOf = (value: string): NotebookOutput => shown({ 'text/html': [`<td>${value}</td>`] });
    expect(compare([tableOf('12')], [tableOf('12')])).toEqual([]);
    expect(compare([tableOf('12')], [tableOf('13')])).toHaveLength(1);
    expect(compare([figure({ data: [{ y: [0.5] }] })], [figure({ data: [{ y: [0.6] }] })])).toHaveLength(1);
  });

  test('words that differ, and outputs that are missing', () => {
    expect(compare([stream('stdout', 'Peru leads')], [stream('stdout', 'Chile leads')])).toHaveLength(1);
    expect(compare([stream('stdout', 'x')], [])).toEqual([{ cell: 1, text: 'shows "", committed is "x"' }]);
  });

  test('a cell tagged varies is left out', () => {
    expect(compare([stream('stdout', 'v20.1')], [stream('stdout', 'v22.9')], { tags: ['varies'] })).toEqual(
      [],
    );
  });

  test('another number of cells', () => {
    expect(compareNotebooks(notebookOf({ source: 'a' }), notebookOf())).toEqual([
      { cell: 1, text: '0 code cells, 1 in the committed notebook.' },
    ]);
  });
});
