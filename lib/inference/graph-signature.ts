import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';

/** What one cache input of a graph looks like when nothing is cached. */
export interface CacheInput {
  readonly name: string;
  readonly type: Tensor.Type;
  /** Sizes with `batch` at the first place and 0 for the length of the past. */
  shape(batch: number): number[];
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
  readonly logitsType: Tensor.Type;
}

const CACHE_NAME = /^past_key_values\.\d+\.(key|value)$/;
const LOGITS_TO_KEEP = new Set(['num_logits_to_keep', 'logits_to_keep']);

/**
 * Reads a graph's inputs and outputs.
 *
 * @throws InputError naming the first input whose meaning is not known (another kind of cache, say), or when there is
 *   no output called "logits"
 *
 * @param given.headSize width of one attention head, for exports that leave it open; null if unknown
 */
export function readSignature(
  session: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  { graph, headSize }: { readonly graph: string; readonly headSize: number | null },
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
      const sizes = emptyCacheSizes(input, { graph, headSize });
      caches.push({ name, type: input.type, shape: (batch) => [batch, ...sizes] });
    } else if (LOGITS_TO_KEEP.has(name)) {
      numLogitsToKeep = { name, type: input.type, rank: input.shape.length };
    } else if (['input_ids', 'attention_mask', 'position_ids'].includes(name)) {
      types.set(name, input.type);
    } else {
      throw new InputError(
        `Reading the graph ${graph}: input "${name}" is not known. Known: input_ids, attention_mask, position_ids, ` +
          'past_key_values.<layer>.key/.value, num_logits_to_keep. Models with other caches (convolution, state space, ' +
          'recurrent) and merged decoders cannot be read; export the model as a plain decoder.',
      );
    }
  }
  const inputIds = types.get('input_ids');
  const logits = session.outputMetadata.find((output) => output.name === 'logits');
  if (inputIds === undefined || logits === undefined || !logits.isTensor) {
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
    logitsType: logits.type,
  };
}

/** Sizes of an empty cache after the batch axis: no past, and numbers where the export left a name for the head size. */
function emptyCacheSizes(
  input: InferenceSession.TensorValueMetadata,
  { graph, headSize }: { readonly graph: string; readonly headSize: number | null },
): number[] {
  return input.shape.slice(1).map((size, index, axes) => {
    if (typeof size === 'number') {
      return size;
    }
    if (/past|sequence|length/.test(size)) {
      return 0;
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
