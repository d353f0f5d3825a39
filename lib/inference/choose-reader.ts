import { messageOf } from '../files/input-error.js';
import type { SelfTest } from '../types.js';
import { batchReader } from './batches/batch-reader.js';
import { type EditMade, editModel, type GraphEdit } from './graph/edit-graph.js';
import { requireKernels } from './graph/element-support.js';
import { readModelFile } from './graph/model-file.js';
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

/** Working memory of one run beside the weights, in MB: enough for rows of 800 tokens of a model with 32 heads. */
export const DEFAULT_MEMORY_MEGABYTES = 96;

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
  const file = readModelFile(settings.graph);
  requireKernels(file.graph, { path: settings.graph, provider: settings.provider });
  const edit: GraphEdit =
    settings.packing === 'off'
      ? { kind: 'refused', reason: 'packing is switched off' }
      : editModel(file, { ...settings, topTokens: TOP_TOKENS });
  const packed = edit.kind === 'refused' ? edit : await tryPacking(edit, settings);
  return packed.kind === 'packed' ? packed.chosen : wholePrompts(packed.reason, settings);
}

type PackingTrial =
  | { readonly kind: 'packed'; readonly chosen: ChosenReader }
  | { readonly kind: 'not-packed'; readonly reason: string };

async function tryPacking({ graph, original }: EditMade, settings: ReaderSettings): Promise<PackingTrial> {
  const { depth, places } = graph.limits;
  let truth: Truth;
  try {
    truth = await readTruth(settings.graph, {
      ...settings,
      longest: Math.min(depth?.most ?? Number.POSITIVE_INFINITY, places?.most ?? Number.POSITIVE_INFINITY),
      // Read in memory and asked little: so no second copy of the weights is made, rearranged or not.
      mapped: { bytes: original, weightsFolder: graph.weightsFolder },
      prepack: graph.quantised,
    });
  } catch (error) {
    // If the file as it is fails too, its own words are what the user should read.
    return { kind: 'not-packed', reason: `the graph does not run from memory (${messageOf(error)})` };
  }
  // The weights are never held twice.
  await truth.runner.release();
  const { dtype, neighbours } = truth;
  if (neighbours.largest > NEIGHBOURS_MATTER) {
    const reason = `beside another prompt, a log-probability moves by ${neighbours.largest.toFixed(2)} nats`;
    return { kind: 'not-packed', reason };
  }
  const packed = await openPackedReader(graph, truth, settings);
  if (packed.kind === 'failed') {
    return { kind: 'not-packed', reason: packed.reason };
  }
  const { reader, spread, tolerance } = packed;
  const selfTest = {
    way: 'packed-rows',
    whyNotPacked: null,
    ...spread,
    tolerance: tolerance.largest,
  } as const;
  return { kind: 'packed', chosen: { reader, dtype, selfTest } };
}

async function wholePrompts(whyNotPacked: string, settings: ReaderSettings): Promise<ChosenReader> {
  const truth = await readTruth(settings.graph, { ...settings, longest: Number.POSITIVE_INFINITY });
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
