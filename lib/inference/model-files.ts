import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { InputError } from '../files/input-error.js';

/** The files of a local model folder that its numbers depend on. */
export interface ModelFiles {
  readonly folder: string;
  /** Absolute path of the ONNX graph. */
  readonly graph: string;
  /** Paths relative to the folder, sorted: graph, external data, configuration, tokenizer, chat template. */
  readonly all: readonly string[];
}

// Where the common exporters put the graph, in the order in which they are tried.
const GRAPH_PLACES = ['model.onnx', 'onnx/model.onnx'];
// Texts, pictures, and weights in forms that onnxruntime does not read.
const NO_WEIGHTS =
  /(\.(md|txt|png|jpe?g|gif|svg|py|ipynb|safetensors|gguf)|(^|\/)(LICENSE|card\.json|expected\.json|\.[^/]*))$/;
const SIDE_FILES = new Set([
  'config.json',
  'generation_config.json',
  'genai_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'chat_template.jinja',
]);

/**
 * Finds the graph of a model folder: `model.onnx`, `onnx/model.onnx`, or the only `.onnx` file there is.
 *
 * @throws InputError when the folder is missing, holds no ONNX file, or holds several with none of the usual names
 */
export function findModelFiles(folder: string): ModelFiles {
  const names = listFiles(folder);
  const graphs = names.filter((name) => name.endsWith('.onnx'));
  const usual = GRAPH_PLACES.find((place) => graphs.includes(place));
  const graph = usual ?? (graphs.length === 1 ? graphs[0] : undefined);
  if (graph === undefined) {
    const found =
      graphs.length === 0 ? `found ${names.join(', ') || 'no file'}` : `found ${graphs.join(', ')}`;
    throw new InputError(
      `Opening the model folder ${folder}: ${found}. Expected one ONNX graph, best named model.onnx. ` +
        'Export the model with optimum or onnxruntime-genai, or name the folder that holds the export.',
    );
  }
  const others = graphs.filter((name) => name !== graph);
  const beside = names.filter(
    (name) =>
      name === graph ||
      SIDE_FILES.has(basename(name)) ||
      // External data may have any name, so whatever lies beside the graph counts unless it clearly is something else.
      (dirname(name) === dirname(graph) &&
        !NO_WEIGHTS.test(name) &&
        !others.some((other) => name.startsWith(other))),
  );
  return { folder, graph: join(folder, graph), all: beside.sort() };
}

function listFiles(folder: string): string[] {
  try {
    const top = readdirSync(folder).map((name) => join(folder, name));
    const below = top.filter((path) => basename(path) === 'onnx' && statSync(path).isDirectory());
    const paths = [...top, ...below.flatMap((inner) => readdirSync(inner).map((name) => join(inner, name)))];
    return paths
      .filter((path) => statSync(path).isFile())
      .map((path) => relative(folder, path).replaceAll('\\', '/'));
  } catch {
    throw new InputError(
      `Opening the model folder ${folder}: it cannot be read. Expected a folder with an ONNX graph and tokenizer.json.`,
    );
  }
}
