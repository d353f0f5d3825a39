import { readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { InputError } from '../files/input-error.js';
import { chooseGraph, type GraphWish, isSideFile, mayHoldWeights } from './choose-graph.js';

/** The files of a local model folder that its numbers depend on. */
export interface ModelFiles {
  readonly folder: string;
  /** Absolute path of the ONNX graph. */
  readonly graph: string;
  /** Paths relative to the folder, sorted: graph, external data, configuration, tokenizer, chat template. */
  readonly all: readonly string[];
}

/**
 * Finds the graph of a model folder and what belongs to it.
 *
 * @param wish which graph of several; without one `model.onnx`, `onnx/model.onnx`, or the only one there is
 * @throws InputError when the folder is missing, or the graph that is meant is not in it, or which one is meant is not clear
 */
export function findModelFiles(folder: string, wish: GraphWish = {}): ModelFiles {
  const names = listFiles(folder, wish);
  const choice = chooseGraph(names, wish);
  if (choice.kind === 'none') {
    const wayOut = checkpointWayOut(folder, names) ?? choice.wayOut;
    throw new InputError(
      `Opening the model folder ${folder}: ${choice.problem}. Expected one ONNX graph, best named model.onnx. ${wayOut}`,
    );
  }
  const { graph } = choice;
  const all = names.filter(
    (name) => name === graph || isSideFile(name) || mayHoldWeights(name, graph, names),
  );
  return { folder, graph: join(folder, graph), all: all.sort() };
}

/** What to do with a folder that holds a checkpoint and no graph; null for any other. */
function checkpointWayOut(folder: string, names: readonly string[]): string | null {
  const ending = ['.onnx', '.safetensors', '.gguf'].find((one) => names.some((name) => name.endsWith(one)));
  if (ending === undefined || ending === '.onnx') {
    return null;
  }
  const file = names.find((name) => name.endsWith('.gguf')) ?? '';
  const source = ending === '.gguf' ? join(folder, file) : folder;
  return `It holds a checkpoint: npx culture-lens convert ${source} <out> makes an ONNX folder of it.`;
}

/** Files at the top, in `onnx/`, and beside a graph that was named; relative, with "/" between folders. */
function listFiles(folder: string, { graph }: GraphWish): string[] {
  const beside = graph === undefined ? [] : [posix.dirname(graph)];
  try {
    const inner = [...new Set(['onnx', ...beside])].filter((name) => isFolder(join(folder, name)));
    const names = ['.', ...inner].flatMap((below) =>
      readdirSync(join(folder, below)).map((name) => posix.join(below, name)),
    );
    return [...new Set(names)].filter((name) => statSync(join(folder, name)).isFile());
  } catch {
    const found = statSync(folder, { throwIfNoEntry: false });
    const what =
      found === undefined ? 'is not there' : found.isDirectory() ? 'cannot be read' : 'is a file, no folder';
    throw new InputError(
      `Opening the model folder ${folder}: it ${what}. Expected a folder with an ONNX graph and tokenizer.json.`,
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
