import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataFrame } from '../../lib/notebook/data-frame.js';
import { show, table } from '../../lib/notebook/display.js';
import { notebookProgress } from '../../lib/notebook/progress.js';
import { type Displayed, startFakeKernel } from './fake-kernel.js';

describe('inside a notebook', () => {
  let displayed: Displayed[];
  let stop: () => void;
  beforeEach(() => {
    ({ displayed, stop } = startFakeKernel());
  });
  afterEach(() => stop());

  test('a figure is displayed as an object of the plotly MIME type, and in words below it', () => {
    show({ data: [{ type: 'bar', x: ['Peru'], y: new Float64Array([0.25]) }], layout: {} });
    const content = { data: [{ type: 'bar', x: ['Peru'], y: [0.25] }], layout: {} };
    expect(displayed).toMatchObject([
      { display: 0, mimeType: 'application/vnd.plotly.v1+json', content },
      { display: 0, mimeType: 'text/html', content: expect.stringContaining('<li>Peru 0.25.</li>') },
    ]);
  });

  test('records are displayed as a table', () => {
    table([{ country: 'Peru', r: 0.5 }], { caption: 'Agreement' });
    expect(displayed).toMatchObject([
      { mimeType: 'text/html', content: expect.stringContaining('>0.500</td>') },
    ]);
  });

  test('a DataFrame is displayed like the records that it was made from', async () => {
    const rows = [
      { country: 'Peru', r: 0.5 },
      { country: 'Japan', r: null },
    ];
    table(rows);
    table(await dataFrame(rows));
    expect(displayed[1]).toEqual(displayed[0]);
  });

  test('a bad figure displays nothing', () => {
    expect(() => show({ data: [{ y: [Number.NaN] }], layout: {} })).toThrow('figure.data[0].y[0] is NaN');
    expect(displayed).toEqual([]);
  });
});

describe('outside a notebook', () => {
  const message = 'Displaying in a notebook: no tslab kernel is running here.';

  test('everything that displays says so, in one line', () => {
    expect(() => show({ data: [{ y: [1] }], layout: {} })).toThrow(message);
    expect(() => table([{ a: 1 }])).toThrow(message);
    expect(() => notebookProgress()).toThrow(message);
  });
});
