import { batchReader } from '../../lib/inference/batches/batch-reader.js';
import { type EditedGraph, editGraph } from '../../lib/inference/graph/edit-graph.js';
import { findModelFiles } from '../../lib/inference/model-files.js';
import { readModelSettings } from '../../lib/inference/model-settings.js';
import type { RowBounds } from '../../lib/inference/rows/row-bounds.js';
import { openRowRunner, type RowRunner } from '../../lib/inference/rows/row-runner.js';
import { type SequenceReader, TOP_TOKENS } from '../../lib/inference/sequence-reader.js';
import { readTruth, type Truth } from '../../lib/inference/truth.js';
import { onTheCpu } from '../support/open-settings.js';

/** A graph opened in both ways, side by side; the product never holds two copies. */
export interface BothWays {
  readonly truth: Truth;
  /** Whole prompts through the graph as it came. */
  readonly whole: SequenceReader;
  readonly runner: RowRunner;
  readonly edit: EditedGraph;
  readonly bounds: RowBounds;
  close(): Promise<void>;
}

/** @param change a mistake to make in the edit; none by default */
export async function openBothWays(
  folder: string,
  change: (edit: EditedGraph) => EditedGraph = (edit) => edit,
): Promise<BothWays> {
  const { graph } = findModelFiles(folder);
  const settings = { ...readModelSettings(folder), ...onTheCpu, threads: 1 };
  const result = editGraph(graph, { ...settings, topTokens: TOP_TOKENS });
  if (result.kind === 'refused') {
    throw new Error(`${folder}: ${result.reason}`);
  }
  const { depth, places } = result.graph.limits;
  const edit = change(result.graph);
  const longest = Math.min(depth?.most ?? 99, places?.most ?? 99);
  const truth = await readTruth(graph, { ...settings, longest });
  const { vocabularySize } = truth;
  const runner = await openRowRunner(graph, edit, settings);
  return {
    truth,
    whole: batchReader(truth.runner, { vocabularySize, way: 'equal-length-batches', reason: '' }),
    runner,
    edit,
    bounds: {
      ...edit.limits,
      memoryBytes: 2 ** 28,
      shape: { heads: edit.heads ?? 8, vocabularySize, pastLength: edit.pastLength },
    },
    close: async () => {
      await truth.runner.release();
      await runner.release();
    },
  };
}
