import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkNotebook, LARGEST_PNG } from '../../lib/cli/jupyter/check-notebook.js';
import { commitNotebooks } from '../../lib/cli/jupyter/commit-notebooks.js';
import { loadNotebook } from '../../lib/cli/jupyter/notebook-file.js';
import { type FigureRenderer, openFigureRenderer } from '../../lib/cli/jupyter/render-figures.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { reasonToSkip } from './browser-available.js';

const SECONDS = 1000;
const skipped = reasonToSkip();

/** Width and height of a PNG, from its header: two big-endian numbers after the signature and the chunk's name. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

describe.skipIf(skipped !== null)(`figures drawn by plotly.js in Chromium ${skipped ?? ''}`, () => {
  let renderer: FigureRenderer;
  beforeAll(async () => {
    renderer = await openFigureRenderer();
  }, 60 * SECONDS);
  afterAll(() => renderer?.close());

  const bars = { data: [{ type: 'bar', x: ['a', 'b'], y: [1, 2] }], layout: { width: 300, height: 200 } };
  const noise = Array.from({ length: 200 }, (_row, i) =>
    Array.from({ length: 200 }, (_cell, j) => (i * 7919 + j * 104729) % 1009),
  );
  const heatmap = { data: [{ type: 'heatmap', z: noise }], layout: { width: 600, height: 400 } };

  test('twice as many pixels as the layout says, where that fits', async () => {
    const png = await renderer.renderPng(bars, { largestBytes: LARGEST_PNG });
    expect(sizeOf(png)).toEqual({ width: 600, height: 400 });
  });

  test('900 x 450 where the layout says nothing', async () => {
    const png = await renderer.renderPng({ data: bars.data, layout: {} }, { largestBytes: LARGEST_PNG });
    expect(sizeOf(png)).toEqual({ width: 1800, height: 900 });
  });

  test('fewer pixels where it does not fit', async () => {
    const sharp = await renderer.renderPng(bars, { largestBytes: LARGEST_PNG });
    const small = await renderer.renderPng(bars, { largestBytes: sharp.length - 1 });
    expect(sizeOf(small)).toEqual({ width: 450, height: 300 });
    expect(small.length).toBeLessThan(sharp.length);
  });

  test('a picture that cannot be made small enough is refused', async () => {
    await expect(renderer.renderPng(heatmap, { largestBytes: 2000 })).rejects.toThrow(
      /^Drawing a figure to PNG: it takes \d+ bytes at the smallest scale; at most 2000 are wanted\./,
    );
  });
});

describe.skipIf(skipped !== null)(`npx culture-lens notebooks ${skipped ?? ''}`, () => {
  const folder = projectPath('test', 'results', 'commit');
  const copyOf = (...parts: string[]): string => {
    const copy = join(folder, parts.at(-1) ?? '');
    copyFileSync(projectPath('test', 'notebooks', ...parts), copy);
    return copy;
  };

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  test('executes, draws, and gives the same file again', { timeout: 600 * SECONDS }, async () => {
    const path = copyOf('good.ipynb');
    const lines: string[] = [];
    const log = (line: string): void => {
      lines.push(line);
    };
    expect(await commitNotebooks({ paths: [path], log })).toEqual([{ path, problems: [] }]);
    expect(lines).toContain('good.ipynb: executing');
    expect(lines.at(-1)).toMatch(/^ {2}written; executed in \d+\.\d s$/);
    const once = readFileSync(path, 'utf8');
    expect(checkNotebook(loadNotebook(path), { requirePng: true })).toEqual([]);

    await commitNotebooks({ paths: [path] });
    expect(readFileSync(path, 'utf8')).toBe(once);
  });

  test('leaves notebooks with a problem as they were, and goes on', { timeout: 600 * SECONDS }, async () => {
    const thrown = copyOf('must-fail', 'thrown-error.ipynb');
    const wrong = copyOf('must-fail', 'wrong-property.ipynb');
    const before = readFileSync(thrown, 'utf8');
    const absent = join(folder, 'absent.ipynb');
    expect(await commitNotebooks({ paths: [absent, wrong, thrown] })).toEqual([
      { path: absent, problems: [expect.stringContaining('absent.ipynb cannot be read')] },
      // Told by the type check, before anything is executed.
      { path: wrong, problems: [expect.stringMatching(/^cell 2, line 2: Property 'mesage' does not exist/)] },
      {
        path: thrown,
        problems: [
          'cell 2: thrown error: Error: broken on purpose',
          "cell 3: not executed: const after = 'a cell after the broken one';",
        ],
      },
    ]);
    expect(readFileSync(thrown, 'utf8')).toBe(before);
    expect(readdirSync(folder).filter((name) => !name.endsWith('.ipynb') && name !== 'thumbnails')).toEqual(
      [],
    );
  });
});
