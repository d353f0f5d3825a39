import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath } from '../../../files/data-folder.js';
import { InputError } from '../../../files/input-error.js';
import { readTextFile } from '../../../files/read-json.js';

/** Every exported task holds its prompts in this file, one to a line. */
export const DOCUMENTS_FILE = 'documents.jsonl';

/** A file of data/exchange with its slots, `{name}`, filled in. */
export function filledFile(
  tool: 'lm-eval' | 'inspect',
  name: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return readTextFile(dataPath('exchange', tool, name), 'a file of every task').replaceAll(
    /\{(\w+)\}/g,
    (slot, key: string) => values[key] ?? slot,
  );
}

/** Replacing is only for what an export wrote. @throws InputError for a folder that is there */
export function requireFreeTask(
  folder: string,
  own: { readonly pythonFile: string; readonly replace: boolean },
): void {
  if (!existsSync(folder)) {
    return;
  }
  const isOurs = existsSync(join(folder, DOCUMENTS_FILE)) && existsSync(join(folder, own.pythonFile));
  if (!own.replace || !isOurs) {
    throw new InputError(
      `Exporting a task: ${folder} exists${isOurs ? '' : ' and is no task folder'}. Expected a new folder. ` +
        `${isOurs ? 'Replace it with --replace, or name' : 'Name'} another.`,
    );
  }
}
