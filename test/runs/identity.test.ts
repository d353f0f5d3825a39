import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { combineHashes, hashPrompts, rememberingHasher, runIdentity } from '../../lib/runs/identity.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const prompt = renderPrompt({
  item: trustItem,
  template: lastTemplate,
  country: netherlands,
  order: 'given',
});

describe('runIdentity', () => {
  const parts = { modelFiles: 'a', prompts: 'b', provider: 'cpu', scoringContract: 1 } as const;

  it('changes with everything that numbers depend on', () => {
    const changed = [
      parts,
      { ...parts, modelFiles: 'x' },
      { ...parts, prompts: 'x' },
      { ...parts, provider: 'cuda' as const },
      { ...parts, scoringContract: 2 },
    ].map(runIdentity);
    expect(new Set(changed).size).toBe(5);
    expect(runIdentity({ ...parts })).toBe(changed[0]);
  });
});

describe('hashPrompts', () => {
  it('covers text, key, option codes and order of the prompts', () => {
    const other = { ...prompt, country: 'DEU' };
    const recoded = {
      ...prompt,
      options: prompt.options.map((option) => ({ ...option, code: -option.code })),
    };
    const reworded = { ...prompt, text: 'x' };
    const lists = [[prompt], [other], [prompt, other], [other, prompt], [reworded], [recoded]];
    expect(new Set(lists.map(hashPrompts)).size).toBe(6);
  });
});

describe('file hashes', () => {
  it('are computed again only when size or time change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hash-'));
    const path = join(folder, 'a.bin');
    writeFileSync(path, 'one');
    utimesSync(path, 1, 1);
    let computed = 0;
    const hasher = rememberingHasher(new Map(), () => {
      computed += 1;
    });
    const first = await hasher(path);
    // printf one | sha256sum
    expect(first).toBe('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed');
    await hasher(path);
    expect(computed).toBe(1);
    writeFileSync(path, 'two');
    utimesSync(path, 2, 2);
    expect(await hasher(path)).not.toBe(first);
    expect(computed).toBe(2);
  });

  it('notice other contents of the same size and time, as copying tools leave them', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'hash-')), 'a.bin');
    const hasher = rememberingHasher(new Map(), () => {});
    writeFileSync(path, 'one');
    utimesSync(path, 1, 1);
    const first = await hasher(path);
    writeFileSync(path, 'two');
    utimesSync(path, 1, 1);
    expect(await hasher(path)).not.toBe(first);
  });

  it('of a folder cover names as well as contents', async () => {
    const hasher = async (path: string): Promise<string> => (path.endsWith('a') ? '1' : '2');
    expect(await combineHashes('f', ['a', 'b'], hasher)).not.toBe(
      await combineHashes('f', ['b', 'a'], hasher),
    );
  });
});
