import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../files/input-error.js';
import { asGraphArgument, near } from './graph-argument.js';

// What a repository's name looks like; a path that exists, or begins with a folder that does, is a path.
const REPOSITORY = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*(@.+)?$/;

/** Whether an argument can only be meant as the name of a repository of the hub: no path leads there, not even half of one. */
export function isRepositoryName(given: string): boolean {
  return REPOSITORY.test(given) && !existsSync(resolve(given)) && !existsSync(resolve(dirname(given)));
}

/**
 * The folder that is meant by a command's argument, absolute.
 *
 * @throws InputError when there is none, with all that a model may be; and when it is a file
 */
export function folderArgument(given: string): string {
  const folder = resolve(given);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new InputError(
      `Reading the model "${given}": there is no folder ${folder}.${hint(given)}\n${MAY_BE}`,
    );
  }
  if (!found.isDirectory()) {
    throw new InputError(`Reading the model "${given}": ${folder} is a file.\n${wayOutOfFile(folder)}`);
  }
  return folder;
}

const MAY_BE = [
  'Expected one of:',
  '  a folder with an ONNX graph and tokenizer.json,',
  '  org/name or org/name@revision, a model of the Hugging Face hub (culture-lens fetch <org/name> --list),',
  '  the address of a server that runs it, http://... or https://...',
].join('\n');

/** Why what looks like a repository's name was taken for a path. */
function hint(given: string): string {
  return REPOSITORY.test(given)
    ? `\nIt was not taken for a model of the hub, because ${dirname(given)} is a folder here.`
    : '';
}

function wayOutOfFile(path: string): string {
  if (path.endsWith('.onnx')) {
    return `Expected its folder, and the graph by its name: ${asGraphArgument(path)}`;
  }
  return path.endsWith('.gguf')
    ? `Expected a folder with an ONNX graph. Make one: npx culture-lens convert ${near(path)} <out>`
    : MAY_BE;
}
