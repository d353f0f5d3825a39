import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { depthFirstOrder } from '../../lib/inference/rows/depth-first-order.js';
import { planRows } from '../../lib/inference/rows/plan-rows.js';
import { rowBytes } from '../../lib/inference/rows/row-bounds.js';
import { rowReader } from '../../lib/inference/rows/row-reader.js';
import { readAlone, spreadBetween } from '../../lib/inference/self-test.js';
import type { PlaceReading, SequenceToRead } from '../../lib/inference/sequence-reader.js';
import { type BothWays, openBothWays } from './open-readers.js';

const FLOAT32_TOLERANCE = 1e-4;
const LONGEST = 14;
const LISTED = [0, 3, 17, 40, 99, 150];
const onnx = (...names: string[]): string => projectPath('test', 'fixtures', 'onnx', ...names);
const opened: BothWays[] = [];

afterAll(async () => {
  await Promise.all(opened.map((both) => both.close()));
});

/** Random trees: few different tokens, so that beginnings are shared often and at every depth. */
const trees = fc.array(
  fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: LONGEST }).chain((tokenIds) =>
    fc.subarray([...tokenIds.keys()], { minLength: 1 }).map(
      (places): SequenceToRead => ({
        tokenIds: tokenIds.map((token) => 11 + 13 * token),
        reads: places.map((place) => ({ place, tokenIds: LISTED })),
      }),
    ),
  ),
  { minLength: 1, maxLength: 24 },
);

describe.each([
  ['plain attention', onnx('plain')],
  ['GroupQueryAttention', onnx('no-position-ids')],
  ['no cache', onnx('no-cache')],
  ['external data', onnx('external-data')],
  ['GPT-2', onnx('families', 'gpt2')],
  ['Qwen3', onnx('families', 'qwen3')],
  ['Gemma 3', onnx('families', 'gemma3')],
  ['the bundled mini model', projectPath('data', 'models', 'mini', 'mini-100k')],
])('packed rows of %s', (_, folder) => {
  it('give the log-probabilities of each sequence alone, whatever the tree, budget, memory or point of resuming', async () => {
    const both = await openBothWays(folder);
    opened.push(both);
    const logProbs: number[] = [];
    await fc.assert(
      fc.asyncProperty(
        trees,
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: LONGEST, max: 150 }),
        fc.nat({ max: 3 }),
        async (sequences, budget, memoryTokens, resumeAt) => {
          // The memory that a row of so many tokens, all of them read, would take.
          const memoryBytes = rowBytes({ tokens: memoryTokens, reads: memoryTokens }, both.bounds.shape);
          const bounds = { ...both.bounds, memoryBytes };
          const reader = rowReader(both.runner, { bounds, rowTokens: null, onNotice: () => {} });
          const alone = await readAlone(both.whole, sequences);
          const sizes = sequences.map(({ tokenIds, reads }) => ({ tokenIds, reads: reads.length }));
          const tree = depthFirstOrder(sequences.map(({ tokenIds }) => tokenIds));
          for (const row of planRows(sizes, tree, { budget, bounds }).slice(resumeAt)) {
            const pick = <T>(all: readonly T[]): T[] => row.sequences.flatMap((index) => all[index] ?? []);
            const own = row.sequences.map((index) => alone[index] ?? []) as PlaceReading[][];
            const { largest } = spreadBetween(own, await reader.read(pick(sequences)));
            expect(largest).toBeLessThan(FLOAT32_TOLERANCE);
          }
          logProbs.push(...alone.flatMap((places) => places.flatMap((place) => [...place.logProbs])));
        },
      ),
      { numRuns: 25, seed: 4 },
    );
    // A model whose log-probabilities hardly vary would agree with anything.
    const mean = logProbs.reduce((sum, one) => sum + one, 0) / logProbs.length;
    const variance = logProbs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / logProbs.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(1);
  });
});
