import { getFloat16 } from '@petamoriken/float16';
import { InferenceSession, Tensor as OrtTensor, type Tensor } from 'onnxruntime-node';
import type { EditedGraph } from '../../../lib/inference/graph/edit-graph.js';

/**
 * A second, plain way to run graphs for the tests of the edit: nothing of it is shared with the engine, so that neither
 * hides a mistake of the other.
 */

/** A token sequence and the place after which its next token is read: its last. */
export type Sequence = readonly number[];

/** A prefix tree in one row. */
export interface Row {
  readonly tokens: number[];
  readonly depths: number[];
  readonly parents: number[];
  /** For each sequence the place of its last token. */
  readonly reads: number[];
}

/** Lays sequences out depth-first, each shared beginning once. */
export function layOut(sequences: readonly Sequence[]): Row {
  interface Branch {
    readonly children: Map<number, Branch>;
    readonly ends: number[];
  }
  const root: Branch = { children: new Map(), ends: [] };
  for (const [index, sequence] of sequences.entries()) {
    let at = root;
    for (const token of sequence) {
      const next: Branch = at.children.get(token) ?? { children: new Map(), ends: [] };
      at.children.set(token, next);
      at = next;
    }
    at.ends.push(index);
  }
  const row: Row = { tokens: [], depths: [], parents: [], reads: sequences.map(() => -1) };
  const visit = (branch: Branch, parent: number, depth: number): void => {
    for (const [token, child] of branch.children) {
      const place = row.tokens.push(token) - 1;
      row.depths.push(depth);
      row.parents.push(parent);
      for (const index of child.ends) {
        row.reads[index] = place;
      }
      visit(child, place, depth + 1);
    }
  };
  visit(root, -1, 0);
  return row;
}

const SETTINGS = { intraOpNumThreads: 1, logSeverityLevel: 4 } as const;
// -30000 as float16 bits: finite there, and as good as hidden.
const HIDDEN_FLOAT16_BITS = 0xf753;
const HIDDEN_FLOAT32 = -1e9;

/** What may be done wrong on purpose. */
export interface Mutation {
  readonly positions?: (depth: number, place: number) => number;
  /** Whether `place` sees `other`, given what it should see. */
  readonly sees?: (place: number, other: number, should: boolean) => boolean;
  readonly read?: (place: number) => number;
}

/** Next-token log-probabilities of all tokens asked for, one list for each sequence. */
export async function readRow(
  graph: OpenGraph,
  edit: EditedGraph,
  row: Row,
  { tokens, mutation = {} }: { readonly tokens: readonly number[]; readonly mutation?: Mutation },
): Promise<RowReadings> {
  const places = row.tokens.length;
  const width = places + edit.pastLength;
  const mask =
    edit.bias.type === 'float16'
      ? new Uint16Array(places * width).fill(HIDDEN_FLOAT16_BITS)
      : new Float32Array(places * width).fill(HIDDEN_FLOAT32);
  for (let place = 0; place < places; place += 1) {
    const seen = new Set<number>();
    for (let at = place; at >= 0; at = row.parents[at] ?? -1) {
      seen.add(at);
    }
    for (let other = 0; other < places; other += 1) {
      const should = seen.has(other);
      if (mutation.sees?.(place, other, should) ?? should) {
        mask[place * width + edit.pastLength + other] = 0;
      }
    }
  }
  const depths = row.depths.map((depth, place) => mutation.positions?.(depth, place) ?? depth);
  const reads = row.reads.map((place) => mutation.read?.(place) ?? place);
  const given: Record<string, Tensor> = {
    [edit.bias.name]: new OrtTensor(edit.bias.type, mask as never, [1, 1, places, width]),
    [edit.reads.places]: integers('int64', reads, [reads.length]),
    [edit.reads.optionTokens]: integers(
      'int64',
      reads.flatMap(() => tokens),
      [reads.length, tokens.length],
    ),
  };
  for (const { name, type, shape, offset } of edit.positions) {
    given[name] = integers(
      type,
      depths.map((depth) => depth + offset),
      shape === 'row' ? [places] : [1, places],
    );
  }
  const outputs = await graph.session.run(
    feedsOf(graph, { ids: row.tokens, positions: depths, past: edit.pastLength, given }),
  );
  const list = (name: string): number[][] => {
    const { data, dims } = outputs[name] as Tensor;
    const [count = 0, size = 0] = dims;
    return Array.from({ length: count }, (_, index) =>
      Array.from(data.slice(index * size, (index + 1) * size) as Float32Array, Number),
    );
  };
  return {
    logProbs: list(edit.outputs.optionLogProbs),
    topLogProbs: list(edit.outputs.topLogProbs),
    topTokens: list(edit.outputs.topTokens),
  };
}

