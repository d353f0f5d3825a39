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
  readonly sequences: readonly {
    readonly text: string;
    readonly tokenIds: readonly number[];
    readonly logProbs: readonly number[];
  }[];
}

// transformers in float32 against onnxruntime in float32: rounding alone.
const ROUNDING = 1e-4;
// What eight bits cost this model; the generator holds the same bound. A changed token costs more than ten times as much.
const EIGHT_BITS = 0.25;

const READ: readonly (readonly [string, string, number])[] = [
  ['bloom', 'ALiBi added to the scores', ROUNDING],
  ['falcon-alibi', 'ALiBi and scores scaled together', ROUNDING],
  ['gemma2', 'soft caps, a window in one of two layers, no position ids', ROUNDING],
  ['gemma2-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['gemma3', 'two rotary bases, a window in one of two layers, no position ids', ROUNDING],
  ['gpt-neox', 'a quarter of each head is rotated', ROUNDING],
  ['gpt2', 'learned positions', ROUNDING],
  ['gpt2-merged', 'two decoders in an If', ROUNDING],
  ['llama-int8', 'dynamic quantisation', EIGHT_BITS],
  ['llama-logits-to-keep', 'an input says how many last logits are wanted', ROUNDING],
  ['llama-merged', 'two decoders in an If, rotary positions', ROUNDING],
  ['llama-multi-head', 'MultiHeadAttention and RotaryEmbedding', ROUNDING],
  ['llama-multi-head-repeated', 'the same with repeated keys and values', ROUNDING],
  ['llama-rotary-outside', 'GroupQueryAttention after RotaryEmbedding', ROUNDING],
  ['llama-standard-causal', 'the standard Attention, causal, with caches', ROUNDING],
  ['llama-standard-masked', 'the standard Attention with a mask', ROUNDING],
  ['llama-without-positions', 'rotary positions counted in the graph', ROUNDING],
  ['mistral', 'a window in every layer', ROUNDING],
  ['mistral-builder', 'local_window_size', ROUNDING],
  ['mpt', 'ALiBi from a table of places', ROUNDING],
  ['opt', 'learned positions from position ids', ROUNDING],
  ['opt-without-positions', 'learned positions counted in the graph', ROUNDING],
  ['phi3', 'GroupQueryAttention, fused projections', ROUNDING],
  ['phi3-longrope', 'rotary caches out of an If, sequences beyond the original context', ROUNDING],
  ['qwen3', 'normalised queries and keys', ROUNDING],
  ['qwen3-builder', 'the same as GroupQueryAttention', ROUNDING],
  ['qwen3-moe', 'experts behind a router', ROUNDING],
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
  sequence: Pick<Expected['sequences'][number], 'tokenIds' | 'logProbs'>,
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

describe.each(READ)('%s (%s), unedited', (name, _, tolerance) => {
  const { listedTokenIds, sequences } = readExpected(name);

  it('gives the log-probabilities of Python transformers', async () => {
    const reader = await openReader(name);
    for (const sequence of sequences) {
      expect(await difference(reader, listedTokenIds, sequence), sequence.text).toBeLessThan(tolerance);
    }
  });

  it('is caught when a token changes: the comparison can fail', async () => {
    const reader = await openReader(name);
    const differences: number[] = [];
    for (const { tokenIds, logProbs } of sequences) {
      const changed = tokenIds.map((id, place) => (place === tokenIds.length - 2 ? (id + 1) % 290 : id));
      differences.push(await difference(reader, listedTokenIds, { tokenIds: changed, logProbs }));
    }
    expect(Math.min(...differences)).toBeGreaterThan(10 * ROUNDING);
    expect(Math.max(...differences)).toBeGreaterThan(2 * EIGHT_BITS);
  });
});

describe.each(REFUSED)('%s (%s)', (name, _, reason) => {
  it('cannot be read as it is, and the message says why', async () => {
    await expect(openReader(name)).rejects.toThrow(reason);
  });
});
