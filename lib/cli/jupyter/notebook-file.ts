import { z } from 'zod';
import { parseJson, readTextFile } from '../../files/read-json.js';

/** Text as nbformat stores it: one string, or lines that are to be joined. */
const multilineText = z.union([z.string(), z.array(z.string())]);

const streamOutput = z.looseObject({
  output_type: z.literal('stream'),
  name: z.enum(['stdout', 'stderr']),
  text: multilineText,
});
const errorOutput = z.looseObject({
  output_type: z.literal('error'),
  ename: z.string(),
  evalue: z.string(),
});
const dataOutput = z.looseObject({
  output_type: z.enum(['display_data', 'execute_result']),
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
});
const output = z.discriminatedUnion('output_type', [streamOutput, errorOutput, dataOutput]);

const codeCell = z.looseObject({
  cell_type: z.literal('code'),
  id: z.string().optional(),
  source: multilineText,
  metadata: z.record(z.string(), z.unknown()),
  execution_count: z.int().nullable(),
  outputs: z.array(output),
});
const textCell = z.looseObject({
  cell_type: z.enum(['markdown', 'raw']),
  id: z.string().optional(),
  source: multilineText,
  metadata: z.record(z.string(), z.unknown()),
});

const notebookSchema = z.looseObject({
  cells: z.array(z.discriminatedUnion('cell_type', [codeCell, textCell])),
  metadata: z.record(z.string(), z.unknown()),
  nbformat: z.literal(4),
  nbformat_minor: z.int(),
});

/** A Jupyter notebook (nbformat 4) as its file stores it; fields that nothing here reads are kept. */
export type Notebook = z.infer<typeof notebookSchema>;
export type NotebookCell = Notebook['cells'][number];
export type CodeCell = z.infer<typeof codeCell>;
export type NotebookOutput = z.infer<typeof output>;

/** The MIME type that JupyterLab's plotly extension and VS Code draw. */
export const PLOTLY_MIME_TYPE = 'application/vnd.plotly.v1+json';

/** Reads a notebook file. @throws InputError that names the file and the field. */
export function loadNotebook(path: string): Notebook {
  return parseNotebook(readTextFile(path, 'a notebook'), path);
}

/** The pure part of {@link loadNotebook}. */
export function parseNotebook(text: string, path: string): Notebook {
  return parseJson(text, notebookSchema, { what: 'a notebook', path });
}

/** The text of a notebook file, laid out as Jupyter writes it (sorted keys, indent 1), so that diffs stay small. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(withSortedKeys(notebook), null, 1)}\n`;
}

/** The code cells in reading order: cell n of a message is element n - 1. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === 'code');
}

/** Joins text that nbformat may have stored as lines. */
export function joinedText(text: string | readonly string[]): string {
  return typeof text === 'string' ? text : text.join('');
}

/** A copy whose objects list their keys in alphabetical order, at every depth. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withSortedKeys);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withSortedKeys(inner)]));
}
