import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';
import { type CacheFacts, type CacheInput, cacheInput, isCache } from './cache-inputs.js';
import { CACHE_BRANCH } from './graph/merged-decoder.js';
import { requireReadable } from './graph/unreadable-inputs.js';

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
  /** Rank of the boolean input by which a merged decoder chooses between its two; null for any other graph. */
  readonly cacheBranch: { readonly rank: number } | null;
  readonly caches: readonly CacheInput[];
  /** Element type of the logits; null for a graph edited to return less. */
  readonly logitsType: Tensor.Type | null;
}

/** What tells the parts apart. */
export interface SignatureFacts extends CacheFacts {
  /** Inputs that an edit has added and that are fed apart; none in a graph as it came. */
  readonly added: ReadonlySet<string>;
}

const ROW_INPUTS = new Set(['input_ids', 'attention_mask', 'position_ids']);
const LOGITS_TO_KEEP = new Set(['num_logits_to_keep', 'logits_to_keep']);

/**
 * Reads a graph's inputs and outputs.
 *
 * @throws InputError naming the first input that cannot be fed (a state of another kind of layer, say), or when there is
 *   no output called "logits" in a graph that was not edited
 */
export function readSignature(
  session: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  facts: SignatureFacts,
): GraphSignature {
  const { graph, added } = facts;
  const types = new Map<string, Tensor.Type>();
  const caches: CacheInput[] = [];
  let numLogitsToKeep: GraphSignature['numLogitsToKeep'] = null;
  let cacheBranch: GraphSignature['cacheBranch'] = null;
  for (const input of session.inputMetadata) {
    const { name } = input;
    if (!input.isTensor) {
      throw new InputError(
        `Reading the graph ${graph}: input "${name}" is not a tensor, which no known export has.`,
      );
    }
    if (isCache(name)) {
      caches.push(cacheInput(input, facts));
    } else if (LOGITS_TO_KEEP.has(name)) {
      numLogitsToKeep = { name, type: input.type, rank: input.shape.length };
    } else if (name === CACHE_BRANCH) {
      cacheBranch = { rank: input.shape.length };
    } else if (ROW_INPUTS.has(name)) {
      types.set(name, input.type);
    } else if (!added.has(name)) {
      requireReadable(name, graph);
      throw new InputError(
        `Reading the graph ${graph}: input "${name}" is not known. Known: input_ids, attention_mask, position_ids, ` +
          `past_key_values.<layer>.key/.value, num_logits_to_keep, ${CACHE_BRANCH}. Export the model as a plain decoder, ` +
          'for example with optimum for the task text-generation-with-past.',
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
    cacheBranch,
    caches,
    logitsType,
  };
}
