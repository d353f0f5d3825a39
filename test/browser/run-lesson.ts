import { basename } from 'node:path';
import { expect } from 'vitest';
import {
  codeCells,
  loadNotebook,
  type Notebook,
  PLOTLY_MIME_TYPE,
} from '../../lib/cli/jupyter/notebook-file.js';
import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { expectDrawn } from './drawn-figures.js';
import { chooseRun, complaintsOf, openNotebook, waitForLastCell } from './lab-page.js';
import type { LabSession } from './lab-session.js';
import { screenshotInPages } from './screenshot-in-pages.js';
import { figuresWithoutWords, tableFaults } from './text-alternatives.js';

/** Opens a lesson in JupyterLab, runs all its cells, and expects what its committed file shows, and no complaint. */
export async function runLesson(session: LabSession, path: string): Promise<void> {
  const notebook = loadNotebook(path);
  const cells = codeCells(notebook).length;
  await openNotebook(session, basename(path), cells);
  await chooseRun(session.page, 'Run All Cells');
  await waitForLastCell(session.page, cells);
  await expectNoComplaint(session);
  await expectDrawn(session.page, figuresOf(notebook));
  expect.soft(await tableFaults(session.page)).toEqual([]);
  expect.soft(await figuresWithoutWords(session.page)).toEqual([]);
}

/** Nothing on stderr, no error in a cell, none of the page's scripts. */
export async function expectNoComplaint({ page, pageErrors }: LabSession): Promise<void> {
  expect(await complaintsOf(page)).toEqual([]);
  expect(pageErrors).toEqual([]);
}

/** A picture of the open notebook down to its last cell; see {@link screenshotInPages}. */
export async function screenshotLesson({ page }: LabSession, path: string): Promise<void> {
  const box = await page.locator('.jp-Notebook .jp-Cell').last().boundingBox();
  await screenshotInPages(page, path, Math.ceil((box?.y ?? 0) + (box?.height ?? 0)));
}

/** The figures that an executed notebook holds, in reading order. */
function figuresOf(notebook: Notebook): PlotlyFigure[] {
  return codeCells(notebook).flatMap(({ outputs }) =>
    outputs.flatMap((output) => {
      const figure =
        'data' in output ? (output.data as Record<string, unknown>)[PLOTLY_MIME_TYPE] : undefined;
      return figure === undefined ? [] : [figure as PlotlyFigure];
    }),
  );
}
