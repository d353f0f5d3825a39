import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { readKeys, readManifest, readReadings } from '../../lib/runs/store/index.js';
import { describeKills, type KillOptions, killAndResume } from './kill-harness.js';

// 100 kills: CULTURE_LENS_KILLS=100 npx vitest run test/crash
const kills = Number(process.env.CULTURE_LENS_KILLS ?? 25);
const parts = 24;
const rows = 40;

let root: string;

beforeEach(() => {
  if (!existsSync(projectPath('lib', 'dist', 'runs', 'store', 'index.js'))) {
    throw new Error('lib/dist/runs/store is missing: run `npm run build` before this test.');
  }
  root = mkdtempSync(join(tmpdir(), 'culture-lens-kills-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function writeParts(mode: readonly string[]): Omit<KillOptions, 'kills' | 'seed'> {
  const folder = join(root, 'run');
  return {
    command: [
      process.execPath,
      projectPath('test', 'crash', 'write-parts.js'),
      folder,
      `${parts}`,
      `${rows}`,
      ...mode,
    ],
    folder,
    isComplete: async () =>
      existsSync(join(folder, 'manifest.json')) && (await readKeys(folder)).size === parts * rows,
    result: async () => {
      expect(readManifest(folder).status).toBe('complete');
      expect(readdirSync(folder)).not.toContain('lock.json');
      expect(readdirSync(join(folder, 'readings')).filter((name) => !name.endsWith('.parquet'))).toEqual([]);
      const readings = await readReadings(folder);
      // Parts may be numbered in another order after a kill; readings are told apart by their variable here.
      expect(new Set(readings.map(({ variable }) => variable)).size).toBe(parts * rows);
      return readings.sort((one, other) => one.variable.localeCompare(other.variable));
    },
  };
}

describe('a run that is killed again and again', () => {
  test(`keeps every reading once, with the numbers of an uninterrupted run (${kills} kills)`, {
    timeout: 60_000 + kills * 10_000,
  }, async () => {
    const report = await killAndResume({ ...writeParts([]), kills, seed: 20 });
    console.log(describeKills(report));
    expect(report.kills).toHaveLength(kills);
    expect(report.uninterrupted.parts).toBe(parts);
    expect(report.betweenFirstAndLast).toBeGreaterThanOrEqual(0.7 * kills);
    expect(report.kills.some(({ place }) => place === 'inside a write')).toBe(true);
  });

  test('is told from one that loses readings', { timeout: 300_000 }, async () => {
    // This writer notes a part as done before it is written, so a kill in between loses the part for ever.
    await expect(killAndResume({ ...writeParts(['careless']), kills: 40, seed: 3 })).rejects.toThrow(
      'ended well, but its run is not complete',
    );
  });

  test('is told from one that fails', async () => {
    const options = {
      ...writeParts([]),
      command: [process.execPath, '-e', 'console.error("no disk"); process.exit(3)'],
    };
    await expect(killAndResume({ ...options, kills: 1, seed: 1 })).rejects.toThrow(/ended with 3: no disk/);
  });

  test('is told from one whose numbers change when it goes on', { timeout: 120_000 }, async () => {
    let looks = 0;
    const options = writeParts([]);
    const result = async (): Promise<unknown> => {
      looks += 1;
      const readings = (await options.result()) as { meanScore: number | null }[];
      return looks === 1
        ? readings
        : readings.map((reading, row) => (row === 7 ? { ...reading, meanScore: 9 } : reading));
    };
    await expect(killAndResume({ ...options, result, kills: 1, seed: 5 })).rejects.toThrow(
      /differs from an uninterrupted one: result\.7\.meanScore is 9 instead of/,
    );
  });
});
