import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import type { EditedGraph } from '../../lib/inference/graph/edit-graph.js';
import { openPackedReader, testPackedReader } from '../../lib/inference/packed-reader.js';
import type { PackedRow } from '../../lib/inference/rows/packed-row.js';
import { rowReader } from '../../lib/inference/rows/row-reader.js';
import { onTheCpu } from '../support/open-settings.js';
import { openBothWays } from './open-readers.js';

const onnx = (...names: string[]): string => projectPath('test', 'fixtures', 'onnx', ...names);
const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
});

/** A wrong way to run a row: what a mistake in the edit or the plan would do. */
type Mutant = (row: PackedRow) => PackedRow;

const mutants: Readonly<Record<string, Mutant>> = {
  'positions flattened: the place in the row instead of the depth in the tree': (row) => ({
    ...row,
    depths: row.depths.map((_, place) => place),
  }),
  'one sibling branch visible': (row) => {
    const { place } = secondBranch(row);
    // The branch hangs on the place before it, which is the end of its sibling.
    return { ...row, parents: row.parents.map((parent, at) => (at === place ? place - 1 : parent)) };
  },
  'one ancestor hidden': (row) => {
    const { place, parent } = secondBranch(row);
    const grandparent = row.parents[parent] ?? -1;
    return { ...row, parents: row.parents.map((own, at) => (at === place ? grandparent : own)) };
  },
  'read position off by one': (row) => ({
    ...row,
    reads: row.reads.map((read) => ({ ...read, place: Math.max(0, read.place - 1) })),
  }),
};

/** The first place that does not follow its own parent: there a second branch begins. */
function secondBranch(row: PackedRow): { place: number; parent: number } {
  const place = row.parents.findIndex((parent, at) => parent >= 0 && parent !== at - 1);
  return { place, parent: row.parents[place] ?? -1 };
}

async function prepare(folder: string, change?: (edit: EditedGraph) => EditedGraph) {
  const both = await openBothWays(folder, change);
  closing.push(both.close);
  const { runner, bounds, truth } = both;
  const testWith = (mutant: Mutant) =>
    testPackedReader(
      rowReader(
        { ...runner, run: (row) => runner.run(mutant(row)) },
        { bounds, rowTokens: null, onNotice: () => {} },
      ),
      truth,
    );
  return { testWith, limits: both.edit.limits };
}

describe.each([
  ['plain attention', onnx('plain')],
  ['GroupQueryAttention', onnx('no-position-ids')],
  ['float16', onnx('fp16')],
  ['the bundled mini model', projectPath('data', 'models', 'mini', 'mini-100k')],
  ['learned positions (GPT-2)', onnx('families', 'gpt2')],
  ['a merged decoder', onnx('families', 'llama-merged')],
  ['a number of logits to keep', onnx('families', 'llama-logits-to-keep')],
])('the self-test of %s', (_, folder) => {
  it('passes packed rows as they are meant', async () => {
    const { testWith } = await prepare(folder);
    expect(await testWith((row) => row)).toMatchObject({ passes: true });
  });

  it.each(Object.entries(mutants))('catches %s', async (_name, mutant) => {
    const { testWith } = await prepare(folder);
    const { passes, spread, tolerance } = await testWith(mutant);
    expect(passes).toBe(false);
    // Not by a hair: a mutant is another computation.
    expect(spread.largest).toBeGreaterThan(3 * tolerance.largest);
  });
});

describe('a row longer than the attention window of a fused node', () => {
  const folder = onnx('families', 'mistral-builder');

  it('is never planned, and the self-test passes', async () => {
    const { testWith, limits } = await prepare(folder);
    expect(limits.places?.most).toBeLessThanOrEqual(16);
    expect(await testWith((row) => row)).toMatchObject({ passes: true });
  });

  it('is caught when the bound is forgotten', async () => {
    const { testWith } = await prepare(folder, (edit) => ({
      ...edit,
      limits: { places: null, depth: null },
    }));
    expect(await testWith((row) => row)).toMatchObject({ passes: false });
  });
});

describe('an edited graph that onnxruntime refuses', () => {
  it('is no reader, and its message is kept', async () => {
    const both = await openBothWays(onnx('plain'));
    closing.push(both.close);
    const bytes = both.edit.bytes.slice(0, both.edit.bytes.length - 40);
    const settings = { ...onTheCpu, graph: 'model.onnx', headSize: null, heads: null };
    const packed = await openPackedReader({ ...both.edit, bytes }, both.truth, settings);
    expect(packed).toMatchObject({ kind: 'failed' });
    expect(packed.kind === 'failed' && packed.reason).toMatch(
      /the edited graph does not run \(Loading the ONNX graph .*onnxruntime says/,
    );
  });

  it('is no reader either where a provider loads it and fails only when it runs', async () => {
    const both = await openBothWays(onnx('plain'));
    closing.push(both.close);
    // Stands for a provider whose kernel lacks the mask: that too shows at the first run.
    const edit: EditedGraph = { ...both.edit, bias: { ...both.edit.bias, type: 'float16' } };
    const settings = { ...onTheCpu, graph: 'model.onnx', headSize: null, heads: null };
    const packed = await openPackedReader(edit, both.truth, settings);
    expect(packed).toMatchObject({ kind: 'failed' });
    expect(packed.kind === 'failed' && packed.reason).toMatch(
      /the edited graph does not run \(Running the graph model\.onnx on a packed row .*onnxruntime says/,
    );
  });
});
