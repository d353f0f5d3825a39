import { create } from '@bufbuild/protobuf';
import { afterAll, describe, expect, it } from 'vitest';
import { type BatchRunner, openBatchRunner } from '../../lib/inference/batches/batch-runner.js';
import { logitRow, logSoftmax } from '../../lib/inference/batches/log-softmax.js';
import { declareTensor, makeNode } from '../../lib/inference/graph/nodes.js';
import { AttributeProtoSchema, type NodeProto } from '../../lib/inference/graph/onnx_pb.js';
import { onTheCpu } from '../support/open-settings.js';
import { loadExport } from './graph/exports.js';
import { changed, type Draft } from './graph/respell.js';

const opened: BatchRunner[] = [];
afterAll(async () => {
  await Promise.all(opened.map((runner) => runner.release()));
});

const LAYERS = [0, 1];
const FLOAT32 = 1;
const HEADS = 2;

/** Declares caches of another form in place of the graph's own, and makes those of them. */
function replaceCaches(
  { graph }: Draft,
  old: readonly string[],
  {
    name,
    sizes,
    nodes,
  }: {
    readonly name: string;
    readonly sizes: readonly (number | string)[];
    readonly nodes: readonly NodeProto[];
  },
): void {
  for (const node of graph.node) {
    node.input = node.input.map((input) => (old.includes(input) ? `own.${input}` : input));
  }
  graph.input = graph.input.filter((input) => !old.includes(input.name));
  graph.input.push(declareTensor(name, FLOAT32, sizes));
  graph.node.unshift(...nodes);
}

/** As BLOOM's exports had it until 2024: batch and heads in one, keys transposed. */
function bloomOfBefore(draft: Draft): void {
  const width = 8;
  draft.integers('test.heads', [HEADS], [1]);
  draft.integers('test.size', [width], [1]);
  for (const layer of LAYERS) {
    for (const part of ['key', 'value']) {
      const name = `past_key_values.${layer}.${part}`;
      const at = (step: string): string => `test.${layer}.${part}.${step}`;
      const turned = makeNode('Transpose', { input: [name], output: [at('turned')] });
      turned.attribute.push(
        create(AttributeProtoSchema, {
          name: 'perm',
          type: 7,
          ints: part === 'key' ? [0n, 2n, 1n] : [0n, 1n, 2n],
        }),
      );
      const size = (of: string, start: number, output: string): NodeProto =>
        makeNode('Shape', { input: [of], output: [output], integers: { start, end: start + 1 } });
      const join = (input: string[], output: string): NodeProto =>
        makeNode('Concat', { input, output: [output], integers: { axis: 0 } });
      const shapes = [
        size(at('turned'), 0, at('rows')),
        size(at('turned'), 1, at('past')),
        // An empty tensor takes any shape: so zeros, as many as the cache has rows, must make a table of prompts and heads.
        makeNode('ConstantOfShape', { input: [at('rows')], output: [at('zeros')] }),
        size('input_ids', 0, at('prompts')),
        join([at('prompts'), 'test.heads'], at('table.shape')),
        makeNode('Reshape', { input: [at('zeros'), at('table.shape')], output: [at('table')] }),
        size(at('table'), 0, at('batch')),
        join([at('batch'), 'test.heads', at('past'), 'test.size'], at('shape')),
      ];
      replaceCaches(draft, [name], {
        name,
        sizes:
          part === 'key'
            ? ['batch_size x num_heads', width, 'past_sequence_length']
            : ['batch_size x num_heads', 'past_sequence_length', width],
        nodes: [
          turned,
          ...shapes,
          makeNode('Reshape', {
            input: [at('turned'), at('shape')],
            output: [`own.${name}`],
            integers: { allowzero: 1 },
          }),
        ],
      });
    }
  }
}

/** Keys and values beside each other in one cache, as GPT BigCode's exports had it. */
function fused(draft: Draft): void {
  const size = 16;
  draft.integers('test.parts', [size, size], [2]);
  for (const layer of LAYERS) {
    const parts = ['key', 'value'].map((part) => `past_key_values.${layer}.${part}`);
    const name = `past_key_values.${layer}.key_value`;
    replaceCaches(draft, parts, {
      name,
      sizes: ['batch_size', HEADS, 'past_sequence_length', 2 * size],
      nodes: [
        makeNode('Split', {
          input: [name, 'test.parts'],
          output: parts.map((part) => `own.${part}`),
          integers: { axis: 3 },
        }),
      ],
    });
  }
}

describe.each([
  ['batch and heads in one axis', 'families/bloom', bloomOfBefore],
  ['keys and values in one tensor', 'plain', fused],
] as const)('caches of earlier years: %s', (_, name, change) => {
  it('are fed empty, and a batch gives the log-probabilities of Python transformers', async () => {
    const { graph, listed, sequences, headSize } = loadExport(name);
    const runner = await openBatchRunner(graph, {
      ...onTheCpu,
      threads: 1,
      headSize,
      heads: HEADS,
      mapped: changed(name, change),
    });
    opened.push(runner);
    for (const { tokenIds, logProbs } of sequences) {
      const other = tokenIds.map((token) => (token + 1) % 290);
      const logits = await runner.run([other, tokenIds], 1);
      const [found, beside] = [1, 0].map((row) => logSoftmax(logitRow(logits, row, 0)));
      const distance = (one: typeof found): number =>
        Math.max(
          ...listed.map((token, index) => Math.abs((one?.[token] ?? Number.NaN) - (logProbs[index] ?? 0))),
        );
      expect(distance(found)).toBeLessThan(1e-4);
      expect(distance(beside)).toBeGreaterThan(0.05);
    }
  });
});
