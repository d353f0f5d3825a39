import { inputOf, type Value } from './graph-index.js';
import { attributeOf } from './nodes.js';

/** Element types by their numbers in the ONNX format. */
export const ELEMENT = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
} as const;

// The input whose element type the output has, where that is not the first.
const TYPED_BY: Readonly<Record<string, number>> = { Where: 1, DequantizeLinear: 1, GatherBlockQuantized: 2 };
const BOOLEAN = new Set([
  ...[
    'Equal',
    'Less',
    'LessOrEqual',
    'Greater',
    'GreaterOrEqual',
    'And',
    'Or',
    'Not',
    'Xor',
    'IsNaN',
    'IsInf',
  ],
]);

/** Element type of a value as its number in the ONNX format; null where the graph does not tell. */
export function elementType(value: Value): number | null {
  for (let at: Value | null = value; at !== null; ) {
    const { node, scope, name } = at;
    const declared =
      at.tensor?.dataType ??
      (at.input ?? scope.graph.valueInfo.find((info) => info.name === name))?.type?.tensorType?.elemType;
    if (declared !== undefined && declared !== 0) {
      return declared;
    }
    if (node === null) {
      return null;
    }
    if (BOOLEAN.has(node.opType)) {
      return ELEMENT.bool;
    }
    switch (node.opType) {
      case 'Cast':
        return Number(attributeOf(node, 'to')?.i ?? 0) || null;
      case 'Constant':
      case 'ConstantOfShape':
        return attributeOf(node, 'value')?.t?.dataType ?? constantType(node.attribute[0]?.name);
      case 'Shape':
      case 'Size':
        return ELEMENT.int64;
      default:
        at = inputOf({ node, scope }, TYPED_BY[node.opType] ?? 0);
    }
  }
  return null;
}

function constantType(attribute: string | undefined): number {
  return attribute === 'value_int' || attribute === 'value_ints' ? ELEMENT.int64 : ELEMENT.float32;
}
