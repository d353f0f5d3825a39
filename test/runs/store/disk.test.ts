import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../../../lib/files/input-error.js';
import { writeWhole } from '../../../lib/files/write-whole.js';
import { openStore, readKeys, readManifest, readReadings } from '../../../lib/runs/store/index.js';
import { exampleManifest, exampleReading } from './fixtures.js';
import { mountSmallDisk, type SmallDisk, whyNoMount } from './tmpfs.js';

let disk: SmallDisk;

beforeEach(() => {
  if (whyNoMount === null) {
    disk = mountSmallDisk('1m');
  }
});

afterEach(() => {
  disk?.unmount();
});

/** Readings that hardly compress, so that a part of 300 takes about 60 kB. */
function incompressibleReadings(first: number): ReturnType<typeof exampleReading>[] {
  return Array.from({ length: 300 }, (_, row) => {
    const number = first + row;
    const values = Array.from({ length: 12 }, (_, place) => -Math.abs(Math.sin(number * 12 + place + 1)));
    return exampleReading(number, { optionLogProbs: values, optionProbabilities: values.map(Math.exp) });
  });
}

/** Leaves no byte free. */
function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(bavail * bsize));
  expect(statfsSync(folder).bavail).toBe(0);
}

const title = whyNoMount === null ? '' : ` (skipped: ${whyNoMount})`;

describe.skipIf(whyNoMount !== null)(`a full disk${title}`, () => {
  test('a part that does not fit is not there at all; the run goes on once there is room', async () => {
    const folder = join(disk.folder, 'run');
    const store = await openStore(folder, { write: true });
    await store.writeManifest(exampleManifest());
    let failure: unknown;
    let written = 0;
    while (failure === undefined && written < 100) {
      await store.writePart(written, incompressibleReadings(written * 300)).then(
        () => {
          written += 1;
        },
        (error: unknown) => {
          failure = error;
        },
      );
    }
    expect(written).toBeGreaterThan(3);
    expect(failure).toBeInstanceOf(InputError);
    const name = `part-${String(written).padStart(5, '0')}.parquet`;
    expect(String(failure)).toMatch(
      new RegExp(
        `Writing ${name}: .*/readings/${name} cannot be written, the disk is full \\(.*No space left on device.*\\)\\. .* Free some space and repeat`,
      ),
    );
    expect(readdirSync(join(folder, 'readings'))).toHaveLength(written);
    expect(readdirSync(join(folder, 'readings')).every((file) => file.endsWith('.parquet'))).toBe(true);
    expect((await readReadings(folder)).length).toBe(written * 300);
    expect(store.keys.size).toBe(written * 300);

    disk.remount('size=8m');
    await store.writePart(written, incompressibleReadings(written * 300));
    await store.close();
    expect((await readKeys(folder)).size).toBe((written + 1) * 300);
  });

  test('a manifest or summary that does not fit leaves the old one', async () => {
    const folder = join(disk.folder, 'run');
    const store = await openStore(folder, { write: true });
    await store.writeManifest(exampleManifest());
    await writeWhole(join(folder, 'summary.json'), 'old');
    fill(disk.folder);
    const before = readdirSync(folder).sort();
    await expect(store.writeManifest(exampleManifest({ status: 'complete' }))).rejects.toThrow(
      /^Writing manifest\.json: .*manifest\.json cannot be written, the disk is full \(ENOSPC/,
    );
    await expect(writeWhole(join(folder, 'summary.json'), 'new')).rejects.toThrow(
      /^Writing summary\.json: .*the disk is full/,
    );
    expect(store.manifest).toEqual(exampleManifest());
    expect(readManifest(folder)).toEqual(exampleManifest());
    expect(readdirSync(folder).sort()).toEqual(before);
    // Giving the lock back needs no room.
    await store.close();
    expect(readdirSync(folder)).not.toContain('lock.json');
  });

  test('a run cannot be opened, and no half lock stays', async () => {
    fill(disk.folder);
    const folder = join(disk.folder, 'run');
    await expect(openStore(folder, { write: true })).rejects.toThrow(
      /(Opening|Locking) .* cannot be written, the disk is full/,
    );
    rmSync(join(disk.folder, 'filler'));
    const store = await openStore(folder, { write: true });
    await store.close();
    expect(readdirSync(folder)).toEqual(['readings']);
  });
});

describe.skipIf(whyNoMount !== null)(`a read-only disk${title}`, () => {
  test('can be read and not be written, and the message says so', async () => {
    const folder = join(disk.folder, 'run');
    const store = await openStore(folder, { write: true });
    await store.writeManifest(exampleManifest());
    await store.writePart(0, [exampleReading(1)]);
    await store.close();
    disk.remount('ro');

    expect(await readReadings(folder)).toStrictEqual([exampleReading(1)]);
    const wayOut =
      /cannot be written \(EROFS.*\)\. Expected a folder that this user may write to\. Choose another folder/;
    await expect(openStore(folder, { write: true })).rejects.toThrow(wayOut);
    await expect(openStore(folder, { write: true })).rejects.toThrow(/^Locking the run folder: .*lock\.json/);
    await expect(openStore(join(disk.folder, 'new'), { write: true })).rejects.toThrow(wayOut);
    await expect(writeWhole(join(folder, 'summary.json'), 'x')).rejects.toThrow(wayOut);
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'readings']);
  });

  test('that becomes read-only during a run: the part is refused, and what is there stays', async () => {
    const folder = join(disk.folder, 'run');
    const store = await openStore(folder, { write: true });
    await store.writeManifest(exampleManifest());
    await store.writePart(0, [exampleReading(1)]);
    disk.remount('ro');
    await expect(store.writePart(1, [exampleReading(2)])).rejects.toThrow(
      /^Writing part-00001\.parquet: .* cannot be written \(.*Read-only file system.*\)\. Expected a folder that this user may write to/,
    );
    // Closing does not throw, so that the error above is the one that is seen.
    await store.close();
    expect(await readReadings(folder)).toStrictEqual([exampleReading(1)]);
  });
});
