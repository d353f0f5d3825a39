import { existsSync, rmSync } from 'node:fs';
import { withFolderLock } from '../../files/folder-lock.js';
import { storageError } from '../../files/storage-error.js';
import type { GpuFolders } from './gpu-folders.js';
import { unlayProvider } from './lay-provider.js';
import { removeComplete } from './setup-gpu.js';

/**
 * Takes away what a set-up made, and nothing else: the links beside onnxruntime and the project's own folders of CUDA. Half
 * of it may be missing.
 *
 * @returns paths and names of what was removed; empty where there was nothing
 * @throws InputError when the disk refuses
 */
export async function removeGpu(folders: GpuFolders): Promise<string[]> {
  return withFolderLock(folders.lock, async () => {
    try {
      const links = unlayProvider(folders);
      const there = [folders.complete, folders.unfinished].filter((folder) => existsSync(folder));
      removeComplete(folders.complete);
      rmSync(folders.unfinished, { recursive: true, force: true });
      return [...links, ...there];
    } catch (error) {
      throw storageError('Removing CUDA', folders.complete, error);
    }
  });
}
