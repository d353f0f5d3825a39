import {
  codeCells,
  joinedText,
  type Notebook,
  type NotebookOutput,
  withSortedKeys,
} from '../../lib/cli/jupyter/notebook-file.js';

/** Numbers count as equal up to this, absolute or relative: different processors round log-probabilities differently. */
const TOLERANCE = 2e-3;
/** A cell with this tag prints what differs between machines (versions, times) and is not compared. */
export const VARIES_TAG = 'varies';

/** A code cell whose outputs are not those of the other run. */
export interface OutputDifference {
  /** Which code cell, counted from 1. */
  readonly cell: number;
  readonly text: string;
}

/**
 * Where a fresh run of a notebook shows something else than the committed one: text, tables and figures are compared
 * piece by piece, numbers with a tolerance, PNGs not at all.
 */
export function compareNotebooks(committed: Notebook, fresh: Notebook): OutputDifference[] {
  const freshCells = codeCells(fresh);
  const committedCells = codeCells(committed);
  if (freshCells.length !== committedCells.length) {
    const text = `${freshCells.length} code cells, ${committedCells.length} in the committed notebook.`;
    return [{ cell: 1, text }];
  }
  return committedCells.flatMap((cell, index) => {
    const tags = cell.metadata.tags;
    if (Array.isArray(tags) && tags.includes(VARIES_TAG)) {
      return [];
    }
    const text = firstDifference(textOf(cell.outputs), textOf(freshCells[index]?.outputs ?? []));
    return text === null ? [] : [{ cell: index + 1, text }];
  });
}

function textOf(outputs: readonly NotebookOutput[]): string {
  return outputs
    .map((output) => {
      switch (output.output_type) {
        case 'stream':
          return joinedText(output.text);
        case 'error':
          return `${output.ename}: ${output.evalue}\n`;
        default:
          return dataText(output.data);
      }
    })
    .join('');
}

function dataText(data: Record<string, unknown>): string {
  const shown = Object.entries(data).filter(([mimeType]) => mimeType !== 'image/png');
  return `${JSON.stringify(withSortedKeys(shown.map(([mimeType, content]) => [mimeType, joinedIfLines(content)])))}\n`;
}

function joinedIfLines(content: unknown): unknown {
  return Array.isArray(content) && content.every((line) => typeof line === 'string')
    ? content.join('')
    : content;
}

const PIECE = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[^\d-]+|-/g;

function firstDifference(committed: string, fresh: string): string | null {
  const before = committed.match(PIECE) ?? [];
  const after = fresh.match(PIECE) ?? [];
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    if (!samePiece(before[index], after[index])) {
      const from = Math.max(0, index - 3);
      const show = (pieces: readonly string[]): string =>
        pieces
          .slice(from, index + 3)
          .join('')
          .slice(0, 80);
      return `shows ${JSON.stringify(show(after))}, committed is ${JSON.stringify(show(before))}`;
    }
  }
  return null;
}

function samePiece(before: string | undefined, after: string | undefined): boolean {
  if (before === after) {
    return true;
  }
  const [a, b] = [Number(before), Number(after)];
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a));
}
