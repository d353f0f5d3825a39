import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import {
  combineHashes,
  hashPrompts,
  type RunIdentityParts,
  rememberingHasher,
  runIdentity,
  SCORING_CONTRACT,
} from '../../lib/runs/identity.js';
import { type Manifest, readRecordingManifest } from '../../lib/runs/store/index.js';
import type { Provider } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const prompt = renderPrompt({
  item: trustItem,
  template: lastTemplate,
  country: netherlands,
  order: 'given',
});

describe('runIdentity', () => {
  const parts: RunIdentityParts = {
    ...{ modelFiles: 'a', prompts: 'b', provider: 'cpu', scoringContract: 1 },
    readingKinds: ['letter'],
  };

  it('changes with everything that numbers depend on', () => {
    const changed = [
      parts,
      { ...parts, modelFiles: 'x' },
      { ...parts, prompts: 'x' },
      { ...parts, provider: 'cuda' as const },
      { ...parts, scoringContract: 2 },
      { ...parts, readingKinds: ['answer-text'] as const },
      { ...parts, readingKinds: ['letter', 'answer-text'] as const },
    ].map((one) => runIdentity(one));
    expect(new Set(changed).size).toBe(7);
    expect(runIdentity({ ...parts })).toBe(changed[0]);
    expect(runIdentity({ ...parts, readingKinds: ['answer-text', 'letter'] })).toBe(changed[6]);
  });

  // The shipped recordings keep the manifests of their runs; those of letters were made when nothing else could be read.
  it.each(['smollm2-135m-instruct', 'smollm2-135m-instruct-int4', 'smollm2-135m-instruct-int8'])(
    'of a run of letters is what it was before there were answer texts: %s',
    (recording) => {
      const { runs } = readRecordingManifest(projectPath('data', 'readings', recording));
      const ofLetters = (runs as unknown as Manifest[]).filter(
        ({ settings }) => settings.readingKinds.join() === 'letter',
      );
      expect(ofLetters.length).toBeGreaterThan(0);
      for (const { identity, model, settings, promptsHash } of ofLetters) {
        const provider = model.provider as Provider;
        const { readingKinds } = settings;
        const prints = { modelFiles: model.identity, prompts: promptsHash, provider, readingKinds };
        expect(runIdentity({ ...prints, scoringContract: SCORING_CONTRACT })).toBe(identity);
      }
    },
  );
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
