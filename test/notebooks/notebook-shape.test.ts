import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listNotebooks } from '../../lib/cli/jupyter/commit-notebooks.js';
import { loadNotebook } from '../../lib/cli/jupyter/notebook-file.js';
import { shapeProblems } from './notebook-shape.js';

const paths = listNotebooks();

it.each(paths.map((path) => ({ path, name: basename(path) })))(
  'notebooks/$name has the shape of a lesson',
  ({ path }) => {
    expect(shapeProblems(loadNotebook(path))).toEqual([]);
  },
);

describe('the shape of a lesson', () => {
  const [first = ''] = paths;
  const changed = (from: string | RegExp, to: string): string[] => {
    const notebook = loadNotebook(first);
    const text = JSON.stringify(notebook.cells).replace(from, to);
    return shapeProblems({ ...notebook, cells: JSON.parse(text) });
  };

  it.each([
    [/\?\\n/, '.\\n', 'the title is no question'],
    ['You need:', 'You want:', 'does not say what is needed'],
    ['## What did we learn?', '## Summary', 'there is no part: what did we learn'],
    ['## Try it', 'r is 0.83 here.\\n## Try it', 'the number 0.83 stands in the prose'],
    ['## Try it', 'r is .83 here.\\n## Try it', 'the number .83 stands in the prose'],
    ["from 'culture-lens'", "from 'node:fs'", 'imports node:fs'],
    ['const model = ', 'function f() {}\\nconst model = ', 'defines a function'],
  ])('is not that of a notebook with %s as %s', (from, to, problem) => {
    expect(changed(from, to).join('\n')).toContain(problem);
  });
});
