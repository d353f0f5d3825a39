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
  /** Attention heads of one layer; null if the folder does not tell. */
  readonly heads: number | null;
  /** Window of the layers that see only so many positions back; null if all see everything. */
  readonly slidingWindow: number | null;
  /** Positions up to which LongRoPE or dynamic scaling leaves the rotary embedding as trained; null without such scaling. */
  readonly originalContext: number | null;
}

const endTokens = z.union([z.int(), z.array(z.int())]).nullish();
const size = z.int().positive().nullish();
const scaling = z
  .looseObject({
    type: z.string().nullish(),
    rope_type: z.string().nullish(),
    original_max_position_embeddings: size,
  })
  .nullish();
const textConfig = z.looseObject({
  head_dim: size,
  hidden_size: size,
  n_embd: size,
  num_attention_heads: size,
  n_head: size,
  sliding_window: z.int().nullish(),
  use_sliding_window: z.boolean().nullish(),
  max_position_embeddings: size,
  original_max_position_embeddings: size,
  rope_scaling: scaling,
  rope_parameters: z.looseObject({}).nullish(),
});
const modelConfig = textConfig.extend({
  eos_token_id: endTokens,
  // Models of text and pictures keep the text part apart.
  text_config: textConfig.nullish(),
});
const generationConfig = z.looseObject({ eos_token_id: endTokens });

// Scalings that change with the length of what is read.
const LENGTH_DEPENDENT = new Set(['longrope', 'su', 'dynamic']);

/** Reads config.json and generation_config.json of a model folder; either may be missing. */
export function readModelSettings(folder: string): ModelSettings {
  const configPath = join(folder, 'config.json');
  const generationPath = join(folder, 'generation_config.json');
  const config: z.infer<typeof modelConfig> = existsSync(configPath)
    ? readJsonFile(configPath, modelConfig, 'the model settings')
    : {};
  const generation = existsSync(generationPath)
    ? readJsonFile(generationPath, generationConfig, 'the generation settings')
    : {};
  const text = { ...config, ...config.text_config };
  const hidden = text.hidden_size ?? text.n_embd;
  const heads = text.num_attention_heads ?? text.n_head ?? null;
  return {
    endTokens: [generation.eos_token_id ?? config.eos_token_id ?? []].flat(),
    headSize: text.head_dim ?? (hidden && heads ? hidden / heads : null),
    heads,
    slidingWindow: text.use_sliding_window === false ? null : text.sliding_window || null,
    originalContext: originalContext(text),
  };
}

function originalContext(text: z.infer<typeof textConfig>): number | null {
  // transformers 5 writes rope_parameters, earlier versions rope_scaling; the former may hold one set for each layer type.
  const candidates = [text.rope_scaling, text.rope_parameters, ...Object.values(text.rope_parameters ?? {})];
  for (const candidate of candidates) {
    const parsed = scaling.safeParse(candidate);
    const kind = parsed.data?.rope_type ?? parsed.data?.type;
    if (parsed.success && kind && LENGTH_DEPENDENT.has(kind)) {
      return (
        parsed.data?.original_max_position_embeddings ??
        text.original_max_position_embeddings ??
        text.max_position_embeddings ??
        null
      );
    }
  }
  return null;
}
