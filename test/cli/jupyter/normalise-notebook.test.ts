import { describe, expect, test } from 'vitest';
import { normaliseNotebook } from '../../../lib/cli/jupyter/normalise-notebook.js';
import { formatNotebook, parseNotebook } from '../../../lib/cli/jupyter/notebook-file.js';
import { notebookOf, stream } from './notebook-builder.js';

describe('normaliseNotebook', () => {
  test('drops times and editor state, keeps what the author said', () => {
    const metadata = { execution: { 'iopub.status.busy': '2026-01-01' }, scrolled: true, tags: ['varies'] };
    const notebook = notebookOf({ source: 'a', metadata });
    const messy = {
      ...notebook,
      metadata: { kernelspec: { name: 'tslab' }, widgets: {}, language_info: { name: 'x' } },
    };
    const clean = normaliseNotebook(messy);
    expect(clean.cells[0]?.metadata).toEqual({ tags: ['varies'] });
    expect(clean.metadata).toEqual({ kernelspec: { name: 'tslab' }, language_info: { name: 'x' } });
  });

  test('keeps ids, and makes missing or repeated ones from the text', () => {
    const notebook = notebookOf(
      { source: 'a', id: 'mine' },
      { source: 'b', id: 'mine' },
      { source: 'c' },
      { source: 'c' },
    );
    const ids = normaliseNotebook(notebook).cells.map((cell) => cell.id);
    // sha256("b") begins 3e23e816, sha256("c") begins 2e7d2c03 (sha256sum).
    expect(ids).toEqual(['mine', 'cell-3e23e816', 'cell-2e7d2c03', 'cell-2e7d2c03-2']);
  });

  test('joins the pieces in which the kernel happened to send its text', () => {
    const pieces = [
      stream('stdout', 'a\nb'),
      stream('stdout', ['c\n', 'd']),
      stream('stderr', 'e'),
      stream('stdout', 'f'),
    ];
    const [cell] = normaliseNotebook(notebookOf({ source: 'x', outputs: pieces })).cells;
    expect(cell).toMatchObject({
      outputs: [{ text: ['a\n', 'bc\n', 'd'] }, { name: 'stderr', text: 'e' }, { name: 'stdout', text: 'f' }],
    });
  });

  test('done twice is done once, also through the file format', () => {
    const notebook = notebookOf(
      { source: 'a', outputs: [stream('stdout', 'x'), stream('stdout', 'y')] },
      { source: 'a' },
    );
    const once = normaliseNotebook(notebook);
    expect(normaliseNotebook(once)).toEqual(once);
    expect(formatNotebook(normaliseNotebook(parseNotebook(formatNotebook(once), 'x')))).toBe(
      formatNotebook(once),
    );
  });
});
