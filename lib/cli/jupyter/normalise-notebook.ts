import { sha256OfText } from '../../files/hash.js';
import { joinedText, type Notebook, type NotebookCell } from './notebook-file.js';

/** Fields of a cell's metadata that say when or by whom it was last looked at, not what it is. */
const VOLATILE_CELL_METADATA = [
  'execution',
  'ExecuteTime',
  'collapsed',
  'scrolled',
  'jupyter',
  'trusted',
  'editable',
];
/** What a notebook's metadata keeps: how to run it, nothing of the editor that was open. */
const LASTING_METADATA = ['kernelspec', 'language_info'];

/**
 * A copy fit for committing: executing the same notebook again gives the same text. Times and editor state go; every
 * cell gets an id that stays (its own when it has one, else one made from its text).
 */
export function normaliseNotebook(notebook: Notebook): Notebook {
  const taken = new Set<string>();
  return {
    ...notebook,
    nbformat_minor: Math.max(notebook.nbformat_minor, 5),
    metadata: keepOnly(notebook.metadata, LASTING_METADATA),
    cells: notebook.cells.map((cell) => {
      const id = freeId(cell, taken);
      taken.add(id);
      const metadata = without(cell.metadata, VOLATILE_CELL_METADATA);
      return cell.cell_type === 'code'
        ? { ...cell, id, metadata, outputs: mergedStreams(cell.outputs) }
        : { ...cell, id, metadata };
    }),
  };
}

function freeId(cell: NotebookCell, taken: ReadonlySet<string>): string {
  if (cell.id !== undefined && !taken.has(cell.id)) {
    return cell.id;
  }
  const base = `cell-${sha256OfText(joinedText(cell.source)).slice(0, 8)}`;
  let id = base;
  for (let copy = 2; taken.has(id); copy += 1) {
    id = `${base}-${copy}`;
  }
  return id;
}

type Outputs = Extract<NotebookCell, { cell_type: 'code' }>['outputs'];

// The kernel sends text in pieces whose borders depend on timing.
function mergedStreams(outputs: Outputs): Outputs {
  const merged: Outputs = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      const text = joinedText(last.text) + joinedText(output.text);
      merged[merged.length - 1] = { ...last, text: linesOf(text) };
    } else {
      merged.push(output);
    }
  }
  return merged;
}

/** Text as nbformat writes it: lines that keep their line ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function keepOnly(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

function without(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
