import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { InputError } from '../../files/input-error.js';
import { integerTensor, switchFeeds, zeroTensor } from '../feed-tensors.js';
import type { GraphSignature } from '../graph-signature.js';

/** Token rows of one run, all of the same length: so nothing is ever padded. */
export type EqualLengthRows = readonly (readonly number[])[];

/**
 * The inputs of one run: ids, a mask of ones, positions from 0, empty caches.
 *
 * @param given.keep for how many last positions logits are wanted; 0 for all
 */
export function batchFeeds(
  tensor: TensorConstructor,
  signature: GraphSignature,
  given: { readonly rows: EqualLengthRows; readonly keep: number },
): InferenceSession.OnnxValueMapType {
  const batch = given.rows.length;
  const length = given.rows[0]?.length ?? 0;
  if (batch === 0 || length === 0 || given.rows.some((row) => row.length !== length)) {
    const lengths = given.rows.map((row) => row.length).join(', ');
    throw new InputError(
      `Running the model: expected rows of one length of at least 1, got lengths [${lengths}].`,
    );
  }
  const shape = [batch, length];
  const feeds: Record<string, Tensor> = {
    input_ids: integerTensor(tensor, signature.inputIds, { values: given.rows.flat(), shape }),
    ...switchFeeds(tensor, signature, given.keep),
  };
  if (signature.attentionMask !== null) {
    const values = new Array<number>(batch * length).fill(1);
    feeds.attention_mask = integerTensor(tensor, signature.attentionMask, { values, shape });
  }
  if (signature.positionIds !== null) {
    const values = given.rows.flatMap((row) => row.map((_, index) => index));
    feeds.position_ids = integerTensor(tensor, signature.positionIds, { values, shape });
  }
  for (const cache of signature.caches) {
    feeds[cache.name] = zeroTensor(tensor, cache.type, cache.shape({ batch, past: 0 }));
  }
  return feeds;
}
