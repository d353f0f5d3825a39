import { describe, expect, it } from 'vitest';
import type { EditedGraph } from '../../../lib/inference/graph/edit-graph.js';
import type { PackedRow } from '../../../lib/inference/rows/packed-row.js';
import type { RowBounds } from '../../../lib/inference/rows/row-bounds.js';
import { rowReader } from '../../../lib/inference/rows/row-reader.js';
import type { RowRunner } from '../../../lib/inference/rows/row-runner.js';
import type { SequenceToRead } from '../../../lib/inference/sequence-reader.js';
import { OutOfMemory } from '../../../lib/inference/session.js';

const bounds: RowBounds = {
  places: null,
  depth: null,
  memoryBytes: 2 ** 28,
  shape: { heads: 2, vocabularySize: 100, pastLength: 0 },
};

/** Answers every read with the number of its sequence's last token, on a machine that holds rows of `most` tokens. */
function smallMachine(most: number): { runner: RowRunner; rows: number[] } {
  const rows: number[] = [];
  const runner: RowRunner = {
    edit: {} as EditedGraph,
    release: async () => {},
    run: async (row: PackedRow) => {
      if (row.tokenIds.length > most) {
        throw new OutOfMemory('no memory');
      }
      rows.push(row.tokenIds.length);
      return row.answers.map((answers) =>
        answers.map(({ read }) => ({
          logProbs: [-(row.tokenIds[row.reads[read]?.place ?? -1] ?? 0)],
          topTokens: [],
        })),
      );
    },
  };
  return { runner, rows };
}

const sequences: SequenceToRead[] = Array.from({ length: 8 }, (_, index) => ({
  tokenIds: [50, 51, 60 + index],
  reads: [{ place: 2, tokenIds: [0] }],
}));

describe('rowReader', () => {
  it('halves a row that memory does not hold, says so, and loses no reading', async () => {
    const { runner, rows } = smallMachine(5);
    const notices: string[] = [];
    const reader = rowReader(runner, { bounds, rowTokens: null, onNotice: (line) => notices.push(line) });
    const readings = await reader.read(sequences);
    expect(readings.map(([place]) => place?.logProbs)).toEqual(sequences.map((_, index) => [-(60 + index)]));
    // 2 shared + 8 own tokens, then twice 2 + 4, then four times 2 + 2.
    expect(rows).toEqual([4, 4, 4, 4]);
    expect(notices).toHaveLength(3);
    expect(notices[0]).toContain(
      'Memory ran out on a packed row of 10 tokens; its 8 prompts are run in two rows',
    );
  });

  it('gives up only where one prompt alone does not fit', async () => {
    const reader = rowReader(smallMachine(2).runner, { bounds, rowTokens: null, onNotice: () => {} });
    await expect(reader.read(sequences)).rejects.toThrow('no memory');
  });

  it('keeps together what is asked together, whatever the budget of the plan', async () => {
    const { runner, rows } = smallMachine(100);
    const reader = rowReader(runner, { bounds, rowTokens: null, onNotice: () => {} });
    await reader.read(sequences);
    expect(rows).toEqual([10]);
  });

  it('plans each prompt once, and counts what is shared', async () => {
    const reader = rowReader(smallMachine(100).runner, { bounds, rowTokens: null, onNotice: () => {} });
    const plan = await reader.plan(sequences.map(({ tokenIds }) => tokenIds));
    expect(plan.units).toEqual([{ prompts: [0, 1, 2, 3, 4, 5, 6, 7] }]);
    expect(plan.cost).toMatchObject({
      promptTokens: 24,
      distinctTokens: 10,
      computedTokens: 10,
      longestRun: 10,
    });
  });

  it('plans nothing for nothing', async () => {
    const reader = rowReader(smallMachine(100).runner, { bounds, rowTokens: null, onNotice: () => {} });
    expect((await reader.plan([])).units).toEqual([]);
  });
});
