import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { expectedMarks, MARK_SELECTORS, type MarkCounts } from './expected-marks.js';
import { faultsOf, titledAxes } from './figure-faults.js';

/** Where plotly.js has drawn, in JupyterLab and in a report. */
export const PLOTS = '.js-plotly-plot';

/** A figure as the page shows it. */
export interface DrawnFigure {
  /** Marks that have a size and lie within the figure. */
  readonly marks: MarkCounts;
  /** Axes whose title can be seen. */
  readonly titledAxes: readonly string[];
  /** Texts that reach out of the figure: a label that is cut off says nothing. */
  readonly cutOff: readonly string[];
}

/** What the page shows of every figure, in reading order. */
export function drawnFigures(page: Page): Promise<DrawnFigure[]> {
  return page.locator(PLOTS).evaluateAll(
    (plots, selectors) =>
      plots.map((plot) => {
        const frame = plot.querySelector('.main-svg')?.getBoundingClientRect() ?? new DOMRect();
        /** plotly draws more than there is: paths without an area for bars and boxes of gaps, the ends of missing intervals. */
        const isThere = (mark: Element, { width, height }: DOMRect): boolean => {
          if (mark.matches('.xerror, .yerror')) {
            return (mark.matches('.xerror') ? width : height) > 0;
          }
          return mark.closest('.barlayer .point, .boxlayer') === null
            ? width + height > 0
            : width * height > 0;
        };
        const isSeen = (mark: Element): boolean => {
          const box = mark.getBoundingClientRect();
          const [x, y] = [box.left + box.width / 2 - frame.left, box.top + box.height / 2 - frame.top];
          return isThere(mark, box) && x >= 0 && x <= frame.width && y >= 0 && y <= frame.height;
        };
        const texts = Array.from(plot.querySelectorAll('.main-svg text')).filter(
          (text) => text.textContent?.trim() !== '' && isThere(text, text.getBoundingClientRect()),
        );
        return {
          marks: Object.fromEntries(
            Object.entries(selectors).map(([kind, selector]) => [
              kind,
              Array.from(plot.querySelectorAll(selector)).filter(isSeen).length,
            ]),
          ) as MarkCounts,
          titledAxes: texts
            .flatMap(
              (text) => /^g-([xy]\d*)title$/.exec(text.parentElement?.getAttribute('class') ?? '')?.[1] ?? [],
            )
            .sort(),
          cutOff: texts
            .filter((text) => {
              const { left, top, right, bottom } = text.getBoundingClientRect();
              return (
                left < frame.left - 1 ||
                top < frame.top - 1 ||
                right > frame.right + 1 ||
                bottom > frame.bottom + 1
              );
            })
            .map((text) => text.textContent ?? ''),
        };
      }),
    MARK_SELECTORS,
  );
}

/** The data and layout that plotly.js holds for every figure of the page, in reading order. */
export function figuresInPage(page: Page): Promise<PlotlyFigure[]> {
  return page.locator(PLOTS).evaluateAll((plots) =>
    plots.map((plot) => {
      const { data, layout } = plot as unknown as PlotlyFigure;
      return { data, layout };
    }),
  );
}

/** Waits until the page shows these figures and no other, each with all its marks and axis titles; nothing may be cut off. */
export async function expectDrawn(page: Page, figures: readonly PlotlyFigure[]): Promise<void> {
  expect(figures.map(faultsOf)).toEqual(figures.map(() => []));
  const whole = figures.map((figure) => ({
    marks: expectedMarks(figure),
    titledAxes: titledAxes(figure.layout),
  }));
  const shown = async () => (await drawnFigures(page)).map(({ cutOff: _, ...rest }) => rest);
  await expect.poll(shown, { timeout: 60_000, interval: 500 }).toEqual(whole);
  expect.soft((await drawnFigures(page)).flatMap(({ cutOff }) => cutOff)).toEqual([]);
}
