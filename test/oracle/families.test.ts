import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { batchReader } from '../../lib/inference/batches/batch-reader.js';
import { type BatchRunner, openBatchRunner } from '../../lib/inference/batches/batch-runner.js';
import { findModelFiles } from '../../lib/inference/model-files.js';
import { readModelSettings } from '../../lib/inference/model-settings.js';
import type { SequenceReader } from '../../lib/inference/sequence-reader.js';

/** Written by test/oracle/make_family_fixtures.py from Python transformers in float32 with eager attention. */
interface Expected {
  readonly listedTokenIds: readonly number[];
  readonly sequences: readonly (Sequence & { readonly roundedLogProbs?: readonly number[] })[];
  /** How far the generator found the graph from transformers; only where it is not rounding in float32 alone. */
  readonly spread?: { readonly fromFloat32Weights: number; readonly fromFloat16Weights?: number };
}

interface Sequence {
  readonly text: string;
  readonly tokenIds: readonly number[];
  readonly logProbs: readonly number[];
}

/** What the numbers of a graph are compared with, and how far they may be. */
interface Truth {
  readonly listedTokenIds: readonly number[];
  readonly sequences: readonly Sequence[];
  readonly bound: number;
}

// transformers in float32 against onnxruntime in float32: rounding alone.
const ROUNDING = (expected: Expected): Truth => ({ ...expected, bound: 1e-4 });
// Weights rounded to float16, computed in float32, against the graph's own float16. What is left is the rounding of logits, of
// which halves between 4 and 8 are 1/256 apart, and of what is computed before them.
const FLOAT16 = ({ listedTokenIds, sequences }: Expected): Truth => ({
  listedTokenIds,
  sequences: sequences.map((one) => ({ ...one, logProbs: one.roundedLogProbs ?? [] })),
  bound: 5e-3,
});
// What the generator measured on its own machine and a quarter of it more, for another processor's kernels.
const QUANTISED = (expected: Expected): Truth => ({
  ...expected,
  bound: 1.25 * (expected.spread?.fromFloat32Weights ?? 0),
});

