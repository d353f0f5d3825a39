import { basename, resolve } from 'node:path';
import { Option } from 'commander';
import { InputError } from '../files/input-error.js';
import { GRAPH_DTYPES, type GraphDtype } from '../inference/choose-graph.js';
import type { EndpointModel, FolderModel, HubModel } from '../runs/study-models.js';
import { folderArgument, isRepositoryName } from './folder-argument.js';
import { hubArgument, REVISION_OPTION } from './hub-argument.js';
import { positiveInteger } from './positive-integer.js';

/** Options that say more about the model argument of a command. */
export interface ModelOptions {
  readonly name?: string;
  readonly revision?: string;
  readonly dtype?: GraphDtype;
  readonly graph?: string;
  readonly tokenizer?: string;
  readonly servedModel?: string;
  readonly concurrency?: number;
  readonly keyVariable?: string;
}

/** What the model argument may be, for help texts. */
export const MODEL_ARGUMENT =
  'model folder; or a repository of the Hugging Face hub (organisation/name, with @revision if another than main); or the address of a ' +
  'server (http://127.0.0.1:8000; several of one model with commas between)';

/** The options of {@link ModelOptions}, made anew for each command. */
export function modelOptions(): Option[] {
  return [
    new Option(
      '--name <name>',
      "name of the model in results (default: name of the folder or repository; for a server that of the tokenizer's folder)",
    ),
    new Option('--revision <revision>', REVISION_OPTION),
    new Option(
      '--dtype <form>',
      'which of several graphs: the one whose file name tells weights of this form; nothing is converted',
    )
      .choices(GRAPH_DTYPES)
      .conflicts('graph'),
    new Option('--graph <file>', 'of several graphs this one, relative to the folder or repository'),
    new Option('--tokenizer <folder>', "for a server: folder with the served model's tokenizer.json"),
    new Option(
      '--served-model <name>',
      'for a server: name under which it serves the model (default: the only one)',
    ),
    new Option(
      '--concurrency <number>',
      'for a server: how many prompts it is sent at once (default: 8)',
    ).argParser(positiveInteger),
    new Option(
      '--key-variable <name>',
      'for a server: environment variable that holds its key (default: CULTURE_LENS_API_KEY)',
    ),
  ];
}

/**
 * The model that is meant by a command's argument: servers for addresses, a folder if there is one, else a repository if it could
 * be the name of one.
 *
 * @throws InputError for what is none of these, for a server without a tokenizer, and for options of other models
 */
export function modelArgument(given: string, options: ModelOptions): FolderModel | HubModel | EndpointModel {
  const { name, dtype, graph } = options;
  if (/^https?:\/\//.test(given)) {
    refusePageOfHub(given);
    return endpointArgument(given, options);
  }
  const stray = (['tokenizer', 'servedModel', 'concurrency', 'keyVariable'] as const).find(
    (option) => options[option] !== undefined,
  );
  if (stray !== undefined) {
    throw new InputError(
      `Reading the model "${given}": ${flagOf(stray)} is for servers, whose address begins with http:// or https://. Leave it out.`,
    );
  }
  const wish = { dtype, graph };
  if (isRepositoryName(given)) {
    const { id, revision } = hubArgument(given, options.revision);
    return { name: name ?? basename(id), hub: id, revision, ...wish };
  }
  const folder = folderArgument(given);
  if (options.revision !== undefined) {
    throw new InputError(
      `Reading the model "${given}": --revision is for models of the hub (org/name), and this is a folder here. Leave it out.`,
    );
  }
  return { name: name ?? basename(folder), folder, ...wish };
}

function endpointArgument(given: string, options: ModelOptions): EndpointModel {
  const { name, tokenizer, servedModel, concurrency, keyVariable } = options;
  if (tokenizer === undefined) {
    throw new InputError(
      `Reading the model "${given}": a server is asked with token ids, and nothing says how its model cuts text into tokens. Expected --tokenizer ` +
        '<folder>, with the tokenizer.json and tokenizer_config.json of the model that it serves.',
    );
  }
  const stray = (['revision', 'dtype', 'graph'] as const).find((option) => options[option] !== undefined);
  if (stray !== undefined) {
    throw new InputError(
      `Reading the model "${given}": ${flagOf(stray)} says which model of a folder or the hub; what a server runs is decided there. Leave it out.`,
    );
  }
  const folder = resolve(tokenizer);
  return {
    name: name ?? basename(folder),
    endpoint: given.split(',').map((address) => address.trim()),
    tokenizer: folder,
    ...{ model: servedModel, concurrency, keyVariable },
  };
}

function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** People paste the address of the page that they look at. */
function refusePageOfHub(given: string): void {
  const [, id] = /^https?:\/\/(?:huggingface\.co|hf\.co)\/([^/]+\/[^/?#]+)/.exec(given) ?? [];
  if (id !== undefined) {
    throw new InputError(
      `Reading the model "${given}": that is the page of a repository, not the address of a server. Ask for it by its name: ${id}`,
    );
  }
}
