import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { sha256OfFile } from '../../lib/files/hash.js';

interface Card {
  readonly files: Record<string, { readonly sha256: string } | string>;
}

const folder = projectPath('data', 'models', 'mini');
const models = readdirSync(folder).filter((name) => name.startsWith('mini-'));

describe.each(models)('the bundled model %s', (name) => {
  const card = JSON.parse(readFileSync(join(folder, name, 'card.json'), 'utf8')) as Card;
  // Rebuilt from the graph on demand, so it may be absent.
  const files = Object.entries(card.files).filter(([file]) => file !== 'model.safetensors');

  it.each(files)('has the %s that its card names', async (file, entry) => {
    const wanted = typeof entry === 'string' ? entry : entry.sha256;
    expect(await sha256OfFile(join(folder, name, file))).toBe(wanted);
  });

  it('has a graph on its card', () => {
    expect(files.map(([file]) => file)).toContain('model.onnx');
  });
});

it('the bundled models stay below 25 MB together', () => {
  const sizes = models.flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => statSync(join(folder, name, file)).size),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(25e6);
});
