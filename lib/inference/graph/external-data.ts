import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { externalFiles } from './external-files.js';
import { readModelFile } from './model-file.js';

/**
 * The files of external data that a graph file refers to, as it names them: relative to its folder, each once, sorted.
 *
 * @throws InputError when the file is cut short or not an ONNX model
 */
export function externalDataOf(graphPath: string): string[] {
  // Large weights that are embedded in the graph are read as external data in the graph file itself.
  const own = basename(realpathSync(graphPath));
  return externalFiles(readModelFile(graphPath).graph)
    .map(({ location }) => location)
    .filter((location) => location !== own)
    .sort();
}
