import { messageOf } from '../../files/input-error.js';
import type { Finding } from '../doctor/finding.js';
import { gpuFolders } from './gpu-folders.js';
import { laidLinks } from './lay-provider.js';
import { NEEDED } from './needed.js';
import { type NvidiaDriver, readNvidiaDriver } from './nvidia-driver.js';
import { describeVersions, type SetupState, setupState } from './setup-state.js';
import { readVulkan, type Vulkan } from './vulkan.js';

/** What a GPU needs on this machine and whether it is there; nothing where the system has no part in it. */
export async function gpuFindings(): Promise<Finding[]> {
  if (process.platform !== NEEDED.platform) {
    return [];
  }
  return [
    { what: 'NVIDIA driver', state: describeDriver(await readNvidiaDriver()) },
    { what: 'CUDA libraries', state: cudaLine() },
    { what: 'Vulkan (WebGPU)', state: describeVulkan(await readVulkan()) },
  ];
}

export function describeDriver({ version, gpus, hasLibrary }: NvidiaDriver): string {
  const library = hasLibrary ? 'libcuda.so.1 found' : 'libcuda.so.1 not found';
  const names = gpus.map(({ name, computeCapability }) => `${name} (${computeCapability.toFixed(1)})`);
  return [version ?? 'none answers', library, ...names].join(', ');
}

/** @param links names of the links that lie beside onnxruntime */
export function describeSetup(state: SetupState, links: readonly string[]): string {
  const again = 'npm run setup:gpu';
  switch (state.kind) {
    case 'none':
      return links.length === 0
        ? `not set up: ${again}`
        : `gone, their links are still there: ${again}, or ${again} -- --remove`;
    case 'unusable':
      return `not usable (${state.reason}): ${again}`;
    case 'complete':
      return `${describeVersions(state.manifest)}, complete; provider ${state.laid ? 'laid' : `not laid (npm ci takes it away): ${again}`}`;
  }
}

export function describeVulkan({ hasLoader, drivers }: Vulkan): string {
  const loader = hasLoader
    ? 'loader found'
    : 'loader libvulkan.so.1 not found (Debian, Ubuntu: apt-get install libvulkan1)';
  return `${loader}; ${drivers.length === 0 ? 'no driver files' : drivers.join(', ')}`;
}

function cudaLine(): string {
  try {
    const folders = gpuFolders();
    return describeSetup(setupState(folders), laidLinks(folders));
  } catch (error) {
    return messageOf(error);
  }
}
