import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataPath } from '../../lib/files/data-folder.js';

type Json = Record<string, Record<string, unknown>>;

/** What the maker's reader of recipes.json says of a changed file; it needs no package beside Python itself. */
function read(change: (file: Json) => void): { readonly status: number | null; readonly said: string } {
  const file = JSON.parse(readFileSync(dataPath('models', 'mini', 'recipes.json'), 'utf8')) as Json;
  change(file);
  const path = join(mkdtempSync(join(tmpdir(), 'recipes-')), 'recipes.json');
  writeFileSync(path, JSON.stringify(file));
  const code =
    'import sys\nfrom pathlib import Path\nfrom recipes import read_world\nworld = read_world(Path(sys.argv[1]))\nprint(len(world.recipes))';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', code, path], {
    cwd: dataPath('models', 'mini', 'make'),
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

describe("the maker's reader of recipes.json", () => {
  it('takes the file that ships', () => {
    expect(read(() => {})).toMatchObject({ status: 0, said: '17\n' });
  });

  it.each<[string, (file: Json) => void, string]>([
    [
      'an unknown factor',
      (file) => Object.assign(file.factors ?? {}, { luck: ['mini-6k'] }),
      "recipes.json: unknown factor 'luck'; expected one of size, coverage, languages, alignment, synthetic, null",
    ],
    [
      'an arm without a recipe',
      (file) => Object.assign(file.factors ?? {}, { size: ['mini-7k'] }),
      "factors.size names 'mini-7k', which is not in `recipes`",
    ],
    [
      'a width that heads cannot share',
      (file) => Object.assign(file.sizes?.['6k'] ?? {}, { heads: 3 }),
      'sizes.6k has a width of 16 and 3 heads; the width must be a multiple of twice the heads (6)',
    ],
    [
      'a stage of another form',
      (file) => Object.assign(file.stages?.tuned ?? {}, { forms: 'chat' }),
      "stages.tuned.forms is 'chat'; expected one of base, instruction",
    ],
    [
      'a text that is not defined',
      (file) =>
        Object.assign(file.stages?.tuned ?? {}, { sources: [{ telling: 'rumours', coverage: 'even' }] }),
      "stages.tuned names 'rumours', which is not in `tellings`; known are little, more",
    ],
  ])('refuses %s', (_, change, message) => {
    const { status, said } = read(change);
    expect(status).not.toBe(0);
    expect(said).toContain(message);
  });
});