/** What one run of an edited graph returns, by sequence. */
export interface RowReadings {
  readonly logProbs: number[][];
  readonly topLogProbs: number[][];
  readonly topTokens: number[][];
}

/** The same numbers from a graph as it came, one sequence alone. */
export async function readAlone(
  graph: OpenGraph,
  sequence: Sequence,
  tokens: readonly number[],
): Promise<number[]> {
  const positions = sequence.map((_, index) => index);
  const { logits } = await graph.session.run(
    feedsOf(graph, { ids: sequence, positions, past: 0, given: {} }),
    ['logits'],
  );
  if (logits === undefined) {
    throw new Error('no logits');
  }
  const vocabulary = logits.dims.at(-1) ?? 0;
  const last = lastNumbers(logits, vocabulary);
  const largest = Math.max(...last);
  const total = largest + Math.log(last.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return tokens.map((token) => (last[token] ?? Number.NaN) - total);
}

/** A loaded graph and the head size that its caches leave open. */
export interface OpenGraph {
  readonly session: InferenceSession;
  readonly headSize: number;
}

/** Opens an edited graph from memory. */
export async function openEdited(edit: EditedGraph, headSize: number): Promise<OpenGraph> {
  const folder = { model_external_initializers_file_folder_path: edit.weightsFolder };
  const session = await InferenceSession.create(edit.bytes, { ...SETTINGS, extra: { session: folder } });
  return { session, headSize };
}

/** Opens a graph as it came. */
export async function openUnedited(path: string, headSize: number): Promise<OpenGraph> {
  return { session: await InferenceSession.create(path, SETTINGS), headSize };
}

interface Fed {
  readonly ids: readonly number[];
  readonly positions: readonly number[];
  readonly past: number;
  readonly given: Record<string, Tensor>;
}

function feedsOf(
  { session, headSize }: OpenGraph,
  { ids, positions, past, given }: Fed,
): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = { ...given };
  for (const input of session.inputMetadata) {
    const { name } = input;
    if (!input.isTensor || name in feeds) {
      continue;
    }
    if (name === 'input_ids') {
      feeds[name] = integers(input.type, ids, [1, ids.length]);
    } else if (name === 'attention_mask') {
      const length = past + ids.length;
      feeds[name] = integers(input.type, new Array<number>(length).fill(1), [1, length]);
    } else if (name === 'position_ids') {
      feeds[name] = integers(input.type, positions, [1, ids.length]);
    } else if (name === 'num_logits_to_keep') {
      feeds[name] = integers(input.type, [1], input.shape.length === 0 ? [] : [1]);
    } else if (name === 'use_cache_branch') {
      feeds[name] = new OrtTensor('bool', [false], [1]);
    } else if (name.startsWith('past_key_values')) {
      const open = [1, Number.NaN, past, headSize];
      const shape = input.shape.map((size, axis) => (typeof size === 'number' ? size : (open[axis] ?? 0)));
      const size = shape.reduce((product, one) => product * one, 1);
      feeds[name] =
        input.type === 'float16'
          ? new OrtTensor('float16', new Uint16Array(size), shape)
          : new OrtTensor('float32', new Float32Array(size), shape);
    } else {
      throw new Error(`unknown input ${name}`);
    }
  }
  return feeds;
}

function integers(type: string, values: readonly number[], shape: readonly number[]): Tensor {
  return type === 'int64'
    ? new OrtTensor('int64', BigInt64Array.from(values, BigInt), shape)
    : new OrtTensor('int32', Int32Array.from(values), shape);
}

function lastNumbers({ data, type }: Tensor, count: number): number[] {
  const numbers = data as Float32Array;
  if (type !== 'float16') {
    return Array.from(numbers.slice(-count));
  }
  // Newer Node gives halves as numbers, older ones as bits; the bytes are the same.
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const places = Array.from({ length: count }, (_, index) => numbers.length - count + index);
  return places.map((place) => getFloat16(view, 2 * place, true));
}
