import { basename, relative } from 'node:path';
import { Command, Option } from 'commander';
import { sizeInWords } from '../../files/size-in-words.js';
import { fetchModel } from '../../hub/fetch-model.js';
import type { HubId } from '../../hub/hub-id.js';
import { listGraphs } from '../../hub/list-graphs.js';
import { GRAPH_DTYPES, type GraphDtype } from '../../inference/choose-graph.js';
import { fetchProgress } from '../../runs/models/fetch-progress.js';
import { hubArgument, REVISION_OPTION } from '../hub-argument.js';
import { type TextColumn, textTable } from '../tables/text-table.js';
import { terminalProgress } from '../terminal-progress.js';
import { untilInterrupted } from '../until-interrupted.js';

interface CliOptions {
  readonly revision?: string;
  readonly dtype?: GraphDtype;
  readonly graph?: string;
  readonly to?: string;
  readonly list?: boolean;
}

const HELP = `
One graph is fetched, with its weights, configuration, tokenizer and chat template, all of one
commit, and each file is checked against the checksum that the hub lists. Ctrl-C or a broken
connection costs nothing: the same command goes on from there.

  npx culture-lens fetch onnx-community/Qwen2.5-0.5B-Instruct --list
  npx culture-lens fetch onnx-community/Qwen2.5-0.5B-Instruct --dtype q4
  npx culture-lens fetch onnx-community/Qwen2.5-0.5B-Instruct@<commit> --to models/qwen

Files go to the cache that Python's huggingface_hub uses too (HF_HUB_CACHE, HF_HOME), or to --to. A
private or gated model needs an access token in HF_TOKEN; HF_ENDPOINT names another hub,
HF_HUB_OFFLINE=1 forbids all requests. environment.md lists the variables.`;

/** `culture-lens fetch <model>`: a model of the Hugging Face hub as a local folder. */
export function fetchCommand(): Command {
  return new Command('fetch')
    .description('Fetch a model of the Hugging Face hub: one ONNX graph and all that belongs to it.')
    .argument('<model>', 'org/name or org/name@revision')
    .option('--revision <revision>', REVISION_OPTION)
    .addOption(
      new Option(
        '--dtype <form>',
        "which of the repository's graphs: the one whose file name tells weights of this form; nothing is converted (default: fp32, or the only one)",
      ).choices(GRAPH_DTYPES),
    )
    .option('--graph <path>', 'the graph itself, as a path in the repository')
    .option('--to <folder>', 'folder to fetch into (default: the cache of the hub)')
    .option('--list', "show the repository's graphs with their sizes, and fetch nothing")
    .addHelpText('after', HELP)
    .action(async (model: string, options: CliOptions) => {
      const asked = hubArgument(model, options.revision);
      await (options.list === true ? printGraphs(asked) : fetchInTerminal(asked, options));
    });
}

const COLUMNS: readonly TextColumn[] = [
  { title: 'dtype', align: 'left' },
  { title: 'size', align: 'right' },
  { title: 'graph', align: 'left' },
];

async function printGraphs(model: HubId): Promise<void> {
  const { revision, graphs } = await listGraphs(model, { onMessage });
  if (graphs.length === 0) {
    console.log(
      `${model.id} at ${revision} has no ONNX graph. Many models have one as onnx-community/<name>.`,
    );
    return;
  }
  const rows = graphs.map(({ graph, dtype, bytes }) => [dtype ?? '–', sizeInWords(bytes), graph]);
  console.log(textTable(COLUMNS, rows));
  console.log(`\n${model.id} at ${revision}. Take one with --dtype or --graph.`);
}

async function fetchInTerminal({ id, revision }: HubId, { dtype, graph, to }: CliOptions): Promise<void> {
  const fetched = await untilInterrupted((signal) =>
    fetchModel(
      { id, revision, dtype, graph },
      {
        onProgress: fetchProgress(terminalProgress(process.stderr)),
        onMessage,
        signal,
        ...(to === undefined ? {} : { to }),
      },
    ),
  );
  const bytes = fetched.files.reduce((sum, file) => sum + file.bytes, 0);
  console.log(
    `${id} at ${fetched.revision}: ${fetched.files.length} files, ${sizeInWords(bytes)}, of these ` +
      `${sizeInWords(fetched.downloadedBytes)} fetched now, all checked`,
  );
  console.log(`Graph:  ${fetched.graph}\nFolder: ${fetched.folder}`);
  const wish = graph === undefined ? (dtype === undefined ? '' : ` --dtype ${dtype}`) : ` --graph ${graph}`;
  // By its name, so that results hold repository and commit; a folder of the user's own is all that is known of it.
  const asked =
    to === undefined
      ? `${id}@${fetched.revision}${wish}`
      : `${near(fetched.folder)} --name ${basename(id)}${wish === '' ? '' : ` --graph ${fetched.graph}`}`;
  console.log(`\nAsk it: npx culture-lens probe ${asked}`);
}

function near(folder: string): string {
  const way = relative(process.cwd(), folder);
  return way.startsWith('..') ? folder : way;
}

function onMessage(line: string): void {
  process.stderr.write(`${line}\n`);
}
