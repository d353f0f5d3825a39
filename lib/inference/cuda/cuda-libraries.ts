import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';

/** Where `npm run setup:gpu` keeps the CUDA provider of onnxruntime and NVIDIA's libraries. */
export function cudaFolder(): string {
  return projectPath('.cuda');
}

/** The part of {@link cudaFolder} that holds shared libraries, all in one folder: so those that look beside themselves find the others. */
export const LIBRARIES = 'lib';

/** What the provider asks for by name, dependencies first. What these need in turn they find beside themselves. */
const ASKED_FOR = ['cudart', 'cublasLt', 'cublas', 'curand', 'cufft', 'nvrtc', 'cudnn'] as const;

/** Paths of the libraries to load before the provider; empty where nothing has been set up. */
export function cudaLibraries(folder: string = cudaFolder()): string[] {
  const libraries = join(folder, LIBRARIES);
  const names = existsSync(libraries) ? readdirSync(libraries) : [];
  return ASKED_FOR.flatMap((stem) => names.filter((name) => name.startsWith(`lib${stem}.so.`))).map((name) =>
    join(libraries, name),
  );
}