const READ: readonly (readonly [string, string, (expected: Expected) => Truth])[] = [
  ['bloom', 'ALiBi added to the scores', ROUNDING],
  ['cohere', 'neighbouring numbers rotated together, logits scaled', ROUNDING],
  ['falcon-alibi', 'ALiBi and scores scaled together', ROUNDING],
  ['falcon-multi-query', 'one key-value head, attention and feed-forward part side by side', ROUNDING],
  ['falcon-new-decoder', 'queries in groups with their keys and values, no cache', ROUNDING],
  ['gemma', 'norms that add one, scaled embeddings, one key-value head', ROUNDING],
  ['gemma-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['gemma2', 'soft caps, a window in one of two layers, no position ids', ROUNDING],
  ['gemma2-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['gemma3', 'two rotary bases, a window in one of two layers, no position ids', ROUNDING],
  ['gemma3-fp16', 'float16 but for the logits', FLOAT16],
  ['gpt-neox', 'a quarter of each head is rotated', ROUNDING],
  ['gpt-neox-fp16', 'float16 throughout, frequencies of the rotary embedding included', FLOAT16],
  ['gpt2', 'learned positions', ROUNDING],
  ['gpt2-merged', 'two decoders in an If', ROUNDING],
  ['llama-logits-to-keep', 'an input says how many last logits are wanted', ROUNDING],
  ['llama-merged', 'two decoders in an If, rotary positions', ROUNDING],
  ['granite', 'embeddings, scores, residuals and logits scaled', ROUNDING],
  ['granite-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['llama-builder-fp16', 'GroupQueryAttention in float16', FLOAT16],
  ['llama-int4', 'MatMulNBits, activations rounded token by token', QUANTISED],
  ['llama-int8', 'dynamic quantisation', QUANTISED],
  ['llama-multi-head', 'MultiHeadAttention and RotaryEmbedding', ROUNDING],
  ['llama-multi-head-repeated', 'the same with repeated keys and values', ROUNDING],
  ['llama-onnx-folder', 'graph and weights in onnx/, settings above it', ROUNDING],
  ['llama-rotary-outside', 'GroupQueryAttention after RotaryEmbedding', ROUNDING],
  ['llama-standard-causal', 'the standard Attention, causal, with caches', ROUNDING],
  ['llama-standard-masked', 'the standard Attention with a mask', ROUNDING],
  ['llama-without-positions', 'rotary positions counted in the graph', ROUNDING],
  ['llama3', 'slow rotations scaled down', ROUNDING],
  ['llama3-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['mistral', 'a window in every layer', ROUNDING],
  ['mistral-builder', 'local_window_size', ROUNDING],
  ['mpt', 'ALiBi from a table of places', ROUNDING],
  ['olmo', 'norms without weights, clipped queries, keys and values', ROUNDING],
  ['olmo2', 'norms after each part, and over all query heads at once', ROUNDING],
  ['opt', 'learned positions from position ids', ROUNDING],
  ['opt-without-positions', 'learned positions counted in the graph', ROUNDING],
  ['phi', 'attention and feed-forward part side by side, half of each head rotated', ROUNDING],
  ['phi-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['phi3', 'GroupQueryAttention, fused projections', ROUNDING],
  ['phi3-longrope', 'rotary caches out of an If, sequences beyond the original context', ROUNDING],
  ['phi4-mini-builder', 'three quarters of each head rotated, embeddings as output layer', ROUNDING],
  ['qwen2', 'biases of queries, keys and values', ROUNDING],
  ['qwen2-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['qwen2-fp16', 'float16 but for the rotary embedding and the norms', FLOAT16],
  ['qwen2-int4', 'MatMulNBits, embeddings as output layer', QUANTISED],
  ['qwen3', 'normalised queries and keys', ROUNDING],
  ['qwen3-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['qwen3-moe', 'experts behind a router', ROUNDING],
  ['qwen3-split-data', 'weights in three files', ROUNDING],
  ['smollm3', 'one of two layers without rotation', ROUNDING],
  ['stablelm', 'LayerNorm, half of each head rotated', ROUNDING],
];

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  [
    'llama-bfloat16',
    'caches in bfloat16',
    /implementation for MatMul.*numbers in bfloat16.*Convert the model again/s,
  ],
  ['mistral-window-cache', 'caches as long as the window', /KV cache capacity \(0\) must be at least/],
];

const families = projectPath('test', 'fixtures', 'onnx', 'families');
const opened: BatchRunner[] = [];

async function openReader(name: string): Promise<SequenceReader> {
  const folder = join(families, name);
  const settings = { provider: 'cpu', threads: 1, ...readModelSettings(folder) } as const;
  const runner = await openBatchRunner(findModelFiles(folder).graph, settings);
  opened.push(runner);
  const { dims } = await runner.run([[1]], 1);
  const alone = { way: 'single-prompts', reason: 'the oracle asks one sequence at a time' } as const;
  return batchReader(runner, { vocabularySize: dims.at(-1) ?? 0, ...alone });
}

function readExpected(name: string): Expected {
  return JSON.parse(readFileSync(join(families, name, 'expected.json'), 'utf8')) as Expected;
}

/** Largest difference between the log-probabilities of the listed tokens after a sequence and the expected ones. */
async function difference(
  reader: SequenceReader,
  listedTokenIds: readonly number[],
  sequence: Pick<Sequence, 'tokenIds' | 'logProbs'>,
): Promise<number> {
  const { tokenIds, logProbs } = sequence;
  const reads = [{ place: tokenIds.length - 1, tokenIds: listedTokenIds }];
  const [[reading] = []] = await reader.read([{ tokenIds, reads }]);
  return Math.max(
    ...logProbs.map((expected, token) => Math.abs(expected - (reading?.logProbs[token] ?? Number.NaN))),
  );
}

afterAll(async () => {
  await Promise.all(opened.map((runner) => runner.release()));
});

it('every export is tested', () => {
  expect(readdirSync(families).sort()).toEqual([...READ, ...REFUSED].map(([name]) => name).sort());
});

/** What a mutation must change at least, after any sequence; after some it must be ten times what the graph may differ. */
const CHANGED = 1e-3;

/** Ways to hand a graph the wrong tokens. */
const MUTATIONS: Readonly<Record<string, (tokenIds: readonly number[]) => number[]>> = {
  'a token changes': (ids) => ids.map((id, place) => (place === ids.length - 2 ? (id + 1) % 290 : id)),
  'two neighbours change places': (ids) => {
    const place = ids.findLastIndex((id, at) => at > 0 && id !== ids[at - 1]);
    return [
      ...ids.slice(0, place - 1),
      ...ids.slice(place - 1, place + 1).reverse(),
      ...ids.slice(place + 1),
    ];
  },
  // All but so few that they lie within every window.
  'the first tokens are missing': (ids) => ids.slice(-3),
};

describe.each(READ)('%s (%s), unedited', (name, _, truthOf) => {
  const { listedTokenIds, sequences, bound } = truthOf(readExpected(name));

  it('gives the log-probabilities of Python transformers', async () => {
    const reader = await openReader(name);
    for (const sequence of sequences) {
      expect(await difference(reader, listedTokenIds, sequence), sequence.text).toBeLessThan(bound);
    }
  });

  it.each(Object.entries(MUTATIONS))('is caught when %s: the comparison can fail', async (_, mutate) => {
    const reader = await openReader(name);
    const differences: number[] = [];
    for (const { tokenIds, logProbs } of sequences) {
      differences.push(await difference(reader, listedTokenIds, { tokenIds: mutate(tokenIds), logProbs }));
    }
    expect(Math.min(...differences)).toBeGreaterThan(CHANGED);
    expect(Math.max(...differences)).toBeGreaterThan(10 * bound);
  });
});

describe.each(REFUSED)('%s (%s)', (name, _, reason) => {
  it('cannot be read as it is, and the message says why', async () => {
    await expect(openReader(name)).rejects.toThrow(reason);
  });
});
