import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { parseHubId } from '../../hub/hub-id.js';
import { isRepositoryName } from '../folder-argument.js';
import { asFolderArgument, asGraphArgument } from '../graph-argument.js';

/**
 * Refuses what people take for a checkpoint though it is none; whatever else is wrong with a source the converter tells itself.
 *
 * @param source as it was given: relative to where the command runs
 * @throws InputError for the name of a repository of the hub, and for what holds an ONNX graph and no weights to convert
 */
export function checkSource(source: string): void {
  if (isRepositoryName(source)) {
    throw new InputError(
      `Converting ${source}: there is no folder of that name. ${ON_DISK}\n${waysFromHub(source)}`,
    );
  }
  const found = statSync(source, { throwIfNoEntry: false });
  if (found?.isFile() === true && source.endsWith('.onnx')) {
    throw new InputError(
      `Converting ${source}: it is an ONNX graph already. ${asItIs(asGraphArgument(source))}`,
    );
  }
  if (found?.isDirectory() === true && holdsOnlyGraphs(source)) {
    throw new InputError(
      `Converting ${source}: it holds an ONNX graph and no safetensors: there is nothing to convert. ${asItIs(asFolderArgument(source))}`,
    );
  }
}

const ON_DISK = 'Expected files on this disk.';

function waysFromHub(source: string): string {
  const { id, revision } = parseHubId(source);
  const asked = revision === undefined ? '' : ` --revision ${revision}`;
  return [
    `  npx culture-lens fetch ${source} --list`,
    '    shows whether the hub has a finished ONNX export, which needs no conversion',
    `  hf download ${id}${asked} --local-dir <folder>`,
    "    brings the checkpoint (a program of Python's huggingface_hub); then convert <folder>",
  ].join('\n');
}

function asItIs(model: string): string {
  return `It can be asked as it is:\n  npx culture-lens probe ${model}`;
}

function holdsOnlyGraphs(folder: string): boolean {
  const names = [folder, join(folder, 'onnx')].flatMap((one) => (existsSync(one) ? readdirSync(one) : []));
  return names.some((name) => name.endsWith('.onnx')) && !names.some((name) => name.endsWith('.safetensors'));
}
