import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkNotebook } from '../../lib/cli/jupyter/check-notebook.js';
import { executeNotebook } from '../../lib/cli/jupyter/execute-notebook.js';
import { codeCells, loadNotebook } from '../../lib/cli/jupyter/notebook-file.js';
import type { JupyterPython } from '../../lib/cli/jupyter/python.js';
import { setup } from '../../lib/cli/jupyter/setup.js';
import { describeDiagnostic, typeCheckNotebook } from '../../lib/cli/jupyter/type-check-notebook.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { loadAnswers } from '../../lib/runs/load-answers.js';

// These run for real: nbclient, the tslab kernel and the built culture-lens. Each is a proof that the checker sees what
// it is there for; a checker that passes one of them would pass a broken notebook of ours.

const here = import.meta.dirname;
const SECONDS = 1000;
let environment: JupyterPython;

beforeAll(async () => {
  environment = await setup({ log: console.log, ownEnvironment: true });
}, 600 * SECONDS);

async function problemsOf(name: string, timeoutSeconds = 120): Promise<string[]> {
  const path = join(here, 'must-fail', `${name}.ipynb`);
  const { notebook } = await executeNotebook(path, { environment, timeoutSeconds, workingFolder: here });
  return checkNotebook(notebook).map(({ kind, cell, text }) => `${cell} ${kind}: ${text}`);
}

const notRunAfter = "3 not executed: const after = 'a cell after the broken one';";

describe.concurrent('an executed notebook that must fail', { timeout: 180 * SECONDS }, () => {
  test('a wrong property of a culture-lens type', async ({ expect }) => {
    expect(await problemsOf('wrong-property')).toEqual([
      "2 type error: 2:7 - Property 'mesage' does not exist on type 'InputError'. Did you mean 'message'?",
      notRunAfter,
    ]);
  });

  test('a thrown error', async ({ expect }) => {
    expect(await problemsOf('thrown-error')).toEqual([
      '2 thrown error: Error: broken on purpose',
      notRunAfter,
    ]);
  });

  test('an InputError after an await', async ({ expect }) => {
    const text =
      'InputError: Showing a figure: its data holds no trace. Expected { data: [trace, ...], layout }.';
    expect(await problemsOf('input-error')).toEqual([`2 thrown error: ${text}`, notRunAfter]);
  });

  test('output on stderr', async ({ expect }) => {
    expect(await problemsOf('stderr-output')).toEqual(['1 stderr output: a warning on stderr']);
  });

  test('a rejection that nobody handles, in the last cell', async ({ expect }) => {
    expect(await problemsOf('unhandled-rejection')).toEqual([
      '2 unhandled rejection: UnhandledPromiseRejection: Error: nobody awaits this',
    ]);
  });

  test('a rejection that comes after the last cell has ended', async ({ expect }) => {
    expect(await problemsOf('late-rejection')).toEqual([
      '2 unhandled rejection: UnhandledPromiseRejection: Error: too late',
    ]);
  });

  test('a figure stored as text', async ({ expect }) => {
    expect(await problemsOf('figure-as-text')).toEqual([
      '2 plotly figure is text: The figure was stored as string; expected an object.',
    ]);
  });

  test('a kernel that ends', async ({ expect }) => {
    expect(await problemsOf('kernel-exit')).toEqual([
      "2 thrown error: DeadKernel: The kernel's process ended while this cell ran.",
      notRunAfter,
    ]);
  });

  test('a cell that never ends', async ({ expect }) => {
    expect(await problemsOf('never-ends', 30)).toEqual([
      '2 thrown error: Timeout: The notebook was stopped after 30 s.',
      notRunAfter,
    ]);
  });
});

describe('what a user meets who skipped a step', { timeout: 180 * SECONDS }, () => {
  test('a notebook before the first build: one line with the command', async () => {
    // What npm ci leaves where nothing was built: lib without its dist, linked, inside a project that has the other packages.
    const folder = projectPath('test', 'results', 'not-built');
    rmSync(folder, { recursive: true, force: true });
    cpSync(projectPath('lib'), join(folder, 'lib'), {
      recursive: true,
      filter: (path) => basename(path) !== 'dist',
    });
    const workingFolder = join(folder, 'notebooks');
    mkdirSync(workingFolder);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(folder, 'lib'), join(folder, 'node_modules', 'culture-lens'), 'junction');
    const path = join(here, 'must-fail', 'input-error.ipynb');
    const { notebook } = await executeNotebook(path, { environment, workingFolder });
    const [first] = codeCells(notebook).map((cell) => cell.outputs);
    const line =
      'culture-lens is not built yet. Run `npm run build` once in the project, then restart the kernel.';
    expect(first).toMatchObject([
      { name: 'stderr', text: [`${line}\n`] },
      { output_type: 'error', evalue: line, traceback: [] },
    ]);
    rmSync(folder, { recursive: true });
  });

  test('readings that are not there: one line with the command', async () => {
    const folder = 'data/runs/nothing/here';
    await expect(loadAnswers(folder, { survey: { items: [], countries: [] } })).rejects.toThrow(
      /^Loading a model's readings: there is no folder data\/runs\/nothing\/here\. .* Make a run with npx culture-lens probe <model folder>\.$/,
    );
  });
});

describe('a notebook with nothing wrong', () => {
  const path = join(here, 'good.ipynb');

  test('type-checks, executes and shows what its cells display', { timeout: 180 * SECONDS }, async () => {
    expect((await typeCheckNotebook(loadNotebook(path))).map(describeDiagnostic)).toEqual([]);
    const seen: number[] = [];
    const { notebook, cellSeconds } = await executeNotebook(path, {
      environment,
      workingFolder: here,
      onCell: ({ cell, of }) => seen.push(cell / of),
    });
    expect(checkNotebook(notebook)).toEqual([]);
    expect(seen).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(cellSeconds).toHaveLength(5);
    const [imports, table, figure, progress, text] = codeCells(notebook).map((cell) => cell.outputs);
    expect(imports).toEqual([]);
    expect(JSON.stringify(table)).toContain('title=\\"not asked there\\"');
    // The Float64Array of the cell is an array of numbers in the file.
    expect(figure).toMatchObject([
      { data: { 'application/vnd.plotly.v1+json': { data: [{ x: ['Peru', 'Japan'], y: [0.25, -0.5] }] } } },
      { data: { 'text/html': expect.arrayContaining([expect.stringContaining('Peru 0.25; Japan −0.50.')]) } },
    ]);
    // One output, updated in place.
    expect(progress).toHaveLength(1);
    expect(JSON.stringify(progress)).toContain('prompts 3 of 3 (100 %)');
    expect(text).toMatchObject([{ name: 'stdout', text: ['the last line\n'] }]);
  });

  test('is not changed by being executed', () => {
    expect(codeCells(loadNotebook(path)).every((cell) => cell.execution_count === null)).toBe(true);
  });
});
