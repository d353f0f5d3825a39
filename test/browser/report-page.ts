import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { run } from '../../lib/cli/culture-lens.js';
import { CHROMIUM_FLAGS, requireChromium } from '../../lib/cli/jupyter/chromium.js';
import { loadPlaywright } from '../../lib/cli/jupyter/render-figures.js';

/** The report of a study, opened in a browser without a network. */
export interface ReportPage {
  readonly browser: Browser;
  readonly page: Page;
  /** The report's file. */
  readonly path: string;
  /** What the page said on its console, threw or asked since it was opened. */
  readonly troubles: string[];
  /** Addresses that it asked for since then. */
  readonly requests: string[];
}

/** Runs a command of the program without a word on the terminal, and expects that it succeeds. */
export async function runQuietly(...commandArguments: readonly string[]): Promise<void> {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    expect(await run(['node', 'culture-lens', ...commandArguments])).toBe(0);
  } finally {
    vi.restoreAllMocks();
  }
}

/** Runs a study into a folder and opens a browser for the report that it wrote. */
export async function reportOf(study: { readonly id: string }, folder: string): Promise<ReportPage> {
  writeFileSync(join(folder, 'study.json'), JSON.stringify(study));
  await runQuietly('study', join(folder, 'study.json'), '--runs', folder);
  const { chromium } = await loadPlaywright();
  const executablePath = requireChromium('Opening the report of the tests');
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  const context = await browser.newContext({ offline: true, viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => void troubles.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => void troubles.push(error.message));
  page.on('request', (request) => void requests.push(request.url()));
  page.on('dialog', async (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  return { browser, page, path: join(folder, study.id, 'report.html'), troubles, requests };
}

/** Opens the report, unfolds everything and waits until all is drawn. */
export async function openWhole({ page, path, troubles, requests }: ReportPage): Promise<void> {
  troubles.length = 0;
  requests.length = 0;
  await page.goto(`file://${path}`);
  for (const summary of await page.locator('details > summary').all()) {
    await summary.click();
  }
  await expect.poll(() => page.locator('.plot:not([data-drawn])').count(), { timeout: 60_000 }).toBe(0);
}
