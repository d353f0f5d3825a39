import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { freeSpace } from '../../lib/files/free-space.js';

const disk = vi.hoisted(() => ({ isSilent: false }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const statfs: typeof real.statfs = ((path: string) =>
    disk.isSilent ? Promise.reject(new Error('ENOSYS: statfs')) : real.statfs(path)) as typeof real.statfs;
  return { ...real, statfs };
});

it('is that of the nearest folder that exists', async () => {
  const { bsize, blocks } = statfsSync(tmpdir());
  const free = await freeSpace(join(tmpdir(), 'not', 'there', 'yet'));
  expect(free).toBeGreaterThan(0);
  expect(free).toBeLessThanOrEqual(bsize * blocks);
});

it('is unknown where the disk does not tell', async () => {
  disk.isSilent = true;
  expect(await freeSpace(tmpdir())).toBeNull();
});
