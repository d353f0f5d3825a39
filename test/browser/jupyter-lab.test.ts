import { basename } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { codeCells, joinedText, loadNotebook } from '../../lib/cli/jupyter/notebook-file.js';
import { wrapLabel } from '../../lib/figures/labels.js';
import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { findItem, loadItems } from '../../lib/survey/items.js';
import { reasonToSkip } from './browser-available.js';
import { expectDrawn, figuresInPage } from './drawn-figures.js';
import { changeWord, chooseRun, openNotebook, type WordChange, waitForLastCell } from './lab-page.js';
import { type LabSession, openLab } from './lab-session.js';
import type { Trace } from './plotly-json.js';
import { expectNoComplaint, runLesson, screenshotLesson } from './run-lesson.js';

const SECONDS = 1000;
const NOTEBOOK = projectPath('test', 'notebooks', 'good.ipynb');
// The quick ones; npm run check:lab opens all.
const ONE_QUESTION = projectPath('notebooks', '00-one-question.ipynb');
const PEOPLE_AND_MODELS = projectPath('notebooks', '03-people-and-models.ipynb');
const SYNTHETIC_DATA = projectPath('notebooks', '07-synthetic-data.ipynb');
const skipped = reasonToSkip();

describe.skipIf(skipped !== null)(`a real JupyterLab ${skipped ?? ''}`, () => {
  let session: LabSession;
  beforeAll(async () => {
    session = await openLab(projectPath('test', 'results', 'jupyter-lab'), [
      ...[NOTEBOOK, ONE_QUESTION, PEOPLE_AND_MODELS, SYNTHETIC_DATA],
    ]);
  }, 600 * SECONDS);
  // After a failure as well: what JupyterLab showed says more than the line that gave up waiting.
  afterEach(async () => {
    await session.page.screenshot({ path: projectPath('test', 'results', 'jupyter-lab.png') });
  });
  afterAll(() => session?.close());

  test('runs all cells, draws the figure, shows the table, and no error', {
    timeout: 240 * SECONDS,
  }, async () => {
    const { page } = session;
    const cells = codeCells(loadNotebook(NOTEBOOK)).length;
    await openNotebook(session, basename(NOTEBOOK), cells);
    await chooseRun(page, 'Run All Cells');
    await waitForLastCell(page, cells);

    const bars = page.locator('.js-plotly-plot .barlayer .point path');
    await bars.first().waitFor({ timeout: 90 * SECONDS });
    // Two bars, one up and one down: both have a height on the screen.
    expect(await bars.count()).toBe(2);
    for (const bar of await bars.all()) {
      expect((await bar.boundingBox())?.height).toBeGreaterThan(20);
    }
    const outputs = page.locator('.jp-OutputArea-output');
    expect(await outputs.getByText('the last line', { exact: true }).count()).toBe(1);
    const table = outputs.locator('table');
    expect(await table.locator('caption').textContent()).toBe('Mean score');
    expect(await table.locator('tbody th').allTextContents()).toEqual(['Peru', '<none>']);
    expect(await table.locator('td span[title="not asked there"]').count()).toBe(1);
    // JupyterLab right-aligns every cell of a table; ours has text on the left.
    const heading = table.locator('tbody th').first();
    expect(await heading.evaluate((cell) => getComputedStyle(cell).textAlign)).toBe('left');
    expect(await outputs.locator('progress').count()).toBe(1);
    await expectNoComplaint(session);
  });

  /** Runs a lesson and keeps a picture of it. */
  async function runAndPicture(path: string): Promise<void> {
    await runLesson(session, path);
    await screenshotLesson(session, projectPath('test', 'results', `lesson-${basename(path).slice(0, 2)}`));
  }

  /** Changes one word of the open lesson, as a student would, and runs on from there; the figures before and after. */
  async function changeAndRunOn(
    path: string,
    change: WordChange,
  ): Promise<{ before: readonly Trace[][]; after: readonly Trace[][] }> {
    const { page } = session;
    const before = await figuresInPage(page);
    const cells = codeCells(loadNotebook(path));
    const source = joinedText(cells[change.cell - 1]?.source ?? '');
    expect(await changeWord(page, change)).toBe(source.replace(change.from, change.to));
    await chooseRun(page, 'Run Selected Cell and All Below');
    await waitForLastCell(page, cells.length + (cells.length - change.cell + 1));
    await expectNoComplaint(session);
    const after = await figuresInPage(page);
    await expectDrawn(page, after);
    expect(after).toHaveLength(before.length);
    const dataOf = (figures: readonly PlotlyFigure[]) => figures.map(({ data }) => data as Trace[]);
    return { before: dataOf(before), after: dataOf(after) };
  }

  test('07: figures drawn anew, every cell numbered, no error', { timeout: 420 * SECONDS }, async () => {
    await runAndPicture(SYNTHETIC_DATA);
  });

  test('00: the same; with another item, the figure shows its answers and their shares', {
    timeout: 600 * SECONDS,
  }, async () => {
    await runAndPicture(ONE_QUESTION);
    const { before, after } = await changeAndRunOn(ONE_QUESTION, { cell: 2, from: 'Q6', to: 'Q57' });
    expect(before.flat().map(({ y }) => y?.length)).toEqual([4, 4]);
    const item = findItem(loadItems(), 'Q57');
    const answers = item.options.map(({ label }) => wrapLabel(label, 16));
    expect(after.flat().map(({ x }) => x)).toEqual([answers, answers]);
    for (const { y = [] } of after.flat()) {
      expect(y.reduce<number>((sum, share) => sum + Number(share), 0)).toBeCloseTo(1, 4);
    }
    expect(await session.page.locator('.js-plotly-plot .gtitle').textContent()).toContain(item.label);
  });

  test('03: the same; with another model, its column of the heat map changes, and nothing else', {
    timeout: 600 * SECONDS,
  }, async () => {
    await runAndPicture(PEOPLE_AND_MODELS);
    const { before, after } = await changeAndRunOn(PEOPLE_AND_MODELS, { cell: 3, from: '6k', to: '36k' });
    const isSame = after.map((data, place) => JSON.stringify(data) === JSON.stringify(before[place]));
    expect(isSame).toEqual([true, true, true, false, true]);
    const columns = (figures: readonly Trace[][]) => {
      const { x = [], z = [] } = figures[3]?.[0] ?? {};
      return x.map((_, column) => JSON.stringify(z.map((row) => row[column])));
    };
    const old = columns(before);
    expect(columns(after).map((column, place) => column === old[place])).toEqual([true, false, true, true]);
  });
});
