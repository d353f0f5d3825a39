import { existsSync } from 'node:fs';
import { InputError } from '../../../lib/files/input-error.js';
import { type WeightsFolder, weightsFile } from './bench-folders.js';

/** Looks for the real model before anything is measured. @throws InputError that tells how to make it */
export function requireWeights(folders: readonly WeightsFolder[]): void {
  const missing = folders.map(weightsFile).find((file) => !existsSync(file));
  if (missing !== undefined) {
    throw new InputError(
      `Looking for SmolLM2-135M-Instruct: ${missing} is missing. The benchmark needs the real model, which is not in ` +
        'the repository. Make it once: python3 data/models/smollm2-135m-instruct/make/make.py (about five minutes and 7 GB).',
    );
  }
}
