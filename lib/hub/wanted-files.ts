import { posix } from 'node:path';
import { InputError } from '../files/input-error.js';
import { chooseGraph, folderOfGraph, type GraphWish } from '../inference/choose-graph.js';
import { isSafeName } from './file-names.js';

/** The files of a repository that make up one model. */
export interface WantedFiles {
  readonly graph: string;
  /** Configuration, tokenizer, chat template, licence: in the order in which they are fetched, all before the graph. */
  readonly sideFiles: readonly SideFile[];
  /** Files beside the graph whose names say that they hold its weights; which of them it needs, only the graph itself tells. */
  readonly likelyWeights: readonly string[];
}

/** The files that come before the weights, in the order in which they are fetched. */
export function firstFiles({ sideFiles, graph }: WantedFiles): string[] {
  return [...sideFiles.map(({ name }) => name), graph];
}

/** A file beside the graph. */
export interface SideFile {
  /** Where it lies in the repository. */
  readonly name: string;
  /** Where the model is opened from expects it, if that is another place. */
  readonly alsoAt: string | null;
}

const SETTINGS = ['config.json', 'generation_config.json', 'genai_config.json'];
const LICENCE = /^LICENSE(\.(md|txt))?$/;

/**
 * Chooses the files of one model among all files of its repository.
 *
 * @param names all files, "/" between folders
 * @param from for messages: "org/name at <commit>"
 * @throws InputError when no graph, or not one, is meant by the wish, or what every model needs is missing
 */
export function chooseFiles(names: readonly string[], wish: GraphWish, from: string): WantedFiles {
  const choice = chooseGraph(names, wish);
  if (choice.kind === 'none') {
    const hasGraph = names.some((name) => name.endsWith('.onnx'));
    throw new InputError(
      `Choosing the files of ${from}: ${choice.problem}. ${hasGraph ? choice.wayOut : NO_GRAPH}`,
    );
  }
  const { graph } = choice;
  const folder = folderOfGraph(graph);
  const settings = SETTINGS.flatMap((base) => nearest(names, base, [folder, '']) ?? []);
  return {
    graph,
    sideFiles: [
      ...names.filter((name) => LICENCE.test(name)).map((name) => ({ name, alsoAt: null })),
      ...settings.map((name) => laidIn(folder, name)),
      ...tokenizerFiles(names, folder, from),
    ],
    likelyWeights: names.filter(
      (name) => name.startsWith(graph) && name !== graph && !name.endsWith('.onnx'),
    ),
  };
}

const NO_GRAPH =
  'Many models have an ONNX export as onnx-community/<name>: look there first. Or download the checkpoint (safetensors) with a tool of ' +
  'your own and convert it: npx culture-lens convert <folder> <out>.';

/**
 * Where external data lies in the repository.
 *
 * @param location as the graph names it, relative to its own folder
 * @throws InputError when the repository lacks it, or the location leads out of the folder of the graph
 */
export function weightsAt(location: string, graph: string, names: readonly string[], from: string): string {
  const problem = `Fetching the weights of ${graph} of ${from}: the graph refers to "${location}"`;
  if (!isSafeName(location)) {
    throw new InputError(
      `${problem}, which leads out of its folder. Expected a file beside it. Do not trust this model.`,
    );
  }
  const name = posix.join(posix.dirname(graph), location);
  if (!names.includes(name)) {
    throw new InputError(
      `${problem}, and the repository has no ${name}. Expected it there: the export is incomplete. Choose another graph (--dtype, --graph) or revision.`,
    );
  }
  return name;
}

/** What the tokenizer needs comes from one place, so that parts of two versions never meet. */
function tokenizerFiles(names: readonly string[], folder: string, from: string): SideFile[] {
  const places = [folder, posix.join(folder, 'onnx'), ''];
  const tokenizer = nearest(names, 'tokenizer.json', places);
  if (tokenizer === undefined) {
    const found = names.filter((name) => /token|vocab|spiece|sentencepiece/i.test(name)).slice(0, 8);
    throw missing('tokenizer.json', found, from);
  }
  const place = folderOf(tokenizer);
  const config = nearest(names, 'tokenizer_config.json', [place, folder, '']);
  if (config === undefined) {
    throw missing('tokenizer_config.json', [tokenizer], from);
  }
  const template = nearest(names, 'chat_template.jinja', [folderOf(config)]);
  // A tokenizer beside a graph in onnx/ is found there, and so must be what goes with it.
  const home = place === posix.join(folder, 'onnx') ? place : folder;
  return [tokenizer, config, ...(template === undefined ? [] : [template])].map((name) => laidIn(home, name));
}

function missing(what: string, found: readonly string[], from: string): InputError {
  return new InputError(
    `Choosing the files of ${from}: there is no ${what} (found ${found.length === 0 ? 'nothing like it' : found.join(', ')}). Expected ` +
      "it beside the graph or at the repository's top. Take another export of this model, or make one: npx culture-lens convert.",
  );
}

function nearest(names: readonly string[], base: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => posix.join(folder, base)).find((name) => names.includes(name));
}

function laidIn(folder: string, name: string): SideFile {
  return { name, alsoAt: folderOf(name) === folder ? null : posix.join(folder, posix.basename(name)) };
}

function folderOf(name: string): string {
  const folder = posix.dirname(name);
  return folder === '.' ? '' : folder;
}
