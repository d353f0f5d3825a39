import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../support/small-run.js';
import { reasonToSkip } from './browser-available.js';
import { openWhole, type ReportPage, reportOf, runQuietly } from './report-page.js';

const SECONDS = 1000;
const skipped = reasonToSkip();

const HOSTILE = '<img src=x onerror=alert(1)>';
const TITLE = '</script><script>alert(2)</script>';

/** Two models that are run and three that are recorded: enough for figures that are folded away. */
const STUDY = {
  id: 'report',
  title: 'A small study',
  models: [
    { name: 'mini-6k', folder: 'data/models/mini/mini-6k' },
    { name: 'mini-36k', folder: 'data/models/mini/mini-36k' },
    { name: 'mini-100k', readings: 'data/readings/mini/mini-100k' },
    { name: 'mini-600k', readings: 'data/readings/mini/mini-600k' },
    { name: 'smollm2-135m-instruct', readings: 'data/readings/smollm2-135m-instruct' },
  ],
  settings: { items: 'values-only', countries: ['DEU', 'USA', 'KEN', 'BRA', 'JPN', 'EGY'], provider: 'cpu' },
  analyses: [
    {
      factor: 'size',
      arms: [
        { label: 'small', models: ['mini-6k'], parameters: 6736 },
        { label: 'larger', models: ['mini-36k'], parameters: 36000 },
      ],
    },
  ],
};

const MARKS = '.scatterlayer .point, .barlayer .point path, .boxlayer path.box, .heatmaplayer image';

describe.skipIf(skipped !== null)(`the report of a study, opened in Chromium ${skipped ?? ''}`, () => {
  let report: ReportPage;
  let browser: Browser;
  let page: Page;
  let path: string;
  let troubles: string[];
  let requests: string[];
  const folder = newFolder();

  beforeAll(async () => {
    report = await reportOf(STUDY, folder);
    ({ browser, page, path, troubles, requests } = report);
  }, 180 * SECONDS);
  afterAll(() => browser?.close());

  test('asks for nothing but itself and has no complaint', async () => {
    await openWhole(report);
    expect(requests).toEqual([`file://${path}`]);
    expect(troubles).toEqual([]);
  });

  test('draws every figure with marks and in the width of its place, unfolded ones too', async () => {
    await openWhole(report);
    const drawn = await page.locator('.plot').evaluateAll(
      (plots, marks) =>
        plots.map((plot) => ({
          id: plot.id,
          isFolded: plot.closest('details') !== null,
          marks: Array.from(plot.querySelectorAll<SVGGraphicsElement>(marks)).filter((mark) => {
            const { width, height } = mark.getBBox();
            return width + height > 0;
          }).length,
          left: plot.clientWidth - (plot.querySelector('.main-svg')?.clientWidth ?? 0),
        })),
      MARKS,
    );
    // Continents, categories, lean and orders once; scores, countries and choices for each model.
    expect(drawn).toHaveLength(4 + 3 * 5);
    expect(drawn.filter(({ isFolded }) => isFolded)).toHaveLength(3 * 4);
    expect(drawn.filter(({ marks, left }) => marks === 0 || left !== 0)).toEqual([]);
  });

  test('warns of the mini models and names what is recorded', async () => {
    await openWhole(report);
    const warning = (await page.locator('.warning').textContent()) ?? '';
    expect(warning).toContain('mini-6k, mini-36k, mini-100k (recorded), mini-600k (recorded).');
    expect(warning).toContain('say nothing about real language models');
    expect(await page.locator('#agreement th[scope=row]').allTextContents()).toContain(
      'smollm2-135m-instruct (recorded)',
    );
    expect(await page.locator('#training-1 caption').textContent()).toBe('larger against small');
  });

  test('fits the paper before printing', async () => {
    await openWhole(report);
    await page.setViewportSize({ width: 680, height: 900 });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(680);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1200, height: 900 });
  });

  test('can be read without scripts, and its figures say what they need', async () => {
    const silent = await (await browser.newContext({ offline: true, javaScriptEnabled: false })).newPage();
    await silent.goto(`file://${path}`);
    expect(await silent.locator('#agreement table').first().textContent()).toContain('item means');
    expect(await silent.locator('#lean .plot').textContent()).toContain('This figure needs scripts');
    await silent.close();
  });

  // Last: it changes what the study wrote.
  test('runs nothing that a name says', async () => {
    for (const file of ['summary.json', 'specifications.csv']) {
      const text = readFileSync(join(folder, STUDY.id, file), 'utf8');
      writeFileSync(
        join(folder, STUDY.id, file),
        text.replaceAll('mini-36k', HOSTILE).replace('"A small study"', JSON.stringify(TITLE)),
      );
    }
    await runQuietly('report', join(folder, STUDY.id));
    await openWhole(report);
    expect(requests).toEqual([`file://${path}`]);
    expect(troubles).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toBe(TITLE);
    expect(await page.locator('#agreement th[scope=row]').nth(1).textContent()).toBe(HOSTILE);
    expect(await page.locator('#by-continent-1 .legendtext').allTextContents()).toContain(HOSTILE);
  });
});
