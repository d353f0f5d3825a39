import { basename } from 'node:path';
import { sha256OfFile } from '../files/hash.js';
import { type ProviderChoice, resolveProvider } from '../inference/provider.js';
import { folderSource, type OpenedModel } from './model-source.js';

/**
 * Opens a local model folder for asking by hand, as notebooks do.
 *
 * @param folder absolute, or relative to the project, for example "data/models/mini/mini-600k"
 * @param options.name name in results; the folder's own by default
 * @param options.provider where it runs; `auto` (the default) takes the first that really runs
 * @throws InputError when a file is missing or broken, or the tokenizer is another model's
 */
export async function openModelFolder(
  folder: string,
  options: { readonly name?: string; readonly provider?: ProviderChoice; readonly threads?: number } = {},
): Promise<OpenedModel> {
  const source = folderSource({ name: options.name ?? basename(folder), folder }, sha256OfFile);
  const provider = await resolveProvider(options.provider ?? 'auto');
  return source.open({ provider, threads: options.threads ?? null });
}
