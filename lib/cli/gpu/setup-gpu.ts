import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commitFolder } from '../../files/commit-folder.js';
import { withFolderLock } from '../../files/folder-lock.js';
import { InputError } from '../../files/input-error.js';
import { storageError } from '../../files/storage-error.js';
import { makeFolder, writeWhole } from '../../files/write-whole.js';
import { describeCheck } from './check.js';
import { checkSetup, type SetupInput } from './check-setup.js';
import { collectLibraries } from './collect-libraries.js';
import { CUDA_MANIFEST, type CudaManifest, describeLibraries } from './cuda-manifest.js';
import { removeParts } from './fetch-wheel.js';
import { layProvider, providerLibraries } from './lay-provider.js';
import { NEEDED } from './needed.js';
import { findPip } from './pip.js';
import { setupState } from './setup-state.js';

/** What a set-up needs to know, and whom it tells. */
export interface SetupGpuOptions extends SetupInput {
  readonly log: (line: string) => void;
}

/**
 * Sets up onnxruntime's CUDA provider: checks, downloads what is missing, lays the provider. Repeating it costs little.
 *
 * The folder with the libraries gets its name when it is complete. What an interrupted set-up had downloaded is used by the
 * next one.
 *
 * @throws InputError when a check fails (before anything has been downloaded), or pip or the disk does
 */
export async function setupGpu(options: SetupGpuOptions): Promise<CudaManifest> {
  const { folders, log } = options;
  for await (const check of checkSetup(options)) {
    log(describeCheck(check));
    if (check.state === 'unmet') {
      throw new InputError(
        `Setting up CUDA: ${check.what}: found ${check.found}. Expected ${check.expected}. ${check.wayOut} Nothing has been changed.`,
      );
    }
  }
  return withFolderLock(folders.lock, async () => {
    const state = setupState(folders);
    const manifest = state.kind === 'complete' ? state.manifest : await makeComplete(options);
    layProvider(folders, providerLibraries(manifest));
    return manifest;
  });
}

async function makeComplete(options: SetupGpuOptions): Promise<CudaManifest> {
  const { folders, machine, environment, log } = options;
  const glibc = machine.glibc ?? NEEDED.glibc;
  const wheels = join(folders.unfinished, 'wheels');
  const unpacked = join(folders.unfinished, 'unpacked');
  try {
    await makeFolder(wheels);
    removeParts(wheels);
    await rm(unpacked, { recursive: true, force: true });
    const pip = await findPip(environment);
    const { version } = folders;
    const packages = await collectLibraries(pip, { version, glibc, wheels, unpacked, log });
    log('Noting what each library is.');
    const manifest = await describeLibraries(unpacked, { version, packages });
    await writeWhole(join(unpacked, CUDA_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    removeComplete(folders.complete);
    await commitFolder(unpacked, folders.complete);
    await rm(folders.unfinished, { recursive: true, force: true });
    return manifest;
  } catch (error) {
    throw storageError('Setting up CUDA', folders.unfinished, error);
  }
}

/** Removes a folder of libraries so that at no moment a part of it passes for the whole. */
export function removeComplete(folder: string): void {
  rmSync(join(folder, CUDA_MANIFEST), { force: true });
  rmSync(folder, { recursive: true, force: true });
}
