import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, requireChromium } from '../../lib/cli/jupyter/chromium.js';
import { loadPlaywright } from '../../lib/cli/jupyter/render-figures.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { FIGURE_EXAMPLES, MARKUP } from '../support/figure-examples.js';
import { reasonToSkip } from './browser-available.js';

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
    await page.setContent('<!doctype html><meta charset="utf-8"><div id="figure" style="width:900px"></div>');
    await page.addScriptTag({ path: projectPath('node_modules', 'plotly.js', 'dist', 'plotly.min.js') });
  }, 60 * SECONDS);
  afterAll(() => browser?.close());

  test.each(Object.entries(FIGURE_EXAMPLES))(
    '%s uses only what plotly knows, and all its marks are there',
    async (_, example) => {
      const { figure, marks } = example;
      const problems = await page.evaluate(
        async (shown) => {
          const { Plotly } = globalThis as unknown as { Plotly: PlotlyInPage };
          // First: drawing adds fields of its own to what it is given.
          const found = Plotly.validate(shown.data as object, shown.layout)?.map(({ msg }) => msg) ?? [];
          await Plotly.newPlot('figure', shown);
          return found;
        },
        figure as { data: object[]; layout: object },
      );
      expect(problems).toEqual([]);
      for (const [selector, count] of Object.entries(marks)) {
        const drawn = await page.locator(`#figure ${selector}`).evaluateAll(
          (all) =>
            all.filter((mark) => {
              const { width, height } = (mark as SVGGraphicsElement).getBBox();
              // The bar or box of a gap is there as a path without an area.
              return mark.closest('.barlayer, .boxlayer') === null ? width + height > 0 : width * height > 0;
            }).length,
        );
        expect(drawn, selector).toBe(count);
      }
      const texts = await page.locator('#figure text').allTextContents();
      expect(texts.filter((text) => text.includes(MARKUP)).length).toBeGreaterThan(0);
      // A label that is cut off says nothing.
      const labels = '.infolayer text, .xaxislayer-above text, .yaxislayer-above text';
      const outside = await page.locator(`#figure :is(${labels})`).evaluateAll((all) =>
        all
          .filter((text) => {
            const { left, top } = text.getBoundingClientRect();
            const frame = document.querySelector('#figure .main-svg')?.getBoundingClientRect();
            return left < (frame?.left ?? 0) - 1 || top < (frame?.top ?? 0) - 1;
          })
          .map((text) => text.textContent),
      );
      expect(outside).toEqual([]);
    },
  );
});
