import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError } from '../../files/input-error.js';
import type { EditedGraph } from '../graph/edit-graph.js';
import { readSignature } from '../graph-signature.js';
import type { PlaceReading } from '../sequence-reader.js';
import { loadSession, runError, type SessionSettings } from '../session.js';
import type { PackedRow } from './packed-row.js';
import { rowFeeds } from './row-feeds.js';

/** A loaded graph, edited so that one run answers a packed row. */
export interface RowRunner {
  readonly edit: EditedGraph;
  /** Runs one row. @returns for each sequence of the row its readings, in the order given */
  run(row: PackedRow): Promise<PlaceReading[][]>;
  release(): Promise<void>;
}

/**
 * Loads an edited graph from memory; its weights stay in the files of the model folder.
 *
 * @param graph path of the file that was edited, for messages
 * @throws InputError when onnxruntime refuses the edited graph
 */
export async function openRowRunner(
  graph: string,
  edit: EditedGraph,
  settings: SessionSettings & { readonly headSize: number | null; readonly heads: number | null },
): Promise<RowRunner> {
  const { Tensor: tensor } = await import('onnxruntime-node');
  const session = await loadSession(graph, settings, edit);
  const added = new Set([
    edit.bias.name,
    edit.reads.places,
    edit.reads.optionTokens,
    ...edit.positions.map(({ name }) => name),
  ]);
  const signature = readSignature(session, {
    graph,
    headSize: settings.headSize,
    heads: settings.heads,
    added,
  });
  const names = edit.outputs;
  const compute = async (row: PackedRow): Promise<InferenceSession.OnnxValueMapType> =>
    session.run(rowFeeds(tensor, { signature, edit }, row), Object.values(names));
  return {
    edit,
    release: () => session.release(),
    run: async (row) => {
      const outputs = await compute(row).catch((error: unknown) => {
        throw runError(graph, `a packed row of ${row.tokenIds.length} tokens`, error);
      });
      const get = (name: string): Tensor => {
        const output = outputs[name];
        if (output === undefined) {
          throw new InputError(`Running the edited graph ${graph}: it returned no ${name}.`);
        }
        return output as Tensor;
      };
      return readingsOf(row, {
        optionLogProbs: get(names.optionLogProbs),
        topLogProbs: get(names.topLogProbs),
        topTokens: get(names.topTokens),
      });
    },
  };
}

/** Takes a run's numbers apart: `[reads, options]` and twice `[reads, top]`. */
function readingsOf(
  row: PackedRow,
  outputs: { readonly optionLogProbs: Tensor; readonly topLogProbs: Tensor; readonly topTokens: Tensor },
): PlaceReading[][] {
  const optionWidth = outputs.optionLogProbs.dims.at(-1) ?? 0;
  const topWidth = outputs.topTokens.dims.at(-1) ?? 0;
  const options = outputs.optionLogProbs.data as Float32Array;
  const topLogProbs = outputs.topLogProbs.data as Float32Array;
  const topTokens = outputs.topTokens.data as BigInt64Array;
  return row.answers.map((answers) =>
    answers.map(({ read, first, count }) => ({
      logProbs: [...options.subarray(read * optionWidth + first, read * optionWidth + first + count)],
      topTokens: Array.from({ length: topWidth }, (_, rank) => ({
        tokenId: Number(topTokens[read * topWidth + rank]),
        logProb: topLogProbs[read * topWidth + rank] ?? Number.NaN,
      })),
    })),
  );
}
