import { sha256OfFile } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import type { CudaManifest } from './cuda-manifest.js';
import { fetchWheel } from './fetch-wheel.js';
import { NEEDED } from './needed.js';
import type { Pip } from './pip.js';
import { nvidiaRequirements, PROVIDER_PACKAGE, type Requirement } from './requirement.js';
import { unpackWheel } from './unpack-wheel.js';

const CUDA_RUNTIME = 'nvidia-cuda-runtime';

/**
 * Downloads and unpacks the wheel of the provider and what it asks for, and what that asks for in turn, each package once.
 *
 * @param options.version of onnxruntime: provider and library have to be of one release
 * @param options.wheels folder of the downloads, which may hold some already
 * @param options.unpacked empty folder for the libraries
 * @returns the packages, in the order in which they came
 * @throws InputError when one cannot be had, or the release is built for another CUDA than the machine was checked for
 */
export async function collectLibraries(
  pip: Pip,
  options: {
    readonly version: string;
    readonly glibc: string;
    readonly wheels: string;
    readonly unpacked: string;
    readonly log: (line: string) => void;
  },
): Promise<CudaManifest['packages']> {
  const packages: CudaManifest['packages'] = [];
  const provider = { name: PROVIDER_PACKAGE, words: `${PROVIDER_PACKAGE}==${options.version}` };
  const queue: Requirement[] = [provider];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name } = next;
    const wheel = await fetchWheel(pip, next, { ...options, folder: options.wheels });
    const { version, requires } = await unpackWheel(wheel, { python: pip.python, folder: options.unpacked });
    packages.push({ name, version, sha256: await sha256OfFile(wheel) });
    if (name === CUDA_RUNTIME) {
      requireSameCuda(version);
    }
    const known = new Set([...packages, ...queue].map((one) => one.name));
    queue.push(...nvidiaRequirements(requires).filter((requirement) => !known.has(requirement.name)));
  }
  return packages;
}

function requireSameCuda(runtime: string): void {
  if (Number.parseInt(runtime, 10) !== NEEDED.cudaMajor) {
    throw new InputError(
      `Setting up CUDA: this release of ${PROVIDER_PACKAGE} asks for the CUDA runtime ${runtime}, and the machine was checked ` +
        `for CUDA ${NEEDED.cudaMajor}. Expected both to agree: use the version of onnxruntime-node that this project names (npm ci).`,
    );
  }
}
