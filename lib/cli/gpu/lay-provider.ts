import { existsSync, lstatSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { storageError } from '../../files/storage-error.js';
import { LIBRARIES } from '../../inference/cuda/cuda-libraries.js';
import type { CudaManifest } from './cuda-manifest.js';
import type { GpuFolders } from './gpu-folders.js';

const PROVIDER = 'libonnxruntime_providers_';

/** The libraries of a set-up that onnxruntime looks for beside its own. */
export function providerLibraries({ libraries }: CudaManifest): string[] {
  return Object.keys(libraries).filter((name) => name.startsWith(PROVIDER));
}

/** Names of the links into the set-up folder that lie among onnxruntime-node's files. */
export function laidLinks({ native, complete }: Pick<GpuFolders, 'native' | 'complete'>): string[] {
  const libraries = join(complete, LIBRARIES);
  return existsSync(native)
    ? readdirSync(native).filter((name) => targetOf(join(native, name)) === join(libraries, name))
    : [];
}

/**
 * Lays links to the provider beside libonnxruntime. Links, because `npm ci` throws them away with the folder, and laying them
 * again costs nothing. Their targets are relative, so the project may be moved.
 *
 * @throws InputError when another file has the name of one, or the folder cannot be written
 */
export function layProvider(folders: GpuFolders, names: readonly string[]): void {
  const laid = laidLinks(folders);
  for (const name of names.filter((name) => !laid.includes(name))) {
    const link = join(folders.native, name);
    try {
      symlinkSync(relative(folders.native, join(folders.complete, LIBRARIES, name)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
        throw new InputError(
          `Setting up CUDA: ${link} is there already and was not laid by this command. Expected no file of that name. ` +
            'If it was copied there by hand, remove it, then run npm run setup:gpu again.',
        );
      }
      throw storageError('Setting up CUDA', link, error);
    }
  }
}

/** Takes the links away again, and nothing else. @returns their names */
export function unlayProvider(folders: GpuFolders): string[] {
  const laid = laidLinks(folders);
  for (const name of laid) {
    rmSync(join(folders.native, name));
  }
  return laid;
}

/** Where a link leads, whether there is something or not; null for anything that is no link. */
function targetOf(path: string): string | null {
  return lstatSync(path).isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : null;
}
