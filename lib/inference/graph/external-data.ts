import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { readModelFile } from './model-file.js';
import type { GraphProto, NodeProto, TensorProto } from './onnx_pb.js';

/**
 * The files of external data that a graph file refers to, as it names them: relative to its folder, each once, sorted.
 *
 * @throws InputError when the file is cut short or not an ONNX model
 */
export function externalDataOf(graphPath: string): string[] {
  const { model } = readModelFile(graphPath);
  const tensors = [
    ...(model.graph === undefined ? [] : tensorsOfGraph(model.graph)),
    ...model.functions.flatMap(({ node }) => node.flatMap(tensorsOfNode)),
  ];
  const locations = tensors.flatMap(({ externalData }) =>
    externalData.flatMap(({ key, value }) => (key === 'location' ? [value] : [])),
  );
  // Large weights that are embedded in the graph are read as external data in the graph file itself.
  const others = new Set(locations);
  others.delete(basename(realpathSync(graphPath)));
  return [...others].sort();
}

function tensorsOfGraph(graph: GraphProto): TensorProto[] {
  return [...graph.initializer, ...graph.node.flatMap(tensorsOfNode)];
}

function tensorsOfNode({ attribute }: NodeProto): TensorProto[] {
  return attribute.flatMap(({ t, g, graphs }) => [
    ...(t === undefined ? [] : [t]),
    ...(g === undefined ? [] : tensorsOfGraph(g)),
    ...graphs.flatMap(tensorsOfGraph),
  ]);
}
