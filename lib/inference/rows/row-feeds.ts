import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { integerTensor, switchFeeds, zeroTensor } from '../feed-tensors.js';
import type { EditedGraph } from '../graph/edit-graph.js';
import type { GraphSignature } from '../graph-signature.js';
import type { PackedRow } from './packed-row.js';

// Finite in the element type, and far below any score: its exponential is 0. The second is -30000 as float16 bits.
const HIDDEN_FLOAT32 = -1e9;
const HIDDEN_FLOAT16_BITS = 0xf753;
const ALL_PLACES = 0;

/** The inputs of one run over a packed row: ids, tree mask, positions, the places to read and the tokens wanted there. */
export function rowFeeds(
  tensor: TensorConstructor,
  { signature, edit }: { readonly signature: GraphSignature; readonly edit: EditedGraph },
  row: PackedRow,
): InferenceSession.OnnxValueMapType {
  const places = row.tokenIds.length;
  const past = edit.pastLength;
  const shape = [1, places];
  const feeds: Record<string, Tensor> = {
    input_ids: integerTensor(tensor, signature.inputIds, { values: row.tokenIds, shape }),
    [edit.bias.name]: treeMask(tensor, edit, row),
    ...readFeeds(tensor, edit, row),
    ...switchFeeds(tensor, signature, ALL_PLACES),
  };
  if (signature.attentionMask !== null) {
    const values = new Uint8Array(past + places).fill(1);
    feeds.attention_mask = integerTensor(tensor, signature.attentionMask, {
      values,
      shape: [1, past + places],
    });
  }
  if (signature.positionIds !== null) {
    feeds.position_ids = integerTensor(tensor, signature.positionIds, { values: row.depths, shape });
  }
  for (const { name, type, shape: kind, offset } of edit.positions) {
    const values = row.depths.map((depth) => depth + offset);
    feeds[name] = integerTensor(tensor, type, { values, shape: kind === 'row' ? [places] : shape });
  }
  for (const cache of signature.caches) {
    feeds[cache.name] = zeroTensor(tensor, cache.type, cache.shape({ batch: 1, past }));
  }
  return feeds;
}

/** `[1, 1, places, past + places]`: 0 where a token may look (itself, its ancestors), far below any score elsewhere. */
function treeMask(tensor: TensorConstructor, { bias, pastLength }: EditedGraph, row: PackedRow): Tensor {
  const places = row.tokenIds.length;
  const width = pastLength + places;
  const shape = [1, 1, places, width];
  const mask =
    bias.type === 'float16'
      ? new Uint16Array(places * width).fill(HIDDEN_FLOAT16_BITS)
      : new Float32Array(places * width).fill(HIDDEN_FLOAT32);
  for (let place = 0; place < places; place += 1) {
    for (let seen = place; seen >= 0; seen = row.parents[seen] ?? -1) {
      mask[place * width + pastLength + seen] = 0;
    }
  }
  return mask instanceof Uint16Array
    ? new tensor('float16', mask, shape)
    : new tensor('float32', mask, shape);
}

function readFeeds(
  tensor: TensorConstructor,
  { reads }: EditedGraph,
  row: PackedRow,
): Record<string, Tensor> {
  const count = row.reads.length;
  const width = Math.max(1, ...row.reads.map(({ tokenIds }) => tokenIds.length));
  // Reads that want fewer tokens ask for token 0 in the rest; nobody looks at those numbers.
  const tokens = new Int32Array(count * width);
  for (const [read, { tokenIds }] of row.reads.entries()) {
    tokens.set(tokenIds, read * width);
  }
  const places = row.reads.map(({ place }) => place);
  return {
    [reads.places]: integerTensor(tensor, 'int64', { values: places, shape: [count] }),
    [reads.optionTokens]: integerTensor(tensor, 'int64', { values: tokens, shape: [count, width] }),
  };
}
