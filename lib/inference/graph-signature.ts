import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';

/** One cache input of a graph. */
export interface CacheInput {
  readonly name: string;
  readonly type: Tensor.Type;
  /** Sizes of the cache of `batch` rows that holds `past` places. */
  shape(cached: { readonly batch: number; readonly past: number }): number[];
}

/** The part that each input of a graph plays, read from the session's own metadata. */
export interface GraphSignature {
  readonly inputIds: Tensor.Type;
  readonly attentionMask: Tensor.Type | null;
  readonly positionIds: Tensor.Type | null;
  /** Rank of the input that says for how many last positions logits are wanted; null if the graph has none. */
  readonly numLogitsToKeep: {
    readonly name: string;
    readonly type: Tensor.Type;
    readonly rank: number;
  } | null;
  readonly caches: readonly CacheInput[];
  /** Element type of the logits; null for a graph edited to return less. */
  readonly logitsType: Tensor.Type | null;
}

/** What tells the parts apart. */
export interface SignatureFacts {
  /** Path of the graph, for messages. */
  readonly graph: string;
  /** Width of one attention head, for exports that leave it open; null if unknown. */
  readonly headSize: number | null;
  /** Inputs that an edit has added and that are fed apart; none in a graph as it came. */
  readonly added: ReadonlySet<string>;
}

const CACHE_NAME = /^past_key_values\.\d+\.(key|value)$/;
const LOGITS_TO_KEEP = new Set(['num_logits_to_keep', 'logits_to_keep']);

/**
 * Reads a graph's inputs and outputs.
 *
 * @throws InputError naming the first input whose meaning is not known (another kind of cache, say), or when there is
 *   no output called "logits" in a graph that was not edited
 */
export function readSignature(
  session: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  { graph, headSize, added }: SignatureFacts,
): GraphSignature {
  const types = new Map<string, Tensor.Type>();
  const caches: CacheInput[] = [];
  let numLogitsToKeep: GraphSignature['numLogitsToKeep'] = null;
  for (const input of session.inputMetadata) {
    const { name } = input;
    if (!input.isTensor) {
      throw new InputError(
        `Reading the graph ${graph}: input "${name}" is not a tensor, which no known export has.`,
      );
    }
    if (CACHE_NAME.test(name)) {
      const sizes = cacheSizes(input, { graph, headSize });
      const shape: CacheInput['shape'] = ({ batch, past }) => [batch, ...sizes.map((size) => size ?? past)];
      caches.push({ name, type: input.type, shape });
    } else if (LOGITS_TO_KEEP.has(name)) {
      numLogitsToKeep = { name, type: input.type, rank: input.shape.length };
    } else if (['input_ids', 'attention_mask', 'position_ids'].includes(name)) {
      types.set(name, input.type);
    } else if (!added.has(name)) {
      throw new InputError(
        `Reading the graph ${graph}: input "${name}" is not known. Known: input_ids, attention_mask, position_ids, ` +
          'past_key_values.<layer>.key/.value, num_logits_to_keep. Models with other caches (convolution, state space, ' +
          'recurrent) and merged decoders cannot be read; export the model as a plain decoder.',
      );
    }
  }
  const inputIds = types.get('input_ids');
  const logits = session.outputMetadata.find((output) => output.name === 'logits');
  const logitsType = logits?.isTensor ? logits.type : null;
  if (inputIds === undefined || (logitsType === null && added.size === 0)) {
    const names = [...session.inputMetadata, ...session.outputMetadata].map((value) => value.name);
    throw new InputError(
      `Reading the graph ${graph}: expected an input "input_ids" and an output "logits", found ${names.join(', ')}. ` +
        'Expected a decoder exported for text generation.',
    );
  }
  return {
    inputIds,
    attentionMask: types.get('attention_mask') ?? null,
    positionIds: types.get('position_ids') ?? null,
    numLogitsToKeep,
    caches,
    logitsType,
  };
}

/** Sizes of a cache after the batch axis; null stands for the length of the past. */
function cacheSizes(
  input: InferenceSession.TensorValueMetadata,
  { graph, headSize }: Pick<SignatureFacts, 'graph' | 'headSize'>,
): (number | null)[] {
  return input.shape.slice(1).map((size, index, axes) => {
    if (typeof size === 'number') {
      return size;
    }
    if (/past|sequence|length/.test(size)) {
      return null;
    }
    if (index === axes.length - 1 && headSize !== null) {
      return headSize;
    }
    throw new InputError(
      `Reading the graph ${graph}: the cache "${input.name}" has a size called "${size}" that nothing tells. Expected a ` +
        'number, a length of the past, or the head size, which config.json gives as head_dim or as hidden_size / ' +
        'num_attention_heads. Copy config.json from the model beside the graph.',
    );
  });
}
