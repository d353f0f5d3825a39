import { basename } from 'node:path';
import { sha256OfFile } from '../../files/hash.js';
import { DEFAULT_MEMORY_MEGABYTES } from '../../inference/choose-reader.js';
import { type ProviderChoice, resolveProvider } from '../../inference/provider.js';
import { folderSource } from './folder-source.js';
import type { OpenedModel } from './model-source.js';

/**
 * Opens a local model folder for asking by hand, as notebooks do.
 *
 * @param folder absolute, or relative to the project, for example "data/models/mini/mini-600k"
 * @param options.name name in results; the folder's own by default
 * @param options.provider where it runs; `auto` (the default) takes the first that really runs
 * @param options.packing `off` runs whole prompts, each token as often as it occurs
 * @param options.memoryMegabytes working memory of one run beside the weights; 96 by default
 * @param options.rowTokens tokens that a planned row holds at most; found by timing by default
 * @param options.onNotice told, for example, that prompts cannot be packed, and why; silent by default
 * @throws InputError when a file is missing or broken, or the tokenizer is another model's
 */
export async function openModelFolder(
  folder: string,
  options: {
    readonly name?: string;
    readonly provider?: ProviderChoice;
    readonly threads?: number;
    readonly packing?: 'auto' | 'off';
    readonly memoryMegabytes?: number;
    readonly rowTokens?: number;
    readonly onNotice?: (line: string) => void;
  } = {},
): Promise<OpenedModel> {
  const source = folderSource({ name: options.name ?? basename(folder), folder }, sha256OfFile);
  const provider = await resolveProvider(options.provider ?? 'auto');
  return source.open({
    provider,
    threads: options.threads ?? null,
    packing: options.packing ?? 'auto',
    memoryMegabytes: options.memoryMegabytes ?? DEFAULT_MEMORY_MEGABYTES,
    rowTokens: options.rowTokens ?? null,
    onNotice: options.onNotice ?? (() => {}),
  });
}
