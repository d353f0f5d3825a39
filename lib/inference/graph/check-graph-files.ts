import { requireTensors } from './element-support.js';
import { requireExternalFiles } from './external-files.js';
import { readModelFile } from './model-file.js';
import { requireReadable } from './unreadable-inputs.js';

/**
 * Looks at a graph and its weights as far as that needs no onnxruntime: for the model that a study comes to last, before
 * the first has run for an hour. Weights are not read, only their files' sizes.
 *
 * @throws InputError when the graph is cut short or no ONNX model, a file with weights is missing or cut short, or an input
 *   or output tells that the model cannot be asked
 */
export function checkGraphFiles(graphPath: string): void {
  const { graph } = readModelFile(graphPath);
  for (const { name } of graph.input) {
    requireReadable(name, graphPath);
  }
  requireTensors(graph, graphPath);
  requireExternalFiles(graph, graphPath);
}
