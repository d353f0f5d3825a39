import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { listNotebooks } from '../../lib/cli/jupyter/commit-notebooks.js';
import { loadNotebook } from '../../lib/cli/jupyter/notebook-file.js';
import { thumbnailOf, thumbnailPath } from '../../lib/cli/jupyter/thumbnail.js';
import { projectPath } from '../../lib/files/data-folder.js';

const paths = listNotebooks();
const LARGEST = 20_000;

/** Grey values of a picture, row by row. */
async function greys(png: Buffer): Promise<{ readonly size: string; readonly values: Buffer }> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { size: `${info.width} x ${info.height}`, values: data };
}

describe.each(paths.map((path) => ({ path, name: basename(path) })))(
  '$name in the index',
  ({ path, name }) => {
    test('has a line and a thumbnail in the README', () => {
      const readme = readFileSync(projectPath('README.md'), 'utf8');
      const line = readme.split('\n').find((one) => one.includes(`](notebooks/${name})`));
      expect(line).toContain(`<img src="notebooks/thumbnails/${basename(thumbnailPath(path))}"`);
      expect(line?.split('|').at(-2)?.trim()).not.toBe('');
    });

    test('the thumbnail is the small picture of its figure as committed', async () => {
      expect(existsSync(thumbnailPath(path))).toBe(true);
      expect(statSync(thumbnailPath(path)).size).toBeLessThan(LARGEST);
      const now = await greys((await thumbnailOf(loadNotebook(path))) ?? Buffer.alloc(0));
      const committed = await greys(readFileSync(thumbnailPath(path)));
      expect(committed.size).toBe(now.size);
      const differences = committed.values.map((value, pixel) => Math.abs(value - (now.values[pixel] ?? 0)));
      // Another build of the picture library may round a pixel otherwise; another figure differs by far more.
      expect(differences.reduce((sum, one) => sum + one, 0) / differences.length).toBeLessThan(1);
    });
  },
);

test('there is no thumbnail without its notebook', () => {
  const wanted = paths.map((path) => basename(thumbnailPath(path))).toSorted();
  expect(readdirSync(projectPath('notebooks', 'thumbnails')).toSorted()).toEqual(wanted);
});
