import { describe, expect, it } from 'vitest';
import { differences, type Export, editFixture, loadExport } from './exports.js';
import { layOut, openEdited, readRow } from './tree-reader.js';

const CLEARLY_WRONG = 0.2;

/** Largest difference from transformers with all the sequences in one row, whatever the bounds. */
async function unbounded(
  name: string,
  choose: (sequence: Export['sequences'][number]) => boolean,
): Promise<number> {
  const { headSize, listed, sequences } = loadExport(name);
  const edit = editFixture(name);
  const graph = await openEdited(edit, headSize);
  const chosen = sequences.filter(choose);
  const { logProbs } = await readRow(graph, edit, layOut(chosen.map(({ tokenIds }) => tokenIds)), {
    tokens: listed,
  });
  return (
    differences(
      logProbs,
      chosen.map((sequence) => sequence.logProbs),
    ).at(-1) ?? Number.NaN
  );
}

/** Runs one sequence of so many tokens. */
async function runLength(name: string, length: number): Promise<number> {
  const edit = editFixture(name);
  const graph = await openEdited(edit, loadExport(name).headSize);
  const ids = Array.from({ length }, (_, place) => 3 + (place % 50));
  const { logProbs } = await readRow(graph, edit, layOut([ids]), { tokens: [0] });
  return logProbs[0]?.[0] ?? Number.NaN;
}

describe('what lies beyond the bounds is wrong', () => {
  it.each(['families/mistral-builder', 'families/gemma2-builder'])(
    '%s: short sequences in a row longer than the window of the fused node',
    async (name) => {
      expect(await unbounded(name, ({ tokenIds }) => tokenIds.length <= 16)).toBeGreaterThan(CLEARLY_WRONG);
    },
  );

  it.each(['families/mistral', 'families/gemma2', 'families/gemma3'])(
    '%s: a sequence longer than the window that went with the mask',
    async (name) => {
      expect(await unbounded(name, ({ tokenIds }) => tokenIds.length > 16)).toBeGreaterThan(CLEARLY_WRONG);
      // In places there is no bound: the same row is right as far as it is not deep.
      expect(await unbounded(name, ({ tokenIds }) => tokenIds.length <= 16)).toBeLessThan(1e-4);
    },
  );

  it('families/phi3-longrope: short sequences in a row that takes the table for long inputs', async () => {
    expect(
      await unbounded('families/phi3-longrope', ({ tokenIds }) => tokenIds.length <= 31),
    ).toBeGreaterThan(CLEARLY_WRONG);
  });

  it.each([
    'no-position-ids',
    'families/phi3',
    'families/llama-multi-head',
    'families/llama-standard-causal',
  ])('%s: one place more than the rotary table allows is refused by onnxruntime', async (name) => {
    const most = editFixture(name).limits.places?.most ?? 0;
    expect(await runLength(name, most)).toBeLessThan(0);
    await expect(runLength(name, most + 1)).rejects.toThrow(/cos_cache|max_sequence_length|rotary/i);
  });
});
