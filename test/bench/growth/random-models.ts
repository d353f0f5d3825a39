import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { ModelShape } from '../cost/model-shape.js';
import { benchPath, resultsPath, weightsPath } from '../setup/bench-folders.js';
import { preparePython } from '../setup/python-environment.js';
import { runStep, sayProgress } from '../setup/run-step.js';

/** A model of random weights. */
export interface RandomModel {
  readonly id: string;
  /** Whose layers it copies. */
  readonly label: string;
  readonly shape: ModelShape;
}

// The tokenizer, and with it the vocabulary, is SmolLM2's in all of them, so that all read the same token ids.
const VOCABULARY = 49_152;

/** The layers of Qwen2.5-0.5B and Llama-3.2-1B. */
export const RANDOM_MODELS: readonly RandomModel[] = [
  {
    id: 'random-0.5b',
    label: '0.5B',
    shape: {
      layers: 24,
      hiddenSize: 896,
      feedForwardSize: 4864,
      heads: 14,
      keyValueHeads: 2,
      headSize: 64,
      vocabularySize: VOCABULARY,
    },
  },
  {
    id: 'random-1b',
    label: '1B',
    shape: {
      layers: 16,
      hiddenSize: 2048,
      feedForwardSize: 8192,
      heads: 32,
      keyValueHeads: 8,
      headSize: 64,
      vocabularySize: VOCABULARY,
    },
  },
];

/**
 * Makes the model's folder on first use (needs the Python peers' environment).
 *
 * @returns the folder
 * @throws InputError when making it fails
 */
export async function prepareRandomModel(model: RandomModel): Promise<string> {
  const folder = resultsPath('models', model.id);
  if (existsSync(folder)) {
    return folder;
  }
  const python = await preparePython();
  sayProgress(`Making ${model.id}: random weights, ${model.label} (once) ...`);
  mkdirSync(resultsPath('models'), { recursive: true });
  const shapeFile = resultsPath('models', `${model.id}.shape.json`);
  writeFileSync(shapeFile, JSON.stringify(model.shape));
  await runStep({
    what: `Making ${model.id}`,
    program: python,
    arguments: [benchPath('growth', 'make_random_model.py'), shapeFile, weightsPath('hf'), folder],
  });
  return folder;
}
