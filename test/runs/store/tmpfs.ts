import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** For example "size=4m" or "ro". */
  remount(options: string): void;
  unmount(): void;
}

/** Why no disk can be mounted here at all; null where it must work. */
export const whyNoMount: string | null =
  process.platform !== 'linux'
    ? 'tmpfs is a Linux thing'
    : process.getuid?.() !== 0
      ? 'mounting takes root'
      : null;

/** Mounts a tmpfs of the given size ("1m"). File modes prove nothing for root; a mount does. */
export function mountSmallDisk(size: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'culture-lens-disk-'));
  mount(['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  return {
    folder,
    remount: (options) => mount(['-o', `remount,${options}`, folder]),
    unmount: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function mount(parameters: readonly string[]): void {
  try {
    execFileSync('mount', parameters, { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      `This test runs as root but may not mount a tmpfs (${error instanceof Error ? error.message.trim() : error}). ` +
        'Give the container the right to mount (for Docker: --cap-add SYS_ADMIN), or run the tests as an ordinary user, for whom it is skipped.',
    );
  }
}
