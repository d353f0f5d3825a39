import { describe, expect, test } from 'vitest';
import { plainFigure } from '../../lib/notebook/plain-figure.js';

describe('plainFigure', () => {
  test('survives JSON unchanged, typed arrays as arrays and absent fields absent', () => {
    const figure = {
      data: [
        { y: new Float64Array([0.5, -1]), z: [new Int32Array([1])], text: ['a', null], name: undefined },
      ],
      layout: { showlegend: false },
    };
    const plain = plainFigure(figure);
    expect(plain).toEqual({
      data: [{ y: [0.5, -1], z: [[1]], text: ['a', null] }],
      layout: { showlegend: false },
    });
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
    expect(Object.keys(plain.data[0] ?? {})).not.toContain('name');
  });

  test('copies: a later change of the figure does not reach what was shown', () => {
    const trace = { y: [1] };
    const plain = plainFigure({ data: [trace], layout: {} });
    trace.y.push(2);
    expect(plain.data).toEqual([{ y: [1] }]);
  });

  test.each([
    [{ y: [1, Number.NaN] }, 'figure.data[0].y[1] is NaN. Expected a finite number, or null for a gap.'],
    [{ y: new Float64Array([Number.NEGATIVE_INFINITY]) }, 'figure.data[0].y[0] is -Infinity.'],
    [{ marker: { size: () => 1 } }, 'figure.data[0].marker.size is a function. Expected plain data.'],
    [{ ids: [1n] }, 'figure.data[0].ids[0] is a bigint.'],
    // An array with a hole, which JSON would turn into null.
    [{ y: Array(1) }, 'figure.data[0].y[0] is a undefined.'],
  ])('names the place of a value that JSON cannot hold: %o', (trace, message) => {
    expect(() => plainFigure({ data: [trace], layout: {} })).toThrow(`Showing a figure: ${message}`);
  });

  test('nothing to draw', () => {
    const message = 'Showing a figure: its data holds no trace.';
    expect(() => plainFigure({ data: [], layout: {} })).toThrow(message);
    expect(() => plainFigure({ layout: {} } as never)).toThrow(message);
  });
});
