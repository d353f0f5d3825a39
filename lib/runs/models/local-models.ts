import { sizeInWords } from '../../files/size-in-words.js';
import { type FetchedModel, fetchModel } from '../../hub/fetch-model.js';
import type { ProgressListener } from '../progress.js';
import type { LocalModel, StudyModel } from '../study-models.js';
import { fetchProgress } from './fetch-progress.js';

/** What {@link localModel} tells, and how it is stopped. */
export interface LocalModelRequest {
  readonly onProgress: ProgressListener;
  /** Told once for each model that was fetched, in plain words. */
  readonly onMessage: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The models of a study on this machine: those of the hub are fetched first, one after the other, so that whatever is wrong
 * with the last of them is known before the first has run for an hour.
 *
 * @throws InputError as {@link localModel} does
 */
export async function localModels(
  models: readonly StudyModel[],
  request: LocalModelRequest,
): Promise<LocalModel[]> {
  const local: LocalModel[] = [];
  for (const model of models) {
    local.push(await localModel(model, request));
  }
  return local;
}

/**
 * A model on this machine; one of the hub is fetched, as far as it is not there already.
 *
 * @throws InputError when the repository, a file of it or the disk cannot be used
 */
export async function localModel(model: StudyModel, request: LocalModelRequest): Promise<LocalModel> {
  if (!('hub' in model)) {
    return model;
  }
  const { name, hub: id, revision, dtype, graph, compareWith } = model;
  const { onMessage, signal } = request;
  const found = await fetchModel(
    { id, revision, dtype, graph },
    {
      onProgress: fetchProgress((state) =>
        request.onProgress({ ...state, label: `${name}: ${state.label}` }),
      ),
      onMessage,
      ...(signal === undefined ? {} : { signal }),
    },
  );
  if (found.downloadedBytes > 0) {
    onMessage(`${name}: ${sizeInWords(found.downloadedBytes)} of ${id} fetched to ${found.folder}.`);
  }
  return {
    ...{ name, compareWith, folder: found.folder, graph: found.graph },
    origin: { kind: 'hub', id, revision: found.revision, graph: nameInRepository(found) },
  };
}

/** The graph as the repository names it: {@link FetchedModel.graph} is relative to the model folder, which may lie below the top. */
function nameInRepository({ graph, files }: FetchedModel): string {
  return files.find(({ name }) => name === graph || name.endsWith(`/${graph}`))?.name ?? graph;
}
