import {
  type CodeCell,
  codeCells,
  joinedText,
  type Notebook,
  type NotebookOutput,
  PLOTLY_MIME_TYPE,
} from './notebook-file.js';

/** Something wrong in an executed notebook. */
export interface NotebookProblem {
  readonly kind:
    | 'nothing to execute'
    | 'not executed'
    | 'executed out of order'
    | 'type error'
    | 'thrown error'
    | 'unhandled rejection'
    | 'stderr output'
    | 'plotly figure is text'
    | 'plotly figure without data'
    | 'plotly figure without PNG'
    | 'PNG too large';
  /** Which code cell, counted from 1; null when it is about the whole notebook. */
  readonly cell: number | null;
  readonly text: string;
}

export interface CheckOptions {
  /** Whether each plotly figure needs a PNG beside it, as in committed notebooks. Default: false. */
  readonly requirePng?: boolean;
  /** Largest PNG allowed, in bytes. Default: 60,000. */
  readonly largestPng?: number;
}

/** The largest PNG that a committed notebook may carry, in bytes. */
export const LARGEST_PNG = 60_000;

// tslab prints diagnostics as "[file ]line:column - message", and stray rejections under this name.
const DIAGNOSTIC = /^(?:\S+ )?\d+:\d+ - .+$/m;
const STRAY_REJECTION = /^UnhandledPromiseRejection: .*$/m;

/**
 * Looks through an executed notebook for everything that must not be in one: cells that did not run (or not in one go
 * from top to bottom), errors, anything on stderr, and figures that no viewer would draw. Empty when all is well.
 */
export function checkNotebook(notebook: Notebook, options: CheckOptions = {}): NotebookProblem[] {
  const cells = codeCells(notebook);
  if (cells.length === 0) {
    return [{ kind: 'nothing to execute', cell: null, text: 'The notebook has no code cell.' }];
  }
  return cells.flatMap((cell, index) => {
    const failure = failureProblem(cell, index + 1);
    // What a failed cell printed on stderr is the failure itself, told once.
    return failure !== null
      ? [failure]
      : [
          ...executionProblems(cell, index + 1),
          ...stderrProblems(cell, index + 1),
          ...cell.outputs.flatMap((output) => outputProblems(output, index + 1, options)),
        ];
  });
}

/** One line for each problem: "cell 3: thrown error: ...". */
export function describeProblem(problem: NotebookProblem): string {
  const place = problem.cell === null ? '' : `cell ${problem.cell}: `;
  return `${place}${problem.kind}: ${problem.text}`;
}

function failureProblem(cell: CodeCell, number: number): NotebookProblem | null {
  const error = cell.outputs.find((output) => output.output_type === 'error');
  if (error === undefined) {
    return null;
  }
  const diagnostic = DIAGNOSTIC.exec(error.evalue)?.[0];
  if (diagnostic !== undefined) {
    return { kind: 'type error', cell: number, text: diagnostic };
  }
  // Node's report begins with the place in the source; the line that names the error is further down.
  const named = /^\w*Error: .*$/m.exec(error.evalue)?.[0];
  return { kind: 'thrown error', cell: number, text: named ?? `${error.ename}: ${firstLine(error.evalue)}` };
}

function executionProblems(cell: CodeCell, number: number): NotebookProblem[] {
  if (cell.execution_count === null) {
    return [
      { kind: 'not executed', cell: number, text: firstLine(joinedText(cell.source)) || '(an empty cell)' },
    ];
  }
  if (cell.execution_count !== number) {
    const text = `It ran as number ${cell.execution_count}; expected one run from top to bottom.`;
    return [{ kind: 'executed out of order', cell: number, text }];
  }
  return [];
}

function stderrProblems(cell: CodeCell, number: number): NotebookProblem[] {
  const text = cell.outputs
    .map((output) =>
      output.output_type === 'stream' && output.name === 'stderr' ? joinedText(output.text) : '',
    )
    .join('');
  if (text === '') {
    return [];
  }
  const rejection = STRAY_REJECTION.exec(text)?.[0];
  if (rejection !== undefined) {
    return [{ kind: 'unhandled rejection', cell: number, text: rejection }];
  }
  const diagnostic = DIAGNOSTIC.exec(text)?.[0];
  if (diagnostic !== undefined) {
    return [{ kind: 'type error', cell: number, text: diagnostic }];
  }
  return [{ kind: 'stderr output', cell: number, text: firstLine(text) }];
}

function outputProblems(output: NotebookOutput, number: number, options: CheckOptions): NotebookProblem[] {
  return 'data' in output && PLOTLY_MIME_TYPE in (output.data as object)
    ? figureProblems(output.data as Record<string, unknown>, number, options)
    : [];
}

function figureProblems(
  data: Record<string, unknown>,
  number: number,
  options: CheckOptions,
): NotebookProblem[] {
  const figure = data[PLOTLY_MIME_TYPE];
  if (figure === null || typeof figure !== 'object' || Array.isArray(figure)) {
    const text = `The figure was stored as ${Array.isArray(figure) ? 'an array' : typeof figure}; expected an object.`;
    return [{ kind: 'plotly figure is text', cell: number, text }];
  }
  const traces = (figure as { data?: unknown }).data;
  if (!Array.isArray(traces) || traces.length === 0) {
    return [{ kind: 'plotly figure without data', cell: number, text: 'Its data holds no trace.' }];
  }
  const png = data['image/png'];
  if (options.requirePng !== true) {
    return [];
  }
  if (typeof png !== 'string' && !Array.isArray(png)) {
    const text = 'Expected image/png beside the figure. Run npx culture-lens notebooks.';
    return [{ kind: 'plotly figure without PNG', cell: number, text }];
  }
  const bytes = Buffer.from(joinedText(png as string | string[]), 'base64').length;
  const largest = options.largestPng ?? LARGEST_PNG;
  return bytes <= largest
    ? []
    : [{ kind: 'PNG too large', cell: number, text: `${bytes} bytes; at most ${largest}.` }];
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
