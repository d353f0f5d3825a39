import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256OfFile } from '../../files/hash.js';
import { readJsonFile } from '../../files/read-json.js';
import { LIBRARIES } from '../../inference/cuda/cuda-libraries.js';

/** The last file that is written into a set-up folder. */
export const CUDA_MANIFEST = 'manifest.json';

const manifestSchema = z.strictObject({
  contract: z.literal(1),
  /** Version of onnxruntime that the provider belongs to. */
  onnxruntime: z.string(),
  /** The wheels that all of it came from. */
  packages: z.array(z.strictObject({ name: z.string(), version: z.string(), sha256: z.string() })),
  /** Shared libraries by file name. */
  libraries: z.record(z.string(), z.strictObject({ bytes: z.int(), sha256: z.string() })),
});

/** What a set-up consists of. */
export type CudaManifest = z.infer<typeof manifestSchema>;

/** Takes stock of unpacked libraries. */
export async function describeLibraries(
  folder: string,
  from: { readonly version: string; readonly packages: CudaManifest['packages'] },
): Promise<CudaManifest> {
  const libraries: CudaManifest['libraries'] = {};
  for (const name of readdirSync(join(folder, LIBRARIES)).sort()) {
    const path = join(folder, LIBRARIES, name);
    libraries[name] = { bytes: statSync(path).size, sha256: await sha256OfFile(path) };
  }
  return { contract: 1, onnxruntime: from.version, packages: from.packages, libraries };
}

/** What a set-up folder says of itself; null where there is none. @throws InputError for a broken list */
export function readCudaManifest(folder: string): CudaManifest | null {
  const path = join(folder, CUDA_MANIFEST);
  return existsSync(path) ? readJsonFile(path, manifestSchema, 'the list of CUDA libraries') : null;
}

/** Libraries that are not there with their full size. */
export function missingLibraries(folder: string, { libraries }: CudaManifest): string[] {
  return Object.entries(libraries)
    .filter(([name, { bytes }]) => {
      const path = join(folder, LIBRARIES, name);
      return !existsSync(path) || statSync(path).size !== bytes;
    })
    .map(([name]) => name);
}
