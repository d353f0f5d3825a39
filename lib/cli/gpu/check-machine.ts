import type { Check } from './check.js';
import type { Machine } from './machine.js';
import { isAtLeast, NEEDED } from './needed.js';

/**
 * Whether CUDA can run on a machine: system, C library, driver, GPU, in this order. Where the system is another one,
 * nothing else is worth looking at.
 *
 * @param options.withoutGpu a driver and a GPU need not be there: an image may be built on a machine that has none
 */
export function checkMachine(machine: Machine, options: { readonly withoutGpu: boolean }): Check[] {
  const system = checkSystem(machine);
  if (system.state === 'unmet') {
    return [system];
  }
  const { driver } = machine;
  const gpuChecks = [checkDriver(machine), checkGpu(machine)].map(
    (check): Check =>
      options.withoutGpu && check.state === 'unmet'
        ? { state: 'open', what: check.what, found: `${check.found}; needed only where models are to run` }
        : check,
  );
  return [system, checkGlibc(machine), ...(driver.version === null ? gpuChecks.slice(0, 1) : gpuChecks)];
}

function checkSystem({ platform, architecture }: Machine): Check {
  const found = `${platform} ${architecture}`;
  const what = 'system';
  if (platform === NEEDED.platform && architecture === NEEDED.architecture) {
    return { state: 'met', what, found };
  }
  return {
    state: 'unmet',
    what,
    found,
    expected: "Linux x64, the only system that onnxruntime's CUDA provider for Node exists for",
    wayOut: WITHOUT_CUDA[`${platform}-${architecture}`] ?? 'Models run on the CPU here: --provider cpu.',
  };
}

const WEBGPU_INSIDE =
  'WebGPU is in the package for this system and reaches its GPUs without any set-up: --provider webgpu.';
// What the folder of onnxruntime-node 1.30.0 for each system holds.
const WITHOUT_CUDA: Readonly<Record<string, string>> = {
  'darwin-arm64': WEBGPU_INSIDE,
  'win32-x64': WEBGPU_INSIDE,
  'win32-arm64': WEBGPU_INSIDE,
  'darwin-x64': 'The package holds nothing at all for this system; another machine is needed.',
};

function checkGlibc({ glibc }: Machine): Check {
  const what = 'C library';
  if (glibc !== null && isAtLeast(glibc, NEEDED.glibc)) {
    return { state: 'met', what, found: `glibc ${glibc}` };
  }
  return {
    state: 'unmet',
    what,
    found: glibc === null ? 'not glibc (musl?)' : `glibc ${glibc}`,
    expected: `glibc ${NEEDED.glibc} or later`,
    wayOut: 'Use a newer system, for example Debian 12 or Ubuntu 22.04 (also as a container).',
  };
}

function checkDriver({ driver }: Machine): Check {
  const what = 'NVIDIA driver';
  const expected = `NVIDIA's driver ${NEEDED.driverMajor} or later, for CUDA ${NEEDED.cudaMajor}`;
  const { version } = driver;
  if (version === null) {
    return {
      state: 'unmet',
      what,
      found: 'none answers (neither nvidia-smi nor the kernel module)',
      expected,
      wayOut:
        'Install it, or start the container with the GPU (docker run --gpus all). To prepare an image on a machine without a GPU, add --without-gpu.',
    };
  }
  if (!isAtLeast(version, String(NEEDED.driverMajor))) {
    return { state: 'unmet', what, found: version, expected, wayOut: 'Update the driver.' };
  }
  if (!driver.hasLibrary) {
    return {
      state: 'unmet',
      what,
      found: `${version}, but the loader does not find libcuda.so.1`,
      expected: "the driver's own library where programs look for it",
      wayOut: 'In a container give it the GPU (docker run --gpus all); otherwise install the driver again.',
    };
  }
  return { state: 'met', what, found: version };
}

function checkGpu({ driver }: Machine): Check {
  const what = 'GPU';
  const named = driver.gpus.map(
    ({ name, computeCapability }) => `${name}, compute capability ${computeCapability.toFixed(1)}`,
  );
  if (driver.gpus.length === 0) {
    return { state: 'open', what, found: 'nvidia-smi tells of none; which one it is cannot be checked' };
  }
  // Sessions run on the first one.
  const [first] = driver.gpus;
  return first !== undefined && first.computeCapability >= NEEDED.computeCapability
    ? { state: 'met', what, found: named.join('; ') }
    : {
        state: 'unmet',
        what,
        found: named.join('; '),
        expected: `compute capability ${NEEDED.computeCapability.toFixed(1)} or later (Turing) of the first one, which CUDA ${NEEDED.cudaMajor} still knows`,
        wayOut: 'Choose another with CUDA_VISIBLE_DEVICES, or run on the CPU: --provider cpu.',
      };
}
