import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, requireChromium } from '../../lib/cli/jupyter/chromium.js';
import { loadPlaywright } from '../../lib/cli/jupyter/render-figures.js';
import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { FIGURE_EXAMPLES, MARKUP } from '../support/figure-examples.js';
import { reasonToSkip } from './browser-available.js';
import { drawnFigures, expectDrawn } from './drawn-figures.js';
import { expectedMarks } from './expected-marks.js';

const SECONDS = 1000;
const skipped = reasonToSkip();

/** plotly.js in the page. */
interface PlotlyInPage {
  newPlot(place: string, figure: object): Promise<unknown>;
  validate(data: object, layout: object): { readonly msg: string }[] | undefined;
}

describe.skipIf(skipped !== null)(`every figure, drawn by plotly.js in Chromium ${skipped ?? ''}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const { chromium } = await loadPlaywright();
    const executablePath = requireChromium('Drawing the figures of the tests');
    browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
    page = await (await browser.newContext({ offline: true })).newPage();
    // What JupyterLab leaves for a figure in a window of 1280.
    await page.setContent('<!doctype html><meta charset="utf-8"><div id="figure" style="width:848px"></div>');
    await page.addScriptTag({ path: projectPath('node_modules', 'plotly.js', 'dist', 'plotly.min.js') });
  }, 60 * SECONDS);
  afterAll(() => browser?.close());

  /** Draws a figure in the place of the one before. */
  async function draw(figure: PlotlyFigure): Promise<void> {
    await page.evaluate(async (shown) => {
      await (globalThis as unknown as { Plotly: PlotlyInPage }).Plotly.newPlot('figure', shown);
    }, figure);
  }

  test.each(Object.entries(FIGURE_EXAMPLES))(
    '%s uses only what plotly knows, all its marks are there, and nothing is cut off',
    async (_, { figure }) => {
      const problems = await page.evaluate(
        ({ data, layout }) =>
          (globalThis as unknown as { Plotly: PlotlyInPage }).Plotly.validate(data, layout)?.map(
            ({ msg }) => msg,
          ),
        figure,
      );
      expect(problems ?? []).toEqual([]);
      await draw(figure);
      await expectDrawn(page, [figure]);
      const texts = await page.locator('#figure text').allTextContents();
      expect(texts.filter((text) => text.includes(MARKUP)).length).toBeGreaterThan(0);
    },
  );

  test('a figure whose traces are emptied, hidden or moved out of sight is not taken for drawn', async () => {
    const { figure } = FIGURE_EXAMPLES.rByPart as { figure: PlotlyFigure };
    const marksOf = async (changed: PlotlyFigure) => {
      await draw(changed);
      const [{ marks } = { marks: null }] = await drawnFigures(page);
      return marks;
    };
    const each = (change: object): PlotlyFigure => ({
      ...figure,
      data: figure.data.map((trace) => ({ ...trace, ...change })),
    });
    expect(await marksOf(figure)).toEqual(expectedMarks(figure));
    expect(await marksOf(each({ x: [], y: [] }))).toMatchObject({ points: 0, 'error bars': 0 });
    expect(await marksOf(each({ visible: false }))).toMatchObject({ points: 0, 'error bars': 0 });
    const layout = { ...figure.layout, xaxis: { title: { text: 'r' }, range: [5, 6] } };
    expect(await marksOf({ ...figure, layout })).toMatchObject({ points: 0, 'error bars': 0 });
  });

  test('a label that reaches out of the figure is found', async () => {
    const { figure } = FIGURE_EXAMPLES.chance as { figure: PlotlyFigure };
    const title = { text: 'so long that it does not fit, '.repeat(9).trim(), x: 0 };
    await draw({ ...figure, layout: { ...figure.layout, title } });
    expect((await drawnFigures(page)).flatMap(({ cutOff }) => cutOff)).toEqual([title.text]);
  });
});
