import { namesReadBy } from './graph-index.js';
import type { GraphProto, NodeProto } from './onnx_pb.js';

/**
 * Removes what no output of a graph needs: nodes, initializers, declarations of values, and inputs but for `input_ids`.
 *
 * Sub-graphs keep their own nodes; what they read from outside counts as needed.
 */
export function prune(graph: GraphProto): void {
  const makers = new Map<string, NodeProto>();
  for (const node of graph.node) {
    for (const name of node.output) {
      makers.set(name, node);
    }
  }
  const needed = new Set<string>();
  const kept = new Set<NodeProto>();
  const open = graph.output.map(({ name }) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === '' || needed.has(name)) {
      continue;
    }
    needed.add(name);
    const node = makers.get(name);
    if (node !== undefined && !kept.has(node)) {
      kept.add(node);
      open.push(...namesReadBy(node));
    }
  }
  const isNeeded = ({ name }: { readonly name: string }): boolean => needed.has(name);
  graph.node = graph.node.filter((node) => kept.has(node));
  graph.initializer = graph.initializer.filter(isNeeded);
  graph.valueInfo = graph.valueInfo.filter(isNeeded);
  graph.input = graph.input.filter((input) => input.name === 'input_ids' || isNeeded(input));
}
