import type { SelfTest } from '../types.js';
import { batchReader } from './batches/batch-reader.js';
import { openBatchRunner } from './batches/batch-runner.js';
import { editGraph, type GraphEdit } from './graph/edit-graph.js';
import type { ModelSettings } from './model-settings.js';
import { openPackedReader } from './packed-reader.js';
import { type SequenceReader, TOP_TOKENS } from './sequence-reader.js';
import type { SessionSettings } from './session.js';
import { batchTolerance, NEIGHBOURS_MATTER } from './tolerance.js';
import { readTruth, type Truth } from './truth.js';

/** What {@link chooseReader} needs to know of a graph and of how it may be run. */
export interface ReaderSettings extends SessionSettings, ModelSettings {
  /** Path of the ONNX graph. */
  readonly graph: string;
  /** `off` runs whole prompts even where rows could be packed. */
  readonly packing: 'auto' | 'off';
  /** Working memory of one run beside the weights, in MB of 2^20 bytes. */
  readonly memoryMegabytes: number;
  /** Tokens that a packed row holds at most; null to find by timing what is fast on this machine. */
  readonly rowTokens: number | null;
  /** Told what goes otherwise than planned, in plain words. */
  readonly onNotice: (line: string) => void;
}

/** A loaded graph, the way in which it is run, and what the self-test found. */
export interface ChosenReader {
  readonly reader: SequenceReader;
  /** Element type of the logits of the graph as it came. */
  readonly dtype: string;
  readonly selfTest: SelfTest;
}

/** Working memory of one run beside the weights, in MB: enough for rows of a few thousand tokens of a small model. */
export const DEFAULT_MEMORY_MEGABYTES = 256;

/**
 * Loads a graph and finds out how prompts can go through it.
 *
 * The graph as it came answers a few sequences one at a time; that is the truth for this export. Then an edited copy
 * answers them packed into one row. If the edit is not possible, onnxruntime refuses it, or the numbers differ by more
 * than the tolerance, whole prompts are run through the graph as it came, and the self-test says why.
 *
 * @throws InputError when the graph cannot be loaded, has inputs of unknown meaning, or returns NaN
 */
export async function chooseReader(settings: ReaderSettings): Promise<ChosenReader> {
  const edit: GraphEdit =
    settings.packing === 'off'
      ? { kind: 'refused', reason: 'packing is switched off' }
      : editGraph(settings.graph, { ...settings, topTokens: TOP_TOKENS });
  const truth = await readTruth({ path: settings.graph, longest: longestSequence(edit) }, settings);
  const moves = truth.neighbours.largest;
  if (edit.kind === 'refused') {
    return wholePrompts(truth, edit.reason, settings);
  }
  if (moves > NEIGHBOURS_MATTER) {
    const reason = `beside another prompt, a log-probability moves by ${moves.toFixed(2)} nats`;
    return wholePrompts(truth, reason, settings);
  }
  // Two copies of the weights are never held at once.
  await truth.runner.release();
  const packed = await openPackedReader(edit.graph, truth, settings);
  if (packed.kind === 'failed') {
    const runner = await openBatchRunner(settings.graph, settings);
    return wholePrompts({ ...truth, runner }, packed.reason, settings);
  }
  const { reader, spread, tolerance } = packed;
  return {
    reader,
    dtype: truth.dtype,
    selfTest: { way: 'packed-rows', whyNotPacked: null, ...spread, tolerance: tolerance.largest },
  };
}

/** Tokens of the longest sequence that an edited graph can take; the self-test stays within. */
function longestSequence(edit: GraphEdit): number {
  const limits = edit.kind === 'edited' ? [edit.graph.limits.depth, edit.graph.limits.places] : [];
  return Math.min(Number.POSITIVE_INFINITY, ...limits.flatMap((limit) => limit?.most ?? []));
}

function wholePrompts(truth: Truth, whyNotPacked: string, settings: ReaderSettings): ChosenReader {
  const { runner, dtype, neighbours, vocabularySize } = truth;
  settings.onNotice(`prompts are run whole, each token as often as it occurs: ${whyNotPacked}.`);
  const tolerance = batchTolerance(dtype);
  const way = neighbours.largest > tolerance ? 'single-prompts' : 'equal-length-batches';
  return {
    reader: batchReader(runner, { vocabularySize, way, reason: whyNotPacked }),
    dtype,
    selfTest: { way, whyNotPacked, ...neighbours, tolerance },
  };
}
