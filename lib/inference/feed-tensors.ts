import type { Tensor, TensorConstructor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';
import { CACHE_BRANCH } from './graph/merged-decoder.js';
import type { GraphSignature } from './graph-signature.js';

/** Token ids, masks and positions in the integer type that an input has. */
export function integerTensor(
  tensor: TensorConstructor,
  type: Tensor.Type,
  given: { readonly values: ArrayLike<number>; readonly shape: readonly number[] },
): Tensor {
  return type === 'int64'
    ? new tensor('int64', BigInt64Array.from(Array.from(given.values), BigInt), given.shape)
    : new tensor('int32', Int32Array.from(given.values), given.shape);
}

/** A cache of nothing but zeros: no past, or a past that the mask hides. */
export function zeroTensor(tensor: TensorConstructor, type: Tensor.Type, shape: readonly number[]): Tensor {
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

/**
 * The inputs that are no tokens: for how many last positions logits are wanted, and the decoder that reads no caches.
 *
 * @param keep 0 for all positions
 */
export function switchFeeds(
  tensor: TensorConstructor,
  { numLogitsToKeep, cacheBranch }: Pick<GraphSignature, 'numLogitsToKeep' | 'cacheBranch'>,
  keep: number,
): Record<string, Tensor> {
  const shapeOf = ({ rank }: { readonly rank: number }): number[] => new Array<number>(rank).fill(1);
  const feeds: Record<string, Tensor> = {};
  if (numLogitsToKeep !== null) {
    const { name, type } = numLogitsToKeep;
    feeds[name] = integerTensor(tensor, type, { values: [keep], shape: shapeOf(numLogitsToKeep) });
  }
  if (cacheBranch !== null) {
    feeds[CACHE_BRANCH] = new tensor('bool', Uint8Array.of(0), shapeOf(cacheBranch));
  }
  return feeds;
}
