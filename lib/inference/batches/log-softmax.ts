import { getFloat16 } from '@petamoriken/float16';
import type { Tensor } from 'onnxruntime-node';
import { InputError } from '../../files/input-error.js';
import type { TokenLogProb } from '../../types.js';

let halfTable: Float32Array | undefined;

/**
 * One position's logits out of a `[batch, positions, vocabulary]` tensor of float32 or float16.
 *
 * @param row place in the batch
 * @param fromEnd 0 for the last position, 1 for the one before it, and so on
 */
export function logitRow(logits: Tensor, row: number, fromEnd: number): Float64Array {
  const [, positions = 0, vocabulary = 0] = logits.dims;
  const start = (row * positions + (positions - 1 - fromEnd)) * vocabulary;
  const { data, type } = logits;
  if (type === 'float32') {
    return Float64Array.from((data as Float32Array).subarray(start, start + vocabulary));
  }
  if (type === 'float16') {
    return widenHalf(data as unknown as ArrayBufferView, start, vocabulary);
  }
  throw new InputError(`Reading logits: element type ${type} is not supported. Expected float32 or float16.`);
}

function widenHalf(data: ArrayBufferView, start: number, count: number): Float64Array {
  // onnxruntime hands out Uint16Array, or Float16Array where the engine has it; the bits are the same.
  const bits = new Uint16Array(data.buffer, data.byteOffset + 2 * start, count);
  halfTable ??= allHalves();
  const table = halfTable;
  return Float64Array.from(bits, (bit) => table[bit] ?? Number.NaN);
}

function allHalves(): Float32Array {
  const view = new DataView(new ArrayBuffer(2));
  return Float32Array.from({ length: 65_536 }, (_, bits) => {
    view.setUint16(0, bits);
    return getFloat16(view, 0);
  });
}

/**
 * Log-softmax over a vocabulary, in float64: log p_i = x_i - max - log sum exp(x - max).
 *
 * @returns null where the logits hold NaN or plus infinity, for then no probability is defined
 */
export function logSoftmax(logits: Float64Array): Float64Array | null {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of logits) {
    if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) {
      return null;
    }
    largest = Math.max(largest, value);
  }
  if (largest === Number.NEGATIVE_INFINITY) {
    return null;
  }
  let sum = 0;
  for (const value of logits) {
    sum += Math.exp(value - largest);
  }
  const shift = largest + Math.log(sum);
  return logits.map((value) => value - shift);
}

/** The `count` most probable tokens, best first; equal ones in the order of their ids. */
export function topTokens(logProbs: Float64Array, count: number): TokenLogProb[] {
  const best: TokenLogProb[] = [];
  for (let tokenId = 0; tokenId < logProbs.length; tokenId += 1) {
    const logProb = logProbs[tokenId] ?? Number.NEGATIVE_INFINITY;
    const worst = best[count - 1];
    if (worst !== undefined && logProb <= worst.logProb) {
      continue;
    }
    const after = best.findIndex((one) => one.logProb < logProb);
    best.splice(after < 0 ? best.length : after, 0, { tokenId, logProb });
    best.length = Math.min(best.length, count);
  }
  return best;
}
