import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitFiles, type FinishedFile } from '../../lib/files/commit-files.js';
import { temporaryFolders } from '../runs/store/fixtures.js';

const newFolder = temporaryFolders();

/** Finished files of these names, each with its name as text, beside their places. */
function finishedFiles(folder: string, names: readonly string[]): FinishedFile[] {
  return names.map((name) => {
    const finished = join(folder, `.${name}.tmp`);
    writeFileSync(finished, `new ${name}`);
    return { finished, path: join(folder, name) };
  });
}

test('names all files, those that are there being replaced', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'a'), 'old a');
  await commitFiles(finishedFiles(folder, ['a', 'b']));
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'b']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new a');
  expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('new b');
});

test.each([
  ['was', true],
  ['was not', false],
])(
  'where a later name cannot be given, an earlier file is as it was, when it %s there',
  async (_, wasThere) => {
    const folder = newFolder();
    if (wasThere) {
      writeFileSync(join(folder, 'a'), 'old a');
    }
    mkdirSync(join(folder, 'b', 'inside'), { recursive: true });
    await expect(commitFiles(finishedFiles(folder, ['a', 'b']))).rejects.toThrow(/^Writing b: /);
    expect(existsSync(join(folder, 'a'))).toBe(wasThere);
    expect(readdirSync(folder).toSorted()).toEqual(wasThere ? ['a', 'b'] : ['b']);
    if (wasThere) {
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old a');
    }
  },
);
