import { dirname, join } from 'node:path';
import { writeWhole } from '../../files/write-whole.js';
import { codeCells, joinedText, type Notebook, type NotebookOutput } from './notebook-file.js';
import { loadSharp } from './sharp.js';

/** Tag of the code cell whose figure stands for the whole notebook in an index. */
export const THUMBNAIL_TAG = 'thumbnail';
/** Shown at half of that, so that it is sharp on fine screens as well. */
const SIZE = { width: 400, height: 260 } as const;

/** Where a notebook's thumbnail lies: notebooks/thumbnails/00-one-question.png. */
export function thumbnailPath(notebookPath: string): string {
  return join(
    dirname(notebookPath),
    'thumbnails',
    notebookPath.slice(dirname(notebookPath).length + 1).replace(/\.ipynb$/, '.png'),
  );
}

/** A small picture of a notebook's figure: that of the cell tagged so, or the first; null without a drawn figure. */
export async function thumbnailOf(notebook: Notebook): Promise<Buffer | null> {
  const cells = codeCells(notebook);
  const tagged = cells.filter(
    ({ metadata: { tags } }) => Array.isArray(tags) && tags.includes(THUMBNAIL_TAG),
  );
  const [png] = (tagged.length > 0 ? tagged : cells).flatMap(({ outputs }) => outputs.flatMap(pngOf));
  if (png === undefined) {
    return null;
  }
  const sharp = await loadSharp();
  return sharp(Buffer.from(png, 'base64'))
    .resize({ ...SIZE, fit: 'inside' })
    .png({ palette: true, colours: 48, effort: 10, compressionLevel: 9, dither: 0 })
    .toBuffer();
}

/** Writes the thumbnail of a notebook that was just made ready. */
export async function writeThumbnail(notebook: Notebook, notebookPath: string): Promise<void> {
  const thumbnail = await thumbnailOf(notebook);
  if (thumbnail !== null) {
    await writeWhole(thumbnailPath(notebookPath), thumbnail);
  }
}

function pngOf(output: NotebookOutput): string[] {
  if (output.output_type !== 'display_data' && output.output_type !== 'execute_result') {
    return [];
  }
  const png = output.data['image/png'];
  return typeof png === 'string' || Array.isArray(png) ? [joinedText(png as string | string[])] : [];
}
