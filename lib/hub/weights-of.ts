import { externalDataOf } from '../inference/graph/external-data.js';
import { pathBelow } from './file-names.js';
import type { Snapshot } from './find-snapshot.js';
import { type WantedFiles, weightsAt } from './wanted-files.js';

/**
 * The files that hold a graph's weights, as the repository names them; known once the graph is in its place.
 *
 * @throws InputError when the repository lacks one, or a location leads out of the folder of the graph
 */
export function weightsOf({ record, place }: Snapshot, { graph }: WantedFiles): string[] {
  const names = record.files.map(({ name }) => name);
  return externalDataOf(pathBelow(place.root, graph)).map((location) =>
    weightsAt(location, graph, names, `${record.id} at ${record.revision}`),
  );
}
