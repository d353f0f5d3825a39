import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { checkCard } from '../../lib/runs/models/check-card.js';

const folder = projectPath('data', 'models', 'mini');
const models = readdirSync(folder).filter((name) => name.startsWith('mini-'));

it.each(models)('the bundled model %s has the files that its card names', async (name) => {
  expect(await checkCard(join(folder, name))).toContain('model.onnx');
});

it('the bundled models stay below 25 MB together', () => {
  const sizes = models.flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => statSync(join(folder, name, file)).size),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(25e6);
});
