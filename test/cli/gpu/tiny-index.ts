import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SetupInput } from '../../../lib/cli/gpu/check-setup.js';
import type { GpuFolders } from '../../../lib/cli/gpu/gpu-folders.js';
import type { Machine } from '../../../lib/cli/gpu/machine.js';
import { projectPath } from '../../../lib/files/data-folder.js';

/** A wheel of a few bytes; what it holds drives the set-up and never runs. */
export interface TinyWheel {
  readonly name: string;
  readonly version: string;
  readonly tag: string;
  readonly requires: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const PROVIDER = 'onnxruntime/capi/libonnxruntime_providers_';

export function providerWheel(version: string): TinyWheel {
  return {
    name: 'onnxruntime-gpu',
    version,
    tag: 'cp312-cp312-manylinux_2_28_x86_64',
    requires: [
      'numpy>=1.21',
      'nvidia-cuda-runtime~=13.0; extra == "cuda"',
      'nvidia-cudnn-cu13~=9.0; extra == "cudnn"',
      'nvidia-npp~=13.0; extra == "images"',
    ],
    files: {
      [`${PROVIDER}shared.so`]: 'shared',
      [`${PROVIDER}cuda.so`]: 'cuda',
      [`${PROVIDER}tensorrt.so`]: 'never unpacked',
      'onnxruntime/__init__.py': 'never unpacked',
    },
  };
}

export const runtimeWheel: TinyWheel = {
  name: 'nvidia-cuda-runtime',
  version: '13.5.37',
  tag: 'py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64',
  requires: [],
  files: { 'nvidia/cu13/lib/libcudart.so.13': 'cudart', 'nvidia/cu13/include/cuda.h': 'never unpacked' },
};

export const nvidiaWheels: readonly TinyWheel[] = [
  runtimeWheel,
  {
    name: 'nvidia-cudnn-cu13',
    version: '9.28.0.42',
    tag: 'py3-none-manylinux_2_27_x86_64',
    requires: ['nvidia-cublas'],
    files: { 'nvidia/cudnn/lib/libcudnn.so.9': 'cudnn' },
  },
  {
    name: 'nvidia-cublas',
    version: '13.10.0.20',
    tag: 'py3-none-manylinux1_x86_64.manylinux_2_5_x86_64',
    requires: ['nvidia-cuda-runtime'],
    files: { 'nvidia/cu13/lib/libcublas.so.13': 'cublas' },
  },
];

/** A folder of wheels, and the environment in which pip knows nothing else. */
export function tinyIndex(folder: string, wheels: readonly TinyWheel[]): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true });
  const program = projectPath('test', 'cli', 'gpu', 'make_wheel.py');
  const made = spawnSync('python3', [program, folder], { input: JSON.stringify(wheels), encoding: 'utf8' });
  if (made.status !== 0) {
    throw new Error(`Making wheels for a test: ${made.stderr}`);
  }
  return { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder, PIP_CONFIG_FILE: '/dev/null' };
}

/** Folders of a project of which nothing is there but onnxruntime's library. */
export function tinyProject(root: string): GpuFolders {
  const native = join(root, 'node_modules', 'onnxruntime-node', 'bin', 'linux', 'x64');
  mkdirSync(native, { recursive: true });
  writeFileSync(join(native, 'libonnxruntime.so.1'), 'onnxruntime');
  return {
    complete: join(root, '.cuda'),
    unfinished: join(root, '.cuda-unfinished'),
    lock: join(root, '.cuda-lock'),
    native,
    version: '1.30.0',
  };
}

export const gpuMachine: Machine = {
  platform: 'linux',
  architecture: 'x64',
  glibc: '2.36',
  driver: {
    version: '580.95.05',
    gpus: [{ name: 'NVIDIA L4', computeCapability: 8.9 }],
    hasLibrary: true,
  },
};

export function setupInput(folders: GpuFolders, environment: NodeJS.ProcessEnv): SetupInput {
  return { machine: gpuMachine, folders, withoutGpu: false, bytesForSetup: 1e5, environment };
}
