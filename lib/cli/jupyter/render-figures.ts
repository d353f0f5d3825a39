import type { Browser, Page } from 'playwright-core';
import { projectPath } from '../../files/data-folder.js';
import { InputError, messageOf } from '../../files/input-error.js';
import { CHROMIUM_FLAGS, requireChromium } from './chromium.js';
import { loadSharp } from './sharp.js';

/** Size in CSS pixels where a figure's layout names none. */
const DEFAULT_SIZE = { width: 900, height: 450 } as const;
/** Pixels for each CSS pixel, sharpest first; the first that fits the size limit is taken. */
const SCALES = [2, 1.5, 1, 0.75] as const;

/** Draws plotly figures to PNG in one headless Chromium, without a network. */
export interface FigureRenderer {
  /** @throws InputError when plotly cannot draw the figure, or no scale brings it below the limit */
  renderPng(figure: object, limits: { readonly largestBytes: number }): Promise<Buffer>;
  close(): Promise<void>;
}

/** Starts the renderer. @throws InputError when Chromium or playwright-core is missing */
export async function openFigureRenderer(): Promise<FigureRenderer> {
  const executablePath = requireChromium('Drawing figures to PNG');
  const { chromium } = await loadPlaywright();
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    const page = await openPlotlyPage(browser);
    return {
      renderPng: (figure, limits) => renderPng(page, figure, limits),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** playwright-core, which only developers install. @throws InputError when it is missing */
export async function loadPlaywright(): Promise<typeof import('playwright-core')> {
  try {
    return await import('playwright-core');
  } catch {
    throw new InputError(
      'Starting a browser: the package playwright-core is missing. Run npm ci (without --omit=dev).',
    );
  }
}

async function openPlotlyPage(browser: Browser): Promise<Page> {
  // Offline, so that a figure which needs the network (a map's geography) fails here and not on a reader's train.
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.setContent('<!doctype html><meta charset="utf-8"><body style="background:white"></body>');
  await page.addScriptTag({ path: projectPath('node_modules', 'plotly.js', 'dist', 'plotly.min.js') });
  return page;
}

async function renderPng(
  page: Page,
  figure: object,
  limits: { readonly largestBytes: number },
): Promise<Buffer> {
  let smallest = Number.POSITIVE_INFINITY;
  for (const scale of SCALES) {
    const png = await drawAt(page, figure, scale);
    if (png.length <= limits.largestBytes) {
      return png;
    }
    smallest = Math.min(smallest, png.length);
  }
  throw new InputError(
    `Drawing a figure to PNG: it takes ${smallest} bytes at the smallest scale; at most ${limits.largestBytes} are wanted. ` +
      'Give its layout a smaller width and height, or draw fewer points.',
  );
}

/** The part of plotly.js that runs here, in the browser. */
interface PlotlyInBrowser {
  toImage(figure: object, options: object): Promise<string>;
}

async function drawAt(page: Page, figure: object, scale: number): Promise<Buffer> {
  const { layout = {} } = figure as { layout?: { width?: number; height?: number } };
  const options = {
    format: 'png',
    width: layout.width ?? DEFAULT_SIZE.width,
    height: layout.height ?? DEFAULT_SIZE.height,
    scale,
  };
  try {
    const address = await page.evaluate(
      ([figureInBrowser, optionsInBrowser]) =>
        (globalThis as unknown as { Plotly: PlotlyInBrowser }).Plotly.toImage(
          figureInBrowser,
          optionsInBrowser,
        ),
      [figure, options] as const,
    );
    return await smaller(Buffer.from(address.slice(address.indexOf(',') + 1), 'base64'));
  } catch (error) {
    throw new InputError(`Drawing a figure to PNG: plotly.js refused it (${messageOf(error)}).`);
  }
}

/** The same picture with a palette: figures have few colours, and full colour takes four times the space. */
async function smaller(png: Buffer): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(png).png({ palette: true, effort: 10, compressionLevel: 9, dither: 0 }).toBuffer();
}
