import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';
import type { GraphSignature } from './graph-signature.js';

/** Token rows of one run, all of the same length: so nothing is ever padded. */
export type EqualLengthRows = readonly (readonly number[])[];

/**
 * The inputs of one run: ids, a mask of ones, positions from 0, empty caches.
 *
 * @param keep for how many last positions logits are wanted; 0 for all
 */
export function buildFeeds(
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
    input_ids: integers(tensor, signature.inputIds, given.rows.flat(), shape),
  };
  if (signature.attentionMask !== null) {
    feeds.attention_mask = integers(
      tensor,
      signature.attentionMask,
      new Array(batch * length).fill(1),
      shape,
    );
  }
  if (signature.positionIds !== null) {
    const positions = given.rows.flatMap((row) => row.map((_, index) => index));
    feeds.position_ids = integers(tensor, signature.positionIds, positions, shape);
  }
  const keep = signature.numLogitsToKeep;
  if (keep !== null) {
    feeds[keep.name] = integers(tensor, keep.type, [given.keep], keep.rank === 0 ? [] : [1]);
  }
  for (const cache of signature.caches) {
    feeds[cache.name] = emptyTensor(tensor, cache.type, cache.shape(batch));
  }
  return feeds;
}

function integers(
  tensor: TensorConstructor,
  type: Tensor.Type,
  values: readonly number[],
  shape: number[],
): Tensor {
  return type === 'int64'
    ? new tensor('int64', BigInt64Array.from(values, BigInt), shape)
    : new tensor('int32', Int32Array.from(values), shape);
}

function emptyTensor(tensor: TensorConstructor, type: Tensor.Type, shape: number[]): Tensor {
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (type === 'float32') {
    return new tensor('float32', new Float32Array(size), shape);
  }
  if (type === 'float16') {
    return new tensor('float16', new Uint16Array(size), shape);
  }
  throw new InputError(
    `Running the model: a cache of type ${type} is not supported. Expected float32 or float16; export with that type.`,
  );
}
