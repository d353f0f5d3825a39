import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatNotebook, loadNotebook, parseNotebook } from '../../../lib/cli/jupyter/notebook-file.js';
import { notebookOf } from './notebook-builder.js';

const written = join(import.meta.dirname, '..', '..', 'notebooks', 'good.ipynb');

describe('the notebook file', () => {
  test('is laid out exactly as nbformat lays it out', () => {
    // good.ipynb was written by Python's nbformat.
    expect(formatNotebook(loadNotebook(written))).toBe(readFileSync(written, 'utf8'));
  });

  test('keeps fields that nobody here reads', () => {
    const text = JSON.stringify({ ...notebookOf({ source: 'a' }), future: { kept: true } });
    expect(JSON.parse(formatNotebook(parseNotebook(text, 'x.ipynb')))).toMatchObject({
      future: { kept: true },
    });
  });

  test('names the cell and field that is wrong', () => {
    const notebook = notebookOf({ source: 'a' }, { source: 'b' });
    const broken = {
      ...notebook,
      cells: [notebook.cells[0], { ...notebook.cells[1], execution_count: 'two' }],
    };
    expect(() => parseNotebook(JSON.stringify(broken), 'x.ipynb')).toThrow(
      /^Reading a notebook: x\.ipynb does not have the expected shape\.\n {2}cells\.1\.execution_count: .*\(found "two"\)$/,
    );
  });

  test('refuses the old format by name', () => {
    const old = JSON.stringify({ ...notebookOf(), nbformat: 3 });
    expect(() => parseNotebook(old, 'old.ipynb')).toThrow(
      'old.ipynb does not have the expected shape.\n  nbformat: ',
    );
  });

  test('a missing file says what it was for', () => {
    expect(() => loadNotebook('/nowhere/x.ipynb')).toThrow(
      'Reading a notebook: /nowhere/x.ipynb cannot be read',
    );
  });
});
