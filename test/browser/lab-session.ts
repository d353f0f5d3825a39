import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { CHROMIUM_FLAGS, requireChromium } from '../../lib/cli/jupyter/chromium.js';
import { formatNotebook, loadNotebook, type Notebook } from '../../lib/cli/jupyter/notebook-file.js';
import { loadPlaywright } from '../../lib/cli/jupyter/render-figures.js';
import { setup } from '../../lib/cli/jupyter/setup.js';
import { type JupyterLabServer, startJupyterLab } from './jupyter-lab-server.js';

// Tall enough for the longest lesson: JupyterLab draws only the cells that it shows.
const WINDOW = { width: 1280, height: 14_000 } as const;

/** A running JupyterLab and a browser window for it. */
export interface LabSession {
  readonly server: JupyterLabServer;
  readonly page: Page;
  /** What scripts of the page threw since the last notebook was opened. */
  readonly pageErrors: string[];
  close(): Promise<void>;
}

/**
 * Starts JupyterLab on copies of notebooks, without their outputs: whatever it shows it has computed itself.
 *
 * @param folder is emptied first; inside the repository, so that the notebooks find culture-lens. Copies, because JupyterLab
 *   saves what it opens.
 */
export async function openLab(folder: string, notebooks: readonly string[]): Promise<LabSession> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of notebooks) {
    writeFileSync(join(folder, basename(path)), formatNotebook(withoutOutputs(loadNotebook(path))));
  }
  const server = await startJupyterLab(await setup({ log: console.log, ownEnvironment: true }), folder);
  const { chromium } = await loadPlaywright();
  const executablePath = requireChromium('Checking notebooks in JupyterLab');
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  const page = await browser.newPage({ viewport: WINDOW });
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  return { server, page, pageErrors, close };
}

function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return { ...notebook, cells };
}
