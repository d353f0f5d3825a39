import type { Tensor, TensorConstructor } from 'onnxruntime-node';
import { InputError } from '../files/input-error.js';

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
