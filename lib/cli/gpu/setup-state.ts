import { type CudaManifest, missingLibraries, readCudaManifest } from './cuda-manifest.js';
import type { GpuFolders } from './gpu-folders.js';
import { laidLinks, providerLibraries } from './lay-provider.js';

/** How far CUDA is set up. */
export type SetupState =
  | { readonly kind: 'none' }
  /** Made for another version of onnxruntime, or no longer whole. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** All there; `laid` tells whether onnxruntime finds the provider. */
  | { readonly kind: 'complete'; readonly manifest: CudaManifest; readonly laid: boolean };

/** @throws InputError for a list of libraries that cannot be read */
export function setupState(folders: GpuFolders): SetupState {
  const manifest = readCudaManifest(folders.complete);
  if (manifest === null) {
    return { kind: 'none' };
  }
  if (manifest.onnxruntime !== folders.version) {
    const reason = `made for onnxruntime ${manifest.onnxruntime}, installed is ${folders.version}`;
    return { kind: 'unusable', reason };
  }
  const missing = missingLibraries(folders.complete, manifest);
  if (missing.length > 0) {
    return { kind: 'unusable', reason: `${missing.join(', ')} not there or not whole` };
  }
  const laid = laidLinks(folders);
  return {
    kind: 'complete',
    manifest,
    laid: providerLibraries(manifest).every((name) => laid.includes(name)),
  };
}

/** "CUDA 13.5.37, cuDNN 9.28.0.42". */
export function describeVersions({ packages }: CudaManifest): string {
  const version = (name: string): string => packages.find((one) => one.name.startsWith(name))?.version ?? '?';
  return `CUDA ${version('nvidia-cuda-runtime')}, cuDNN ${version('nvidia-cudnn')}`;
}
