import { constantNumbers, type IsFixed } from './constants.js';
import {
  findValue,
  type GraphIndex,
  indexGraph,
  inputOf,
  type PlacedNode,
  type Value,
} from './graph-index.js';
import { attributeOf, becomeNode, insertBefore, integerAttribute, makeNode, setInput } from './nodes.js';
import type { GraphProto, NodeProto } from './onnx_pb.js';

/** Where the wanted places are picked: before the output layer, or, where that was not recognised, from its logits. */
export type PickedFrom = 'hidden states' | 'logits';

/** The logits of the places read. */
export interface PickedLogits {
  /** Name of the value that holds them. */
  readonly name: string;
  readonly from: PickedFrom;
}

const PICKED = 'packed_row.picked';
const LAYERS = new Set([
  ...['MatMul', 'FusedMatMul', 'MatMulNBits', 'MatMulBnb4', 'MatMulInteger', 'MatMulIntegerToFloat'],
  'DynamicQuantizeMatMul',
]);
// May follow the output layer: scaling, softcap, a bias, a mask over the vocabulary, a change of type.
const AFTER = new Set(['Mul', 'Div', 'Add', 'Sub', 'Tanh', 'Cast', 'Identity', 'Clip', 'Where']);
// May stand between an export's own choice of the last place and the output layer.
const RESHAPES = new Set(['Unsqueeze', 'Squeeze']);
const KEEPS_SHAPE = new Set(['Cast', 'Identity']);
const LOGITS_TO_KEEP = /^(num_)?logits_to_keep$/;

/**
 * Makes a graph compute logits at chosen places only.
 *
 * An export's own choice of the last places becomes ours; otherwise the hidden states are picked right before the output
 * layer. A graph whose output layer is not recognised computes all logits, of which the wanted ones are picked.
 *
 * @param places name of the input with the places, int64 `[R]`
 */
export function pickPlaces(
  graph: GraphProto,
  {
    index,
    isFixed,
    places,
  }: { readonly index: GraphIndex; readonly isFixed: IsFixed; readonly places: string },
): PickedLogits {
  const pick = (data: string): NodeProto =>
    makeNode('Gather', { input: [data, places], output: [PICKED], integers: { axis: 1 } });
  const logits = findValue(index.root, 'logits');
  const layer = logits === null ? null : findLayer(logits, isFixed);
  const slice = sliceByInput(index) ?? (layer === null ? null : sliceAbove(layer));
  if (slice !== null) {
    const data = slice.node.input[0] ?? '';
    insertBefore(slice.scope.graph, slice.node, [pick(data)]);
    becomeNode(slice.node, 'Identity', { input: [PICKED] });
  } else if (layer !== null) {
    insertBefore(graph, layer.node, [pick(layer.node.input[0] ?? '')]);
    setInput(layer.node, 0, PICKED);
  } else {
    graph.node.push(pick('logits'));
    return { name: PICKED, from: 'logits' };
  }
  forgetSizesBehind(graph, PICKED);
  return { name: 'logits', from: 'hidden states' };
}

/** Goes up from the logits to the product with weights; its first input is the hidden state. */
function findLayer(value: Value, isFixed: IsFixed): PlacedNode | null {
  const { node, scope } = value;
  if (node === null) {
    return null;
  }
  const placed = { node, scope };
  if (LAYERS.has(node.opType)) {
    const weights = inputOf(placed, 1);
    return weights !== null && isFixed(weights) ? placed : null;
  }
  if (!AFTER.has(node.opType)) {
    return null;
  }
  const layers = node.input.flatMap((_, input) => {
    const source = inputOf(placed, input);
    return source === null || isFixed(source) ? [] : (findLayer(source, isFixed) ?? []);
  });
  // A sum of two layers would need both to be picked for.
  return layers.length === 1 ? (layers[0] ?? null) : null;
}

/** The slice of the last places that an input of the export drives. */
function sliceByInput(index: GraphIndex): PlacedNode | null {
  const open = index.root.graph.input
    .filter(({ name }) => LOGITS_TO_KEEP.test(name))
    .map(({ name }) => index.root.values.get(name));
  const seen = new Set<Value>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { node, scope, input } of seen.has(at) ? [] : at.readers) {
      if (node.opType === 'Slice' && input > 0) {
        return { node, scope };
      }
      open.push(...node.output.map((name) => scope.values.get(name)));
    }
    seen.add(at);
  }
  return null;
}

/** The choice of the last place right above the output layer; what it did to the rank is taken back. */
function sliceAbove(layer: PlacedNode): PlacedNode | null {
  const reshapes: NodeProto[] = [];
  for (let at = inputOf(layer, 0); at?.node != null; at = inputOf({ node: at.node, scope: at.scope }, 0)) {
    const placed = { node: at.node, scope: at.scope };
    if (picksLastPlace(placed)) {
      for (const node of reshapes) {
        becomeNode(node, 'Identity', { input: node.input.slice(0, 1) });
      }
      return placed;
    }
    if (RESHAPES.has(at.node.opType)) {
      reshapes.push(at.node);
    } else if (!KEEPS_SHAPE.has(at.node.opType)) {
      return null;
    }
  }
  return null;
}

function picksLastPlace(placed: PlacedNode): boolean {
  const { node } = placed;
  if (node.opType === 'Gather') {
    return integerAttribute(node, 'axis', 0) === 1;
  }
  const axes = attributeOf(node, 'axes')?.ints.map(Number) ?? constantNumbers(inputOf(placed, 3)) ?? [];
  return node.opType === 'Slice' && axes.length === 1 && axes[0] === 1;
}

/** Removes what was declared about sizes of values that now hold the places read instead of all. */
function forgetSizesBehind(graph: GraphProto, name: string): void {
  const { values } = indexGraph(graph).root;
  const behind = new Set<string>();
  const open = [name];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (!behind.has(at)) {
      behind.add(at);
      open.push(...(values.get(at)?.readers ?? []).flatMap(({ node }) => node.output));
    }
  }
  graph.valueInfo = graph.valueInfo.filter((info) => !behind.has(info.name));
}
