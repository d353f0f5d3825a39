import { describe, expect, test } from 'vitest';
import { checkNotebook, describeProblem } from '../../../lib/cli/jupyter/check-notebook.js';
import type { Notebook } from '../../../lib/cli/jupyter/notebook-file.js';
import { failed, figure, notebookOf, shown, stream } from './notebook-builder.js';

const told = (notebook: Notebook, options = {}): string[] =>
  checkNotebook(notebook, options).map(describeProblem);
const bars = { data: [{ type: 'bar', y: [1, 2] }], layout: {} };

describe('a notebook that is fine', () => {
  test('prints on stdout, shows HTML and figures', () => {
    const notebook = notebookOf(
      { source: '1', outputs: [stream('stdout', ['1\n'])] },
      { source: 'show()', outputs: [figure(bars), shown({ 'text/html': '<b>x</b>' })] },
    );
    expect(told(notebook)).toEqual([]);
  });

  test('text cells are not counted', () => {
    const notebook = notebookOf({ source: '1', count: 2 });
    const text = { cell_type: 'markdown' as const, source: 'words', metadata: {} };
    expect(told({ ...notebook, cells: [text, ...notebook.cells] })).toEqual([
      'cell 1: executed out of order: It ran as number 2; expected one run from top to bottom.',
    ]);
  });
});

describe('execution', () => {
  test('no code cell at all', () => {
    expect(told(notebookOf())).toEqual(['nothing to execute: The notebook has no code cell.']);
  });

  test('a cell that was not run is named by its first line', () => {
    expect(told(notebookOf({ source: 'const a = 1;\na;', count: null }))).toEqual([
      'cell 1: not executed: const a = 1;',
    ]);
  });

  test('an empty cell, which Jupyter never runs', () => {
    expect(told(notebookOf({ source: '  \n', count: null }))).toEqual([
      'cell 1: not executed: (an empty cell)',
    ]);
  });

  test('cells run in another order, or twice', () => {
    expect(told(notebookOf({ source: 'a', count: 2 }, { source: 'b', count: 1 }))).toHaveLength(2);
    expect(told(notebookOf({ source: 'a', count: 1 }, { source: 'b', count: 3 }))).toEqual([
      'cell 2: executed out of order: It ran as number 3; expected one run from top to bottom.',
    ]);
  });
});

describe('errors', () => {
  test('any stderr output, however the text is stored', () => {
    const notebook = notebookOf(
      { source: 'a', outputs: [stream('stderr', 'a warning\nand more')] },
      { source: 'b', outputs: [stream('stderr', ['(node:1) ', 'ExperimentalWarning\n'])] },
    );
    expect(told(notebook)).toEqual([
      'cell 1: stderr output: a warning',
      'cell 2: stderr output: (node:1) ExperimentalWarning',
    ]);
  });

  test('a TypeScript diagnostic, with and without a file name', () => {
    const notebook = notebookOf(
      { source: 'a', outputs: [stream('stderr', "1:7 - Cannot find name 'b'.\n")] },
      { source: 'b', outputs: [stream('stderr', 'lib.ts 12:3 - Expected 1 arguments, but got 2.\n')] },
    );
    expect(told(notebook)).toEqual([
      "cell 1: type error: 1:7 - Cannot find name 'b'.",
      'cell 2: type error: lib.ts 12:3 - Expected 1 arguments, but got 2.',
    ]);
  });

  test('a rejection goes before other text on stderr', () => {
    const text = 'first\nUnhandledPromiseRejection: Error: lost\n    at x\n';
    expect(told(notebookOf({ source: 'a', outputs: [stream('stderr', text)] }))).toEqual([
      'cell 1: unhandled rejection: UnhandledPromiseRejection: Error: lost',
    ]);
  });

  test('a thrown error is told once, by the line that names it', () => {
    const text = 'evalmachine.<anonymous>:2\nthrow new RangeError("far");\n^\n\nRangeError: far\n    at x';
    const outputs = [stream('stderr', text), failed('Error', text)];
    expect(told(notebookOf({ source: 'a', outputs }))).toEqual(['cell 1: thrown error: RangeError: far']);
  });

  test('a failure without such a line keeps its name', () => {
    const outputs = [failed('Timeout', 'The notebook was stopped after 9 s.')];
    expect(told(notebookOf({ source: 'a', outputs, count: null }))).toEqual([
      'cell 1: thrown error: Timeout: The notebook was stopped after 9 s.',
    ]);
  });
});

describe('figures', () => {
  test('stored as text or as an array', () => {
    const notebook = notebookOf({ source: 'a', outputs: [figure(JSON.stringify(bars)), figure([bars])] });
    expect(told(notebook)).toEqual([
      'cell 1: plotly figure is text: The figure was stored as string; expected an object.',
      'cell 1: plotly figure is text: The figure was stored as an array; expected an object.',
    ]);
  });

  test('without traces', () => {
    const text = 'cell 1: plotly figure without data: Its data holds no trace.';
    expect(told(notebookOf({ source: 'a', outputs: [figure({ layout: {} })] }))).toEqual([text]);
    expect(told(notebookOf({ source: 'a', outputs: [figure({ data: [], layout: {} })] }))).toEqual([text]);
  });

  test('without a PNG, only where one is required', () => {
    const notebook = notebookOf({ source: 'a', outputs: [figure(bars)] });
    expect(told(notebook)).toEqual([]);
    expect(told(notebook, { requirePng: true })).toEqual([
      'cell 1: plotly figure without PNG: Expected image/png beside the figure. Run npx culture-lens notebooks.',
    ]);
  });

  test('the size of a PNG is that of its bytes, not of their base64 text', () => {
    // 6 bytes are 8 characters of base64.
    const notebook = notebookOf({ source: 'a', outputs: [figure(bars, Buffer.alloc(6).toString('base64'))] });
    expect(told(notebook, { requirePng: true, largestPng: 6 })).toEqual([]);
    expect(told(notebook, { requirePng: true, largestPng: 5 })).toEqual([
      'cell 1: PNG too large: 6 bytes; at most 5.',
    ]);
  });
});
