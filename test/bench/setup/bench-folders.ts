import { join } from 'node:path';
import { projectPath } from '../../../lib/files/data-folder.js';

/** Where the benchmark keeps what it builds and measures: nothing here belongs to the repository. */
export function resultsPath(...parts: readonly string[]): string {
  return projectPath('test', 'results', 'bench', ...parts);
}

/** A file of the benchmark as it lies in the repository. */
export function benchPath(...parts: readonly string[]): string {
  return projectPath('test', 'bench', ...parts);
}

/** A program of the benchmark after compiling, for example `programPath('peers', 'ours.js')`. */
export function programPath(...parts: readonly string[]): string {
  return resultsPath('dist', 'test', 'bench', ...parts);
}

/** The real model's folders. */
export function weightsPath(...parts: readonly string[]): string {
  return projectPath('data', 'models', 'smollm2-135m-instruct', 'out', ...parts);
}

/** Folder of one of the model's forms: the Hugging Face folder or an export. */
export type WeightsFolder = 'hf' | 'plain-fp32' | 'genai-fp32';

/** The file of a form that holds its weights. */
export function weightsFile(folder: WeightsFolder): string {
  const file = { hf: 'model.safetensors', 'plain-fp32': 'model.onnx', 'genai-fp32': 'model.onnx.data' };
  return join(weightsPath(folder), file[folder]);
}
