import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, requireChromium } from '../../lib/cli/jupyter/chromium.js';
import {
  codeCells,
  formatNotebook,
  loadNotebook,
  type Notebook,
} from '../../lib/cli/jupyter/notebook-file.js';
import { loadPlaywright } from '../../lib/cli/jupyter/render-figures.js';
import { setup } from '../../lib/cli/jupyter/setup.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { reasonToSkip } from './browser-available.js';
import { type JupyterLabServer, startJupyterLab } from './jupyter-lab-server.js';

const SECONDS = 1000;
const NOTEBOOK = 'good.ipynb';
const LESSON = '00-one-question.ipynb';
// Inside the repository, so that the notebook finds culture-lens; a copy, because JupyterLab saves what it opens.
const folder = projectPath('test', 'results', 'jupyter-lab');
const screenshot = projectPath('test', 'results', 'jupyter-lab.png');
const skipped = reasonToSkip();

/** A notebook as if it had never been run, so that whatever JupyterLab shows it has computed itself. */
function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return { ...notebook, cells };
}

describe.skipIf(skipped !== null)(`a real JupyterLab ${skipped ?? ''}`, () => {
  let server: JupyterLabServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    copyFileSync(projectPath('test', 'notebooks', NOTEBOOK), join(folder, NOTEBOOK));
    writeFileSync(
      join(folder, LESSON),
      formatNotebook(withoutOutputs(loadNotebook(projectPath('notebooks', LESSON)))),
    );
    const environment = await setup({ log: console.log, ownEnvironment: true });
    server = await startJupyterLab(environment, folder);
    const { chromium } = await loadPlaywright();
    const executablePath = requireChromium('Checking a notebook in JupyterLab');
    browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  }, 600 * SECONDS);

  // After a failure as well: what JupyterLab showed says more than the line that gave up waiting.
  afterEach(async () => {
    await page.screenshot({ path: screenshot });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function runAllCells(name: string): Promise<void> {
    // A workspace of its own: in a shared one the status bar may still speak of the notebook opened before.
    await page.goto(
      server.addressOf(name).replace('/lab/tree/', `/lab/workspaces/${name.slice(0, 2)}/tree/`),
    );
    await page
      .locator('.jp-Notebook .jp-CodeCell')
      .first()
      .waitFor({ timeout: 90 * SECONDS });
    // Before its kernel is there, JupyterLab answers "run" by asking for a kernel.
    await page.getByText('TypeScript | Idle').waitFor({ timeout: 60 * SECONDS });
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
  }

  const complaints = ['stderr', 'error']
    .map((kind) => `[data-mime-type="application/vnd.jupyter.${kind}"]`)
    .join(', ');

  test('runs all cells, draws the figure, shows the table, and no error', {
    timeout: 240 * SECONDS,
  }, async () => {
    const pageErrors: string[] = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    await runAllCells(NOTEBOOK);

    const bars = page.locator('.js-plotly-plot .barlayer .point path');
    await bars.first().waitFor({ timeout: 90 * SECONDS });
    const lastText = page.locator('.jp-OutputArea-output').getByText('the last line', { exact: true });
    await lastText.waitFor({ timeout: 60 * SECONDS });

    // Two bars, one up and one down: both have a height on the screen.
    expect(await bars.count()).toBe(2);
    for (const bar of await bars.all()) {
      expect((await bar.boundingBox())?.height).toBeGreaterThan(20);
    }
    const table = page.locator('.jp-OutputArea-output table');
    expect(await table.locator('caption').textContent()).toBe('Mean score');
    expect(await table.locator('tbody th').allTextContents()).toEqual(['Peru', '<none>']);
    expect(await table.locator('td span[title="not asked there"]').count()).toBe(1);
    // JupyterLab right-aligns every cell of a table; ours has text on the left.
    const heading = table.locator('tbody th').first();
    expect(await heading.evaluate((cell) => getComputedStyle(cell).textAlign)).toBe('left');
    expect(await page.locator('.jp-OutputArea-output progress').count()).toBe(1);

    expect(await page.locator(complaints).allTextContents()).toEqual([]);
    expect(pageErrors).toEqual([]);
    await page.screenshot({ path: screenshot });
    expect(statSync(screenshot).size).toBeGreaterThan(10_000);
  });

  test('runs the first lesson: figure drawn anew, every cell numbered, no error', {
    timeout: 300 * SECONDS,
  }, async () => {
    // Tall enough for the whole lesson: JupyterLab draws only the cells that it shows.
    await page.setViewportSize({ width: 1280, height: 7000 });
    await runAllCells(LESSON);
    const cells = codeCells(loadNotebook(projectPath('notebooks', LESSON))).length;
    await page
      .locator('.jp-InputPrompt')
      .getByText(`[${cells}]:`, { exact: true })
      .waitFor({ timeout: 180 * SECONDS });
    await page.getByText('TypeScript | Idle').waitFor({ timeout: 60 * SECONDS });
    const bars = page.locator('.js-plotly-plot .barlayer .point path');
    // Four answers of people, four of the model.
    expect(await bars.count()).toBe(8);
    for (const bar of await bars.all()) {
      expect((await bar.boundingBox())?.height).toBeGreaterThan(10);
    }
    expect(await page.locator('.jp-OutputArea-output table').count()).toBeGreaterThanOrEqual(4);
    expect(await page.locator(complaints).allTextContents()).toEqual([]);
    await page.screenshot({ path: projectPath('test', 'results', 'lesson-00.png') });
  });
});
