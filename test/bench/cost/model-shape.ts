import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../../../lib/files/read-json.js';

/** Sizes of a decoder with gated feed-forward layers (the Llama family). */
export interface ModelShape {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly feedForwardSize: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabularySize: number;
}

const count = z.int().min(1);
const config = z.looseObject({
  num_hidden_layers: count,
  hidden_size: count,
  intermediate_size: count,
  num_attention_heads: count,
  num_key_value_heads: count,
  head_dim: count.optional(),
  vocab_size: count,
});

/** Reads the shape from a model folder's config.json. @throws InputError naming the field that is missing or wrong */
export function readModelShape(folder: string): ModelShape {
  const found = readJsonFile(
    join(folder, 'config.json'),
    config as z.ZodType<z.infer<typeof config>>,
    'the shape of the model',
  );
  return {
    layers: found.num_hidden_layers,
    hiddenSize: found.hidden_size,
    feedForwardSize: found.intermediate_size,
    heads: found.num_attention_heads,
    keyValueHeads: found.num_key_value_heads,
    headSize: found.head_dim ?? found.hidden_size / found.num_attention_heads,
    vocabularySize: found.vocab_size,
  };
}

/** The weight matrices of one layer, [inputs, outputs]. */
export interface LayerMatrix {
  readonly name: 'query' | 'key' | 'value' | 'attentionOutput' | 'gate' | 'up' | 'down';
  readonly inputs: number;
  readonly outputs: number;
}

/** Every matrix product of one layer but attention's own. */
export function layerMatrices(shape: ModelShape): LayerMatrix[] {
  const { hiddenSize, feedForwardSize } = shape;
  const attention = shape.heads * shape.headSize;
  const keyValue = shape.keyValueHeads * shape.headSize;
  return [
    { name: 'query', inputs: hiddenSize, outputs: attention },
    { name: 'key', inputs: hiddenSize, outputs: keyValue },
    { name: 'value', inputs: hiddenSize, outputs: keyValue },
    { name: 'attentionOutput', inputs: attention, outputs: hiddenSize },
    { name: 'gate', inputs: hiddenSize, outputs: feedForwardSize },
    { name: 'up', inputs: hiddenSize, outputs: feedForwardSize },
    { name: 'down', inputs: feedForwardSize, outputs: hiddenSize },
  ];
}

/** Parameters of all matrices of one layer. */
export function layerParameters(shape: ModelShape): number {
  return layerMatrices(shape).reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
}
