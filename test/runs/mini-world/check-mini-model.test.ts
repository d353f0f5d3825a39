import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256OfText } from '../../../lib/files/hash.js';
import { checkMiniModel } from '../../../lib/runs/mini-world/check-mini-model.js';
import { temporaryFolders, writeText } from './parquet-fixture.js';

const newFolder = temporaryFolders();

function model(): string {
  const folder = join(newFolder(), 'mini-x');
  const texts = { 'model.onnx': 'graph', 'config.json': '{}' };
  const entry = (text: string) => ({ bytes: text.length, sha256: sha256OfText(text) });
  for (const [name, text] of Object.entries(texts)) {
    writeText(join(folder, name), text);
  }
  const files = {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, entry(text)])),
    'model.safetensors': entry('weights'),
  };
  writeText(join(folder, 'card.json'), JSON.stringify({ name: 'mini-x', files }));
  return folder;
}

describe('a shipped mini model', () => {
  it('has the files of its card; the weights for Python may be absent', async () => {
    expect(await checkMiniModel(model())).toEqual(['model.onnx', 'config.json']);
  });

  it('is refused with both digests and the way out where a file has changed', async () => {
    const folder = model();
    writeText(join(folder, 'model.onnx'), 'another');
    const failed = checkMiniModel(folder);
    await expect(failed).rejects.toThrow(
      `model.onnx has the SHA-256 ${sha256OfText('another')}, expected ${sha256OfText('graph')}, as card.json says`,
    );
    await expect(failed).rejects.toThrow('`python make.py train mini-x --seed 1` in data/models/mini/make');
  });

  it('is refused where the weights for Python are there and others', async () => {
    const folder = model();
    writeText(join(folder, 'model.safetensors'), 'other weights');
    await expect(checkMiniModel(folder)).rejects.toThrow('model.safetensors has the SHA-256');
  });

  it('is refused without a file, without a graph on its card, and without a card', async () => {
    const folder = model();
    rmSync(join(folder, 'config.json'));
    await expect(checkMiniModel(folder)).rejects.toThrow('config.json is missing');
    writeText(join(folder, 'card.json'), JSON.stringify({ files: {} }));
    await expect(checkMiniModel(folder)).rejects.toThrow('expected model.onnx among the files');
    rmSync(join(folder, 'card.json'));
    await expect(checkMiniModel(folder)).rejects.toThrow('the card of mini-x');
  });
});
