import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { sha256OfText } from '../../../lib/files/hash.js';
import { checkCard, hasCard } from '../../../lib/runs/models/check-card.js';
import { openModelFolder } from '../../../lib/runs/models/open-model-folder.js';
import { temporaryFolders, writeText } from '../mini-world/parquet-fixture.js';

const newFolder = temporaryFolders();

function model(): string {
  const folder = join(newFolder(), 'mini-x');
  const texts = { 'model.onnx': 'graph', 'config.json': '{}' };
  const entry = (text: string) => ({ bytes: text.length, sha256: sha256OfText(text) });
  for (const [name, text] of Object.entries(texts)) {
    writeText(join(folder, name), text);
  }
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, entry(text)]));
  writeText(join(folder, 'card.json'), JSON.stringify({ name: 'mini-x', files, remake: 'make mini-x' }));
  return folder;
}

describe('a shipped mini model', () => {
  it('has the files of its card', async () => {
    expect(await checkCard(model())).toEqual(['model.onnx', 'config.json']);
  });

  it('is refused with both digests and the way out where a file has changed', async () => {
    const folder = model();
    writeText(join(folder, 'model.onnx'), 'another');
    const failed = checkCard(folder);
    await expect(failed).rejects.toThrow(
      `model.onnx has the SHA-256 ${sha256OfText('another')}, expected ${sha256OfText('graph')}, as card.json says`,
    );
    await expect(failed).rejects.toThrow('or make it again: make mini-x.');
  });

  it('is refused without a file, without a graph on its card, and without a card', async () => {
    const folder = model();
    rmSync(join(folder, 'config.json'));
    await expect(checkCard(folder)).rejects.toThrow('config.json is missing');
    writeText(join(folder, 'card.json'), JSON.stringify({ files: {} }));
    await expect(checkCard(folder)).rejects.toThrow('expected model.onnx among the files');
    rmSync(join(folder, 'card.json'));
    await expect(checkCard(folder)).rejects.toThrow('the card of mini-x');
  });
});

describe('opening a model folder', () => {
  it('refuses a bundled model of which one byte has changed, before anything is asked', async () => {
    const folder = join(newFolder(), 'mini-100k');
    cpSync(projectPath('data', 'models', 'mini', 'mini-100k'), folder, { recursive: true });
    const graph = readFileSync(join(folder, 'model.onnx'));
    graph[graph.length - 1] = (graph.at(-1) ?? 0) ^ 1;
    writeFileSync(join(folder, 'model.onnx'), graph);
    await expect(openModelFolder(folder)).rejects.toThrow(
      /model\.onnx has the SHA-256 .* as card\.json says/,
    );
  });

  it('takes a card that names no files for another kind of card', () => {
    const folder = model();
    expect(hasCard(folder)).toBe(true);
    writeText(join(folder, 'card.json'), JSON.stringify({ name: 'theirs' }));
    expect(hasCard(folder)).toBe(false);
    rmSync(join(folder, 'card.json'));
    expect(hasCard(folder)).toBe(false);
  });
});
