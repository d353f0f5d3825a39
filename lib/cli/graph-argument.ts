import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

/**
 * How the model of a graph file is named to a command. On the hub graphs lie in a folder below that of the tokenizer.
 *
 * @returns for example `models/qwen --graph onnx/model_q4.onnx`
 */
export function asGraphArgument(path: string): string {
  const beside = dirname(resolve(path));
  const folder = modelFolder(beside);
  const graph = folder === beside ? basename(path) : `${basename(beside)}/${basename(path)}`;
  return `${asFolderArgument(folder)} --graph ${quoted(graph)}`;
}

/** How a folder with a graph is named to a command: by the folder of the tokenizer, if that is the one around it. */
export function asFolderArgument(folder: string): string {
  return near(modelFolder(resolve(folder)));
}

/** A path as one types it: from the working folder, if it lies below, and quoted where it must be. */
export function near(path: string): string {
  const way = relative(process.cwd(), path);
  return quoted(way === '' ? '.' : way.startsWith('..') ? path : way);
}

function modelFolder(folder: string): string {
  const hasTokenizer = (where: string): boolean => existsSync(join(where, 'tokenizer.json'));
  const around = dirname(folder);
  return !hasTokenizer(folder) && hasTokenizer(around) ? around : folder;
}

const quoted = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);
