import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { projectPath } from '../../files/data-folder.js';
import { readJsonFile } from '../../files/read-json.js';
import { cudaFolder } from '../../inference/cuda/cuda-libraries.js';
import { NEEDED } from './needed.js';

/** Where a set-up puts what, and for which onnxruntime. */
export interface GpuFolders {
  /** There only when complete. */
  readonly complete: string;
  /** Downloads and what is being unpacked; a later set-up goes on from there. */
  readonly unfinished: string;
  /** Held while one process sets up. */
  readonly lock: string;
  /** Native files of the installed onnxruntime-node; the provider has to lie beside its libonnxruntime. */
  readonly native: string;
  /** Version of the installed onnxruntime-node, which the provider's must equal. */
  readonly version: string;
}

const packageFile = z.looseObject({
  version: z.string(),
  binary: z.looseObject({ napi_versions: z.tuple([z.int()], z.int()) }),
});

/** The folders of this project. @throws InputError when onnxruntime-node is not installed */
export function gpuFolders(): GpuFolders {
  const path = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  const { version, binary } = readJsonFile(path, packageFile, 'the package of onnxruntime-node');
  return {
    complete: cudaFolder(),
    unfinished: projectPath('.cuda-unfinished'),
    lock: projectPath('.cuda-lock'),
    native: join(
      dirname(path),
      'bin',
      `napi-v${binary.napi_versions[0]}`,
      NEEDED.platform,
      NEEDED.architecture,
    ),
    version,
  };
}
