import type { Page } from 'playwright-core';
import type { LabSession } from './lab-session.js';

const SECONDS = 1000;
const CELLS = '.jp-Notebook .jp-CodeCell';
const IDLE = 'TypeScript | Idle';
const ERRORS = '[data-mime-type="application/vnd.jupyter.error"]';
const COMPLAINTS = `[data-mime-type="application/vnd.jupyter.stderr"], ${ERRORS}`;

/** Opens a notebook of the session's folder, and ends the kernels of those opened before: each holds memory. */
export async function openNotebook(
  { page, server, pageErrors }: LabSession,
  name: string,
  codeCells: number,
): Promise<void> {
  await server.stopKernels();
  pageErrors.length = 0;
  // A workspace of its own: in a shared one the status bar may still speak of the notebook opened before.
  const workspace = `/lab/workspaces/${name.slice(0, 2)}/tree/`;
  await page.goto(server.addressOf(name).replace('/lab/tree/', workspace));
  await page
    .locator(CELLS)
    .nth(codeCells - 1)
    .waitFor({ timeout: 90 * SECONDS });
  // Before its kernel is there, JupyterLab answers "run" by asking for a kernel.
  await page.getByText(IDLE).waitFor({ timeout: 60 * SECONDS });
}

/** Chooses an entry of JupyterLab's menu "Run". */
export async function chooseRun(
  page: Page,
  entry: 'Run All Cells' | 'Run Selected Cell and All Below',
): Promise<void> {
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** Waits until the last cell has run as this number, or until a cell has failed: no later one then gets a number. */
export async function waitForLastCell(page: Page, number: number): Promise<void> {
  await page.waitForFunction(
    ([cells, errors, prompt]) =>
      Array.from(document.querySelectorAll(`${cells} .jp-InputPrompt`))
        .at(-1)
        ?.textContent?.trim() === prompt || document.querySelector(errors) !== null,
    [CELLS, ERRORS, `[${number}]:`] as const,
    { timeout: 240 * SECONDS, polling: 250 },
  );
  await page.getByText(IDLE).waitFor({ timeout: 60 * SECONDS });
}

/** What cells printed on stderr, and their errors. */
export function complaintsOf(page: Page): Promise<string[]> {
  return page.locator(COMPLAINTS).allTextContents();
}

/** A word of a cell that is replaced by another. */
export interface WordChange {
  /** Which code cell, counted from 1. */
  readonly cell: number;
  /** A whole word that stands once in it. */
  readonly from: string;
  readonly to: string;
}

/** Types a word in the place of another in a cell's editor, which selects the cell. @returns the cell's text afterwards */
export async function changeWord(page: Page, { cell, from, to }: WordChange): Promise<string> {
  const editor = page
    .locator(CELLS)
    .nth(cell - 1)
    .locator('.cm-content');
  const { x, y } = await editor.evaluate((content, word) => {
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const start = walker.currentNode.textContent?.indexOf(word) ?? -1;
      if (start !== -1) {
        const range = document.createRange();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + word.length);
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
    }
    throw new Error(`the cell does not hold ${word}`);
  }, from);
  await page.mouse.dblclick(x, y);
  await page.keyboard.type(to);
  return (await editor.locator('.cm-line').allTextContents()).join('\n');
}
