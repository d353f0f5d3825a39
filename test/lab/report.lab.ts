import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlotlyFigure } from '../../lib/figures/plotly-figure.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { expectDrawn } from '../browser/drawn-figures.js';
import { openWhole, type ReportPage, reportOf } from '../browser/report-page.js';
import { screenshotInPages } from '../browser/screenshot-in-pages.js';
import { newFolder } from '../support/small-run.js';

interface StudyFile {
  readonly id: string;
  readonly models: readonly {
    readonly name: string;
    readonly readings?: string;
    readonly compareWith?: string;
  }[];
}

/** The study of npm start, with the recording of every model in the place of the model: seconds in the place of minutes. */
function recordedStudy(): StudyFile {
  const study = JSON.parse(readFileSync(projectPath('data', 'studies', 'mini.json'), 'utf8')) as StudyFile;
  return {
    ...study,
    models: study.models.map(({ name, readings, compareWith = '' }) => ({
      name,
      readings: readings ?? compareWith,
    })),
  };
}

/** What is to be seen, without the same in words. */
async function picture(page: Page): Promise<void> {
  await page.locator('details.in-words').evaluateAll((all) => {
    for (const words of all) {
      (words as HTMLDetailsElement).open = false;
    }
  });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await screenshotInPages(page, projectPath('test', 'results', 'lab', 'report'), height);
}

describe('the report of the study of npm start', () => {
  let report: ReportPage;
  beforeAll(async () => {
    report = await reportOf(recordedStudy(), newFolder());
  });
  afterAll(() => report?.browser.close());

  test('opens offline without a complaint, every figure drawn with all its marks', async () => {
    const { page, path, requests, troubles } = report;
    await openWhole(report);
    await picture(page);
    expect(requests).toEqual([`file://${path}`]);
    expect(troubles).toEqual([]);
    const texts = await page
      .locator('.plot')
      .evaluateAll((plots) =>
        plots.map(({ id }) => document.getElementById(`${id}-data`)?.textContent ?? ''),
      );
    await expectDrawn(
      page,
      texts.map((text) => JSON.parse(text) as PlotlyFigure),
    );
  });
});
