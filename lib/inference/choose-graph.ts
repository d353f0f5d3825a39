import { basename, posix } from 'node:path';

// The endings of file names by which transformers.js, and the exports made for it, tell one graph of a model from another.
const ENDINGS = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
  q2: '_q2',
  q1: '_q1',
} as const;

/** Form of the weights, as file names of exports tell it: `fp32` for `model.onnx`, `q4` for `model_q4.onnx`. */
export type GraphDtype = keyof typeof ENDINGS;

/** All forms that file names tell. */
export const GRAPH_DTYPES = Object.keys(ENDINGS) as readonly GraphDtype[];

/** Which of several graphs is meant; none of the two means the usual one. */
export interface GraphWish {
  /** Form of the weights, told by the file's name. */
  readonly dtype?: GraphDtype | undefined;
  /** The file itself, relative to the folder or repository, with "/" between folders. */
  readonly graph?: string | undefined;
}

/** The graph that is meant, or why none is. */
export type GraphChoice =
  | { readonly kind: 'chosen'; readonly graph: string }
  | { readonly kind: 'none'; readonly problem: string; readonly wayOut: string };

const FOLDERS = ['', 'onnx/'];
// A merged decoder is what older exports call their whole model.
const STEMS = ['model', 'decoder_model_merged'];

/**
 * Chooses the ONNX graph among the files of a folder or of a repository.
 *
 * @param names all files, relative, with "/" between folders
 * @param wish without one, the fp32 graph under its usual names, or the only graph there is
 */
export function chooseGraph(names: readonly string[], { dtype, graph }: GraphWish): GraphChoice {
  const graphs = names.filter((name) => name.endsWith('.onnx'));
  if (graph !== undefined) {
    return graphs.includes(graph)
      ? { kind: 'chosen', graph }
      : none(graphs, `there is no ${graph}`, 'Name one of those.');
  }
  const places = usualPlaces(dtype ?? 'fp32');
  const usual = places.find((place) => graphs.includes(place));
  if (usual !== undefined) {
    return { kind: 'chosen', graph: usual };
  }
  const [only, ...others] = graphs;
  if (only === undefined) {
    const found = names.length === 0 ? 'no file' : shortList(names);
    return { kind: 'none', problem: `there is no ONNX graph in it (found ${found})`, wayOut: CONVERT };
  }
  if (dtype !== undefined) {
    return none(graphs, `none of its graphs is named as ${dtype} (${places.join(', ')})`, 'Ask for another.');
  }
  return others.length === 0
    ? { kind: 'chosen', graph: only }
    : none(
        graphs,
        'it holds several graphs, none of them under the usual name',
        'Say which: --dtype or --graph.',
      );
}

const CONVERT =
  'Name the folder that the graph lies in; of a checkpoint npx culture-lens convert <folder with safetensors, or GGUF file> <out> makes one.';

/** Where exporters put the graph of this form, in the order in which the places are tried. */
function usualPlaces(dtype: GraphDtype): string[] {
  return STEMS.flatMap((stem) => FOLDERS.map((folder) => `${folder}${stem}${ENDINGS[dtype]}.onnx`));
}

function none(graphs: readonly string[], problem: string, wayOut: string): GraphChoice {
  return { kind: 'none', problem: `${problem}; found ${shortList(graphs)}`, wayOut };
}

const LISTED = 12;

function shortList(names: readonly string[]): string {
  const more = names.length - LISTED;
  return `${names.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * The folder that a model is opened from, relative: where configuration and tokenizer lie. That is the folder of the graph, or
 * the one above if the graph lies in `onnx/`.
 */
export function folderOfGraph(graph: string): string {
  const beside = posix.dirname(graph);
  const folder = posix.basename(beside) === 'onnx' ? posix.dirname(beside) : beside;
  return folder === '.' ? '' : folder;
}

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

/** Whether a file is configuration, tokenizer or chat template: what a model's numbers depend on beside its graph. */
export function isSideFile(name: string): boolean {
  return SIDE_FILES.has(basename(name));
}

/**
 * Whether a file may hold weights of the graph: external data may have any name, so whatever lies beside the graph counts
 * unless it clearly is something else or belongs to another graph.
 */
export function mayHoldWeights(name: string, graph: string, names: readonly string[]): boolean {
  const others = names.filter((other) => other.endsWith('.onnx') && other !== graph);
  return (
    posix.dirname(name) === posix.dirname(graph) &&
    !NO_WEIGHTS.test(name) &&
    !others.some((other) => name.startsWith(other))
  );
}
