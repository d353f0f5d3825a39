import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

/** Taller pictures are hard to look at. */
const TALLEST = 8000;

/**
 * A picture of the whole page from its top, in several files of one height where it is long: `path.png`, or `path-1.png`,
 * `path-2.png` ...; those of an earlier run are removed.
 *
 * @param height of what is to be seen, in CSS pixels
 */
export async function screenshotInPages(page: Page, path: string, height: number): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const earlier = new RegExp(`^${basename(path)}(-\\d+)?\\.png$`);
  for (const name of readdirSync(dirname(path)).filter((one) => earlier.test(one))) {
    rmSync(join(dirname(path), name));
  }
  const count = Math.ceil(height / TALLEST);
  const each = Math.ceil(height / count);
  const width = page.viewportSize()?.width ?? 1280;
  for (let place = 0; place < count; place += 1) {
    const top = place * each;
    await page.screenshot({
      path: count === 1 ? `${path}.png` : `${path}-${place + 1}.png`,
      fullPage: true,
      clip: { x: 0, y: top, width, height: Math.min(each, height - top) },
    });
  }
}
