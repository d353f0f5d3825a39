import { describe, expect, test } from 'vitest';
import { withFigurePngs } from '../../../lib/cli/jupyter/figure-pngs.js';
import { codeCells } from '../../../lib/cli/jupyter/notebook-file.js';
import { InputError } from '../../../lib/files/input-error.js';
import { figure, notebookOf, stream } from './notebook-builder.js';

const bars = (value: number) => ({ data: [{ y: [value] }], layout: { title: 'x' } });
const drawn: object[] = [];
const draw = async (content: object): Promise<Uint8Array> => {
  drawn.push(content);
  return new Uint8Array([1, 2, 3]);
};

/** An output with a figure, its picture and the picture's text. */
const drawnFigure = (content: object, png: string): object => ({
  ...figure(content, png),
  metadata: { 'image/png': { alt: 'x' } },
});

describe('withFigurePngs', () => {
  test('puts the PNG into the output of the figure, in base64 with a line end, and its title as the text of the picture', async () => {
    const notebook = notebookOf({ source: 'a', outputs: [stream('stdout', 'x'), figure(bars(1))] });
    const result = await withFigurePngs(notebook, null, draw);
    // bytes 1 2 3 = 000000 010000 001000 000011 = A Q I D
    expect(codeCells(result)[0]?.outputs).toEqual([stream('stdout', 'x'), drawnFigure(bars(1), 'AQID\n')]);
    // The notebook given is left alone.
    expect(codeCells(notebook)[0]?.outputs[1]).toEqual(figure(bars(1)));
  });

  test('an unchanged figure keeps its committed PNG, whatever the order of its keys', async () => {
    drawn.length = 0;
    const sameFigure = { layout: { title: 'x' }, data: [{ y: [1] }] };
    const before = notebookOf({ source: 'old', outputs: [figure(sameFigure, 'T0xE\n')] });
    const notebook = notebookOf({ source: 'new', outputs: [figure(bars(1)), figure(bars(2))] });
    const outputs = codeCells(await withFigurePngs(notebook, before, draw))[0]?.outputs;
    expect(outputs).toEqual([drawnFigure(bars(1), 'T0xE\n'), drawnFigure(bars(2), 'AQID\n')]);
    expect(drawn).toEqual([bars(2)]);
  });

  test('a figure that cannot be drawn is named by its cell', async () => {
    const notebook = notebookOf({ source: 'a' }, { source: 'b', outputs: [figure(bars(1))] });
    const refuse = async (): Promise<Uint8Array> => {
      throw new InputError('plotly refused it.');
    };
    await expect(withFigurePngs(notebook, null, refuse)).rejects.toThrow('cell 2: plotly refused it.');
  });
});
