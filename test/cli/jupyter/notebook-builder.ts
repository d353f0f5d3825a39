import type { Notebook, NotebookOutput } from '../../../lib/cli/jupyter/notebook-file.js';

export interface CellToBuild {
  readonly source: string;
  readonly outputs?: NotebookOutput[];
  /** Default: the cell's place among the code cells. */
  readonly count?: number | null;
  readonly id?: string;
  readonly metadata?: Record<string, unknown>;
}

/** A notebook of code cells, executed in order unless said otherwise. */
export function notebookOf(...cells: CellToBuild[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(({ source, outputs = [], count, id, metadata = {} }, index) => ({
      cell_type: 'code' as const,
      ...(id === undefined ? {} : { id }),
      source,
      metadata,
      outputs,
      execution_count: count === undefined ? index + 1 : count,
    })),
  };
}

export function stream(name: 'stdout' | 'stderr', text: string | string[]): NotebookOutput {
  return { output_type: 'stream', name, text };
}

export function shown(data: Record<string, unknown>): NotebookOutput {
  return { output_type: 'display_data', data, metadata: {} };
}

export function failed(ename: string, evalue: string): NotebookOutput {
  return { output_type: 'error', ename, evalue, traceback: [] };
}

/** A plotly output; `png` in base64. */
export function figure(content: unknown, png?: string): NotebookOutput {
  return shown({
    'application/vnd.plotly.v1+json': content,
    ...(png === undefined ? {} : { 'image/png': png }),
  });
}
