import { type FetchedModel, fetchModel, type HubReference } from '../hub/fetch-model.js';
import { fetchProgress } from '../runs/models/fetch-progress.js';
import { notebookProgress } from './progress.js';

/**
 * Fetches a model of the Hugging Face hub from a cell, with a bar for every file. What is there already is not fetched again;
 * interrupt the kernel when you like, and the same cell goes on from there.
 *
 * @throws InputError outside a notebook, and when the repository, a file of it or the disk cannot be used
 */
export function fetchInNotebook(reference: HubReference): Promise<FetchedModel> {
  return fetchModel(reference, { onProgress: fetchProgress(notebookProgress()) });
}
