import { fromBinary } from '@bufbuild/protobuf';
import { afterAll, describe, expect, it } from 'vitest';
import { batchReader } from '../../lib/inference/batches/batch-reader.js';
import { type BatchRunner, openBatchRunner } from '../../lib/inference/batches/batch-runner.js';
import { logitRow, logSoftmax } from '../../lib/inference/batches/log-softmax.js';
import { ModelProtoSchema } from '../../lib/inference/graph/onnx_pb.js';
import { onTheCpu } from '../support/open-settings.js';
import { editFixture, loadExport } from './graph/exports.js';
import { changed, type Draft } from './graph/respell.js';

const NAME = 'families/llama-logits-to-keep';
const VOCABULARY = 300;
const { graph, listed, sequences, headSize } = loadExport(NAME);
const [sequence] = sequences.filter(({ tokenIds }) => tokenIds.length > 8);
const { tokenIds, logProbs } = sequence ?? { tokenIds: [], logProbs: [] };
const other = tokenIds.map((token) => (token + 1) % 290);
const opened: BatchRunner[] = [];

afterAll(async () => {
  await Promise.all(opened.map((runner) => runner.release()));
});

async function open(change: (draft: Draft) => void): Promise<BatchRunner> {
  const settings = { ...onTheCpu, threads: 1, headSize, heads: null };
  const runner = await openBatchRunner(graph, { ...settings, mapped: changed(NAME, change) });
  opened.push(runner);
  return runner;
}

describe.each<[string, number, (draft: Draft) => void]>([
  ['a single number', 0, () => {}],
  [
    'a list of one',
    1,
    (draft) => {
      const input = draft.graph.input.find(({ name }) => name === 'num_logits_to_keep');
      input?.type?.tensorType?.shape?.dim.push({
        $typeName: 'onnx.TensorShapeProto.Dimension',
        value: { case: 'dimValue', value: 1n },
      });
    },
  ],
])('an input that says how many last logits are wanted, %s', (_, rank, change) => {
  it('is known by its rank, and so many logits come back for each prompt of a batch', async () => {
    const runner = await open(change);
    expect(runner.signature.numLogitsToKeep).toMatchObject({ rank });
    for (const keep of [1, 3, tokenIds.length]) {
      const logits = await runner.run([other, tokenIds], keep);
      expect(logits.dims).toEqual([2, keep, VOCABULARY]);
      const found = logSoftmax(logitRow(logits, 1, 0));
      const distances = listed.map((token, index) =>
        Math.abs((found?.[token] ?? Number.NaN) - (logProbs[index] ?? 0)),
      );
      expect(Math.max(...distances)).toBeLessThan(1e-4);
    }
  });

  it('gives the same at places in the middle as at the end of a shorter prompt', async () => {
    const runner = await open(change);
    const reader = batchReader(runner, {
      vocabularySize: VOCABULARY,
      way: 'equal-length-batches',
      reason: '',
    });
    const middle = tokenIds.length - 4;
    const reads = [middle, tokenIds.length - 1].map((place) => ({ place, tokenIds: listed }));
    const [[early, late] = [], beside] = await reader.read([
      { tokenIds, reads },
      { tokenIds: other, reads },
    ]);
    const short = tokenIds.slice(0, middle + 1);
    const [[alone] = []] = await reader.read([
      { tokenIds: short, reads: [{ place: middle, tokenIds: listed }] },
    ]);
    const distance = (one: readonly number[] | undefined, expected: readonly number[]): number =>
      Math.max(...expected.map((value, index) => Math.abs((one?.[index] ?? Number.NaN) - value)));
    expect(distance(early?.logProbs, alone?.logProbs ?? [Number.NaN])).toBeLessThan(1e-4);
    expect(distance(late?.logProbs, logProbs)).toBeLessThan(1e-4);
    expect(distance(beside?.[1]?.logProbs, logProbs)).toBeGreaterThan(0.05);
    expect(distance(early?.logProbs, logProbs)).toBeGreaterThan(0.05);
  });
});

it('is gone from a graph for packed rows, which is told the places themselves', () => {
  const edit = editFixture(NAME);
  const inputs = fromBinary(ModelProtoSchema, edit.bytes).graph?.input.map(({ name }) => name);
  expect(inputs).not.toContain('num_logits_to_keep');
  expect(inputs).toContain(edit.reads.places);
  expect(edit.report.pickedFrom).toBe('hidden states');
});
