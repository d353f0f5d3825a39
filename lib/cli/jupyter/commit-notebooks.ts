import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { writeWhole } from '../../files/write-whole.js';
import { checkNotebook, describeProblem, LARGEST_PNG } from './check-notebook.js';
import { executeNotebook } from './execute-notebook.js';
import { withFigurePngs } from './figure-pngs.js';
import { normaliseNotebook } from './normalise-notebook.js';
import { formatNotebook, loadNotebook } from './notebook-file.js';
import type { JupyterPython } from './python.js';
import { type FigureRenderer, openFigureRenderer } from './render-figures.js';
import { setup } from './setup.js';
import { writeThumbnail } from './thumbnail.js';
import { describeDiagnostic, typeCheckNotebook } from './type-check-notebook.js';

export interface CommitOptions {
  /** Default: every notebook in notebooks/. */
  readonly paths?: readonly string[];
  readonly log?: (line: string) => void;
  /** For each notebook. Default: 900. */
  readonly timeoutSeconds?: number;
}

/** What became of one notebook. */
export interface CommittedNotebook {
  readonly path: string;
  /** Empty when the notebook was executed, drawn and written; otherwise the file is as it was. */
  readonly problems: readonly string[];
}

/** The notebooks of notebooks/, in the order of their numbers. */
export function listNotebooks(): string[] {
  const names = readdirSync(projectPath('notebooks')).filter((name) => name.endsWith('.ipynb'));
  return names.sort().map((name) => projectPath('notebooks', name));
}

/**
 * Makes notebooks ready for committing: type-checks, executes and checks each, draws a PNG beside each plotly figure,
 * takes out what changes from run to run, and writes the file whole, with a thumbnail for the index. A notebook with a problem
 * is left as it was.
 *
 * @throws InputError when Jupyter, Chromium or a developer's package is missing
 */
export async function commitNotebooks(options: CommitOptions = {}): Promise<CommittedNotebook[]> {
  const log = options.log ?? (() => {});
  const paths = options.paths ?? listNotebooks();
  if (paths.length === 0) {
    throw new InputError(
      `Executing notebooks: ${projectPath('notebooks')} holds none. Expected .ipynb files there.`,
    );
  }
  const environment = await setup({ log, ownEnvironment: true });
  const renderer = await openFigureRenderer();
  try {
    const outcomes: CommittedNotebook[] = [];
    for (const path of paths) {
      log(`${basename(path)}: executing`);
      const problems = await problemsOf(() =>
        commitNotebook(path, { environment, renderer, log, ...timeout(options) }),
      );
      for (const problem of problems) {
        log(`  ${problem}`);
      }
      outcomes.push({ path, problems });
    }
    return outcomes;
  } finally {
    await renderer.close();
  }
}

interface Tools {
  readonly environment: JupyterPython;
  readonly renderer: FigureRenderer;
  readonly log: (line: string) => void;
  readonly timeoutSeconds?: number;
}

async function commitNotebook(path: string, tools: Tools): Promise<string[]> {
  const before = loadNotebook(path);
  const diagnostics = await typeCheckNotebook(before);
  if (diagnostics.length > 0) {
    return diagnostics.map(describeDiagnostic);
  }
  const executed = await executeNotebook(path, { environment: tools.environment, ...timeout(tools) });
  const problems = checkNotebook(executed.notebook);
  if (problems.length > 0) {
    return problems.map(describeProblem);
  }
  const drawn = await withFigurePngs(executed.notebook, before, (figure) =>
    tools.renderer.renderPng(figure, { largestBytes: LARGEST_PNG }),
  );
  const finished = normaliseNotebook(drawn);
  const remaining = checkNotebook(finished, { requirePng: true });
  if (remaining.length > 0) {
    return remaining.map(describeProblem);
  }
  await writeWhole(path, formatNotebook(finished));
  await writeThumbnail(finished, path);
  tools.log(`  written; executed in ${executed.totalSeconds.toFixed(1)} s`);
  return [];
}

// One notebook that cannot be read or drawn does not keep the others from being made ready.
async function problemsOf(action: () => Promise<string[]>): Promise<string[]> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof InputError) {
      return [error.message];
    }
    throw error;
  }
}

// exactOptionalPropertyTypes: an absent option stays absent.
function timeout(options: { readonly timeoutSeconds?: number }): { timeoutSeconds?: number } {
  return options.timeoutSeconds === undefined ? {} : { timeoutSeconds: options.timeoutSeconds };
}
