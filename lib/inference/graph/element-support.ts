import { InputError } from '../../files/input-error.js';
import type { Provider } from '../../types.js';
import { ELEMENT, elementType } from './element-type.js';
import { allNodes, describeNode, indexGraph, inputOf } from './graph-index.js';
import type { GraphProto } from './onnx_pb.js';
import { rareElement, rareElements } from './rare-elements.js';

const PRODUCTS = new Set(['MatMul', 'Gemm']);
const WEIGHTS = 1;
const CONVERT_AGAIN =
  'Convert the model again in float32 or float16: `npx culture-lens convert <checkpoint> <out> --dtype fp32`.';

/**
 * Makes sure that the inputs and outputs of a graph can be handed over. Of those that cannot, some end the whole process.
 *
 * @param path of the graph, for the message
 * @throws InputError naming the input or output and its element type
 */
export function requireTensors(graph: GraphProto, path: string): void {
  const handed = [
    ...graph.input.map((value) => ({ role: 'input', value })),
    ...graph.output.map((value) => ({ role: 'output', value })),
  ];
  for (const {
    role,
    value: { name, type },
  } of handed) {
    const element = rareElement(type?.tensorType?.elemType);
    if (element !== null) {
      throw new InputError(
        `Reading the graph ${path}: ${role} "${name}" is in ${element}, which onnxruntime-node can neither take nor return, ` +
          `whatever the provider. Expected float32 or float16. ${CONVERT_AGAIN}`,
      );
    }
  }
}

/**
 * Makes sure that no product with weights is computed in bfloat16 where onnxruntime has no kernel for it. Weights that are
 * stored in bfloat16 and changed to another type before anything is computed with them pass.
 *
 * @param given.path of the graph, for the message
 * @throws InputError naming the node; never on CUDA
 */
export function requireKernels(
  graph: GraphProto,
  { path, provider }: { readonly path: string; readonly provider: Provider },
): void {
  const index = indexGraph(graph);
  if (provider === 'cuda' || !rareElements(index).includes('bfloat16')) {
    return;
  }
  const product = allNodes(index).find((placed) => {
    const weights = PRODUCTS.has(placed.node.opType) ? inputOf(placed, WEIGHTS) : null;
    return weights !== null && elementType(weights) === ELEMENT.bfloat16;
  });
  if (product !== undefined) {
    throw new InputError(
      `Reading the graph ${path}: ${describeNode(product.node)} computes in bfloat16, for which onnxruntime has no ` +
        `kernel on ${provider}. Expected float32 or float16, or --provider cuda. ${CONVERT_AGAIN}`,
    );
  }
}
