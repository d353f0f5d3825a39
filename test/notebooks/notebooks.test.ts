import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkNotebook, describeProblem } from '../../lib/cli/jupyter/check-notebook.js';
import { listNotebooks } from '../../lib/cli/jupyter/commit-notebooks.js';
import { executeNotebook } from '../../lib/cli/jupyter/execute-notebook.js';
import { normaliseNotebook } from '../../lib/cli/jupyter/normalise-notebook.js';
import { formatNotebook, loadNotebook } from '../../lib/cli/jupyter/notebook-file.js';
import type { JupyterPython } from '../../lib/cli/jupyter/python.js';
import { setup } from '../../lib/cli/jupyter/setup.js';
import { describeDiagnostic, typeCheckNotebook } from '../../lib/cli/jupyter/type-check-notebook.js';
import { compareNotebooks } from './compare-notebooks.js';

const SECONDS = 1000;
const paths = listNotebooks();

describe.skipIf(paths.length === 0).each(paths.map((path) => ({ path, name: basename(path) })))(
  'notebooks/$name',
  ({ path }) => {
    let environment: JupyterPython;
    beforeAll(async () => {
      environment = await setup({ log: console.log, ownEnvironment: true });
    }, 600 * SECONDS);

    test('type-checks strictly', async () => {
      expect((await typeCheckNotebook(loadNotebook(path))).map(describeDiagnostic)).toEqual([]);
    });

    test('is committed executed, with a PNG beside each figure and nothing that varies', () => {
      const notebook = loadNotebook(path);
      expect(checkNotebook(notebook, { requirePng: true }).map(describeProblem)).toEqual([]);
      expect(formatNotebook(normaliseNotebook(notebook))).toBe(readFileSync(path, 'utf8'));
    });

    test('shows the same when it is executed again', { timeout: 900 * SECONDS }, async () => {
      const { notebook } = await executeNotebook(path, { environment });
      expect(checkNotebook(notebook).map(describeProblem)).toEqual([]);
      expect(compareNotebooks(loadNotebook(path), notebook)).toEqual([]);
    });
  },
);
