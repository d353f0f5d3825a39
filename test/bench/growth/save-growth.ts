import { join } from 'node:path';
import { openFigureRenderer } from '../../../lib/cli/jupyter/render-figures.js';
import { writeWhole } from '../../../lib/files/write-whole.js';
import { growthFigure } from './growth-figure.js';
import type { Growth } from './measure-growth.js';

const LARGEST_PNG_BYTES = 400_000;

/**
 * Writes `growth.json` (the points and the plotly figure) and `growth.png` into a folder.
 *
 * @throws InputError when no Chromium is there to draw with; the JSON is written by then
 */
export async function saveGrowth(growth: Growth, folder: string): Promise<void> {
  const { processor, cores } = growth.machine;
  const figure = growthFigure(growth.points, `${processor}, ${cores} cores.`);
  await writeWhole(join(folder, 'growth.json'), `${JSON.stringify({ ...growth, figure }, null, 1)}\n`);
  const renderer = await openFigureRenderer();
  try {
    const png = await renderer.renderPng(figure, { largestBytes: LARGEST_PNG_BYTES });
    await writeWhole(join(folder, 'growth.png'), png);
  } finally {
    await renderer.close();
  }
}
