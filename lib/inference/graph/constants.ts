import { getFloat16 } from '@petamoriken/float16';
import { ELEMENT } from './element-type.js';
import { findValue, namesReadBy, type Value } from './graph-index.js';
import { attributeOf } from './nodes.js';
import type { TensorProto } from './onnx_pb.js';

/** The data of a value that is an initializer or comes from a Constant node; null for everything else. */
export function tensorOf(value: Value | null): TensorProto | null {
  if (value?.node?.opType === 'Identity') {
    return tensorOf(findValue(value.scope, value.node.input[0] ?? ''));
  }
  if (value?.node?.opType === 'Constant') {
    return attributeOf(value.node, 'value')?.t ?? null;
  }
  return value?.tensor ?? null;
}

/** The numbers of a value that is constant and lies inside the graph file; null where they cannot be told. */
export function constantNumbers(value: Value | null): number[] | null {
  if (value?.node?.opType === 'Constant') {
    const { f, i, floats, ints, name } = value.node.attribute[0] ?? {};
    switch (name) {
      case 'value_int':
        return [Number(i)];
      case 'value_float':
        return [f ?? 0];
      case 'value_ints':
        return (ints ?? []).map(Number);
      case 'value_floats':
        return floats ?? [];
      default:
    }
  }
  const tensor = tensorOf(value);
  return tensor === null ? null : tensorNumbers(tensor);
}

/** The numbers of a tensor, in order; null for external data and element types that no mask or size has. */
export function tensorNumbers(tensor: TensorProto): number[] | null {
  if (tensor.dataLocation !== 0) {
    return null;
  }
  const { rawData, dataType } = tensor;
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const read = (width: number, at: (offset: number) => number): number[] =>
    Array.from({ length: Math.floor(rawData.length / width) }, (_, index) => at(index * width));
  switch (dataType) {
    case ELEMENT.float32:
      return rawData.length > 0 ? read(4, (offset) => view.getFloat32(offset, true)) : tensor.floatData;
    case ELEMENT.float64:
      return rawData.length > 0 ? read(8, (offset) => view.getFloat64(offset, true)) : tensor.doubleData;
    case ELEMENT.int64:
      return rawData.length > 0
        ? read(8, (offset) => Number(view.getBigInt64(offset, true)))
        : tensor.int64Data.map(Number);
    case ELEMENT.int32:
      return rawData.length > 0 ? read(4, (offset) => view.getInt32(offset, true)) : tensor.int32Data;
    case ELEMENT.bool:
      return rawData.length > 0 ? [...rawData] : tensor.int32Data;
    case ELEMENT.float16:
      return rawData.length > 0 ? read(2, (offset) => getFloat16(view, offset, true)) : null;
    default:
      return null;
  }
}

/** Which values of a graph do not depend on what is fed, but for its sizes. */
export type IsFixed = (value: Value) => boolean;

/**
 * Remembers what it found, so one walk over a graph serves all questions.
 *
 * @param given names of inputs that count as fixed too
 */
export function fixedValues(given: ReadonlySet<string> = new Set()): IsFixed {
  const known = new Map<Value, boolean>();
  const isFixed = (value: Value): boolean => {
    // A stack of its own: a decoder is thousands of nodes deep.
    const stack: Value[] = [value];
    for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
      if (known.has(at)) {
        stack.pop();
        continue;
      }
      const parents = sourcesOf(at);
      if (parents === null) {
        known.set(at, at.node !== null || at.tensor !== null || given.has(at.name));
      } else if (parents.some((parent) => known.get(parent) === false)) {
        known.set(at, false);
      } else {
        const open = parents.find((parent) => !known.has(parent));
        if (open === undefined) {
          known.set(at, true);
        } else {
          stack.push(open);
        }
      }
    }
    return known.get(value) ?? false;
  };
  return isFixed;
}

/** The values that a value is computed from; null where nothing fed can come in: inputs, data, sizes. */
function sourcesOf({ node, scope }: Value): Value[] | null {
  if (node === null || node.opType === 'Shape' || node.opType === 'Size' || node.opType === 'Constant') {
    return null;
  }
  return namesReadBy(node).flatMap((name) => findValue(scope, name) ?? []);
}
