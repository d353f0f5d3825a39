import { ELEMENT } from './element-type.js';
import type { GraphIndex } from './graph-index.js';
import { attributeOf } from './nodes.js';

/** Element types that onnxruntime-node has no tensors for, by their numbers in the ONNX format. */
const RARE = new Map<number, string>([
  [14, 'complex64'],
  [15, 'complex128'],
  [ELEMENT.bfloat16, 'bfloat16'],
  [17, 'float8e4m3fn'],
  [18, 'float8e4m3fnuz'],
  [19, 'float8e5m2'],
  [20, 'float8e5m2fnuz'],
  [21, 'uint4'],
  [22, 'int4'],
  [23, 'float4e2m1'],
  [24, 'float8e8m0'],
  [25, 'uint2'],
  [26, 'int2'],
  [27, 'float6e2m3'],
  [28, 'float6e3m2'],
]);

/** Name of an element type that onnxruntime-node has no tensors for; null for any other. */
export function rareElement(elementType: number | undefined): string | null {
  return RARE.get(elementType ?? 0) ?? null;
}

/** Names of the rare element types that a graph stores numbers in or changes them to; none as a rule. */
export function rareElements({ scopes }: GraphIndex): string[] {
  const used = scopes.flatMap(({ graph }) => [
    ...graph.initializer.map(({ dataType }) => dataType),
    ...graph.node.flatMap((node) => [
      attributeOf(node, 'value')?.t?.dataType,
      node.opType === 'Cast' ? Number(attributeOf(node, 'to')?.i ?? 0) : undefined,
    ]),
  ]);
  return [...new Set(used)].flatMap((elementType) => rareElement(elementType) ?? []);
}
