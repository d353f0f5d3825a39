import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { keyOf, readKeys, readManifest, readReadings } from '../../lib/runs/store/index.js';
import { describeKills, killAndResume } from './kill-harness.js';

// 100 kills: npm run check:kills
const kills = Number(process.env.CULTURE_LENS_KILLS ?? 25);

// 25 items x 55 countries x 2 orders, letters and answer texts: long enough for kills to fall between first and last reading
const ITEMS = [
  ...Array.from({ length: 6 }, (_, place) => `Q${1 + place}`),
  ...Array.from({ length: 19 }, (_, place) => `Q${27 + place}`),
].join(',');
const READINGS = 5500;

const runs = mkdtempSync(join(tmpdir(), 'culture-lens-probe-kills-'));
afterAll(() => rmSync(runs, { recursive: true, force: true }));

test(`the probe of a real model survives ${kills} kills: every reading once, same numbers`, {
  timeout: 120_000 + kills * 20_000,
}, async () => {
  const folder = join(runs, 'kills', 'mini-100k');
  const report = await killAndResume({
    command: [
      process.execPath,
      projectPath('lib', 'bin', 'culture-lens.js'),
      ...['probe', projectPath('data', 'models', 'mini', 'mini-100k')],
      ...['--study', 'kills', '--items', ITEMS, '--provider', 'cpu', '--runs', runs],
      ...['--reading', 'letter,answer-text'],
      // Without it each run would time its own rows, and rows of another length round in another place.
      ...['--row-tokens', '256'],
    ],
    folder,
    kills,
    seed: 7,
    isComplete: async () =>
      existsSync(join(folder, 'manifest.json')) && (await readKeys(folder)).size === READINGS,
    result: async () => {
      expect(readManifest(folder).status).toBe('complete');
      const readings = await readReadings(folder);
      expect(readings).toHaveLength(READINGS);
      return readings.sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
    },
  });
  console.log(describeKills(report));
  expect(report.kills).toHaveLength(kills);
  expect(report.betweenFirstAndLast).toBeGreaterThanOrEqual(0.7 * kills);
  expect(report.kills.some(({ place }) => place === 'inside a write')).toBe(true);
});
