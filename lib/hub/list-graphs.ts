import { posix } from 'node:path';
import { InputError } from '../files/input-error.js';
import { chooseGraph, GRAPH_DTYPES, type GraphDtype } from '../inference/choose-graph.js';
import { explained } from './fetch-model.js';
import { checkHubId } from './hub-id.js';
import type { HubCaller } from './hub-request.js';
import { readHubSettings } from './hub-settings.js';
import { findCommit, listRepository } from './repository.js';

/** One graph of a repository. */
export interface ListedGraph {
  /** Path in the repository. */
  readonly graph: string;
  /** Form of the weights as the file's name tells it; null if it tells none. */
  readonly dtype: GraphDtype | null;
  /** Of the graph and of the files whose names say that they hold its weights. */
  readonly bytes: number;
}

/** The graphs of a repository, from the hub's list of files; nothing is fetched. */
export interface GraphList {
  /** The commit. */
  readonly revision: string;
  readonly graphs: readonly ListedGraph[];
}

/** @throws InputError when the hub cannot be asked, or does not know the model */
export async function listGraphs(
  { id, revision = 'main' }: { readonly id: string; readonly revision?: string | undefined },
  { environment = process.env, onMessage = () => {}, signal }: ListOptions = {},
): Promise<GraphList> {
  checkHubId({ id, revision });
  const settings = readHubSettings(environment);
  if (settings.isOffline) {
    throw new InputError(
      `Listing the graphs of ${id}: HF_HUB_OFFLINE is set, so the hub is not asked. Unset it (and TRANSFORMERS_OFFLINE).`,
    );
  }
  const caller: HubCaller = { settings, asked: { id, revision }, signal };
  return explained(caller, async () => {
    const commit = await findCommit(caller, onMessage);
    const files = await listRepository(caller, commit, onMessage);
    const graphs = files.filter(({ name }) => name.endsWith('.onnx'));
    return {
      revision: commit,
      graphs: graphs.map(({ name }) => ({
        graph: name,
        dtype: dtypeOf(name),
        bytes: files
          .filter(
            (file) => file.name === name || (file.name.startsWith(name) && !file.name.endsWith('.onnx')),
          )
          .reduce((sum, { bytes }) => sum + bytes, 0),
      })),
    };
  });
}

interface ListOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly onMessage?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** The form whose usual name the file has, wherever it lies. */
function dtypeOf(graph: string): GraphDtype | null {
  const name = posix.basename(graph);
  return GRAPH_DTYPES.find((dtype) => chooseGraph([name], { dtype }).kind === 'chosen') ?? null;
}
