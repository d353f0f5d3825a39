import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';

/** One cache input of a graph. */
export interface CacheInput {
  readonly name: string;
  readonly type: Tensor.Type;
  /** Sizes of the cache of `batch` rows that holds `past` places. */
  shape(cached: { readonly batch: number; readonly past: number }): number[];
}

/** What an export may leave open about its caches. */
export interface CacheFacts {
  /** Path of the graph, for messages. */
  readonly graph: string;
  /** Width of one attention head; null if unknown. */
  readonly headSize: number | null;
  /** Attention heads of one layer; null if unknown. */
  readonly heads: number | null;
}

/** Keys and values of a layer, apart or in one (GPT BigCode of earlier years). */
const CACHE_NAME = /^past_key_values\.\d+\.(key|value|key_value)$/;

export function isCache(name: string): boolean {
  return CACHE_NAME.test(name);
}

/**
 * A cache as the graph declares it: `[batch, heads, past, head size]`, or an older form, `[batch * heads, ...]` (BLOOM) or
 * `[batch, past, 2 * head size]` (GPT BigCode).
 *
 * @throws InputError when a size is neither a number nor known from its name or the configuration
 */
export function cacheInput(input: InferenceSession.TensorValueMetadata, facts: CacheFacts): CacheInput {
  const rowsPerPrompt = /head/.test(String(input.shape[0])) ? required(facts.heads, input, 0, facts) : 1;
  const sizes = input.shape.slice(1).map((size, index): number | 'past' => {
    if (typeof size === 'number') {
      return size;
    }
    if (/past|sequence|length/.test(size)) {
      return 'past';
    }
    const isLast = index === input.shape.length - 2;
    const width = facts.headSize === null || !isLast ? null : facts.headSize * partsOf(input.name);
    return required(width, input, index + 1, facts);
  });
  return {
    name: input.name,
    type: input.type,
    shape: ({ batch, past }) => [
      batch * rowsPerPrompt,
      ...sizes.map((size) => (size === 'past' ? past : size)),
    ],
  };
}

/** Tensors that lie beside each other in a cache. */
function partsOf(name: string): number {
  return name.endsWith('.key_value') ? 2 : 1;
}

function required(
  size: number | null,
  input: InferenceSession.TensorValueMetadata,
  axis: number,
  { graph }: CacheFacts,
): number {
  if (size !== null) {
    return size;
  }
  throw new InputError(
    `Reading the graph ${graph}: the cache "${input.name}" has a size called "${input.shape[axis]}" that nothing tells. ` +
      'Expected a number, a length of the past, the head size, which config.json gives as head_dim or as hidden_size / ' +
      'num_attention_heads, or batch times heads. Copy config.json from the model beside the graph.',
  );
}
