import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../files/read-json.js';

/** What a graph leaves open and the configuration beside it tells. */
export interface ModelSettings {
  /** Token ids that end an answer; empty if the folder names none. */
  readonly endTokens: readonly number[];
  /** Width of one attention head; null if the folder does not tell. */
  readonly headSize: number | null;
}

const endTokens = z.union([z.int(), z.array(z.int())]).nullish();
const modelConfig = z.looseObject({
  eos_token_id: endTokens,
  head_dim: z.int().positive().nullish(),
  hidden_size: z.int().positive().nullish(),
  num_attention_heads: z.int().positive().nullish(),
});
const generationConfig = z.looseObject({ eos_token_id: endTokens });

/** Reads config.json and generation_config.json of a model folder; either may be missing. */
export function readModelSettings(folder: string): ModelSettings {
  const configPath = join(folder, 'config.json');
  const generationPath = join(folder, 'generation_config.json');
  const config = existsSync(configPath) ? readJsonFile(configPath, modelConfig, 'the model settings') : {};
  const generation = existsSync(generationPath)
    ? readJsonFile(generationPath, generationConfig, 'the generation settings')
    : {};
  const { hidden_size: hidden, num_attention_heads: heads } = config;
  return {
    endTokens: [generation.eos_token_id ?? config.eos_token_id ?? []].flat(),
    headSize: config.head_dim ?? (hidden && heads ? hidden / heads : null),
  };
}
