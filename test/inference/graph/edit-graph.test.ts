import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import type { EditedGraph } from '../../../lib/inference/graph/edit-graph.js';
import {
  differences,
  type Export,
  editFixture,
  editIn,
  familyNames,
  loadExport,
  requireEdited,
  rowsWithin,
  TOP_TOKENS,
} from './exports.js';
import { layOut, type Mutation, openEdited, openUnedited, readAlone, readRow } from './tree-reader.js';

const FLOAT32 = { median: 1e-4, largest: 1e-4 };
// Halves between 8 and 16 are 1/128 apart, and roundings add up over the layers.
const FLOAT16 = { median: 0.02, largest: 0.1 };
// Weights in halves or in four bits, and float32 in what the edit adds: as test/oracle/families.test.ts finds these exports.
const HALVES = { median: 5e-3, largest: 1e-2 };
const FOUR_BITS = { median: 0.1, largest: 0.29 };
/** What a mistake must at least do to the log-probabilities, and twice what they may differ. */
const CLEARLY_WRONG = 0.2;

const COUNTED_ROW = { name: 'packed_row.positions.row.from_0', type: 'int64', shape: 'row', offset: 0 };
const FUSED = { name: 'packed_row.positions.batch.from_0', type: 'int64', shape: 'batch', offset: 0 };
const MASK_COUNTED = { name: 'packed_row.positions.batch.from_1', type: 'int64', shape: 'batch', offset: 1 };

const GQA = { attention: 'GroupQueryAttention', positions: FUSED, places: 127 } as const;

interface Found {
  readonly attention: string;
  readonly positions?: object;
  readonly places?: number;
  readonly depth?: number;
  readonly tolerance?: typeof FLOAT32;
  readonly bias?: 'float16';
  readonly quantised?: true;
}

// What the edit must find in each export: its attention, what it did about positions, and the bounds that follow.
const EDITED: Readonly<Record<string, Found>> = {
  plain: { attention: 'Softmax' },
  'no-position-ids': { attention: 'GroupQueryAttention', positions: FUSED, places: 255 },
  'no-cache': { attention: 'Softmax' },
  'external-data': { attention: 'Softmax' },
  fp16: { attention: 'Softmax', bias: 'float16', tolerance: FLOAT16 },
  'families/cohere': { attention: 'Softmax' },
  'families/falcon-multi-query': { attention: 'Softmax' },
  'families/falcon-new-decoder': { attention: 'Softmax' },
  'families/gemma': { attention: 'Softmax', positions: COUNTED_ROW },
  'families/gemma-builder': GQA,
  'families/gemma2': { attention: 'Softmax', positions: COUNTED_ROW, depth: 16 },
  'families/gemma2-builder': { attention: 'GroupQueryAttention', positions: FUSED, places: 16 },
  'families/gemma3': { attention: 'Softmax', positions: COUNTED_ROW, depth: 16 },
  'families/gemma3-fp16': { attention: 'Softmax', positions: COUNTED_ROW, depth: 16, tolerance: HALVES },
  'families/gpt-neox': { attention: 'Softmax' },
  'families/gpt-neox-fp16': { attention: 'Softmax', bias: 'float16', tolerance: FLOAT16 },
  'families/gpt2': { attention: 'Softmax' },
  'families/gpt2-merged': { attention: 'Softmax' },
  'families/llama-logits-to-keep': { attention: 'Softmax' },
  'families/llama-merged': { attention: 'Softmax' },
  'families/granite': { attention: 'Softmax' },
  'families/granite-builder': GQA,
  'families/llama-builder-fp16': { ...GQA, bias: 'float16', tolerance: FLOAT16 },
  'families/llama-int4': { ...GQA, quantised: true, tolerance: FOUR_BITS },
  'families/llama-multi-head': { attention: 'MultiHeadAttention', places: 128 },
  'families/llama-multi-head-repeated': { attention: 'MultiHeadAttention', places: 128 },
  'families/llama-onnx-folder': { attention: 'Softmax' },
  'families/llama-rotary-outside': { attention: 'GroupQueryAttention', places: 128 },
  'families/llama-standard-causal': { attention: 'Attention', places: 128 },
  'families/llama-standard-masked': { attention: 'Attention' },
  'families/llama-without-positions': { attention: 'Softmax', positions: COUNTED_ROW },
  'families/llama3': { attention: 'Softmax' },
  'families/llama3-builder': GQA,
  'families/mistral': { attention: 'Softmax', depth: 16 },
  'families/mistral-builder': { attention: 'GroupQueryAttention', positions: FUSED, places: 16 },
  'families/mistral-window-cache': { attention: 'GroupQueryAttention', positions: FUSED, places: 16 },
  'families/olmo': { attention: 'Softmax' },
  'families/olmo2': { attention: 'Softmax' },
  'families/opt': { attention: 'Softmax' },
  'families/opt-without-positions': { attention: 'Softmax', positions: MASK_COUNTED },
  'families/phi': { attention: 'Softmax' },
  'families/phi-builder': GQA,
  'families/phi3': GQA,
  'families/phi3-longrope': { attention: 'GroupQueryAttention', positions: FUSED, places: 31 },
  'families/phi4-mini-builder': GQA,
  'families/qwen2': { attention: 'Softmax' },
  'families/qwen2-builder': GQA,
  'families/qwen2-fp16': { attention: 'Softmax', tolerance: HALVES },
  'families/qwen2-int4': { ...GQA, quantised: true, tolerance: FOUR_BITS },
  'families/qwen3': { attention: 'Softmax' },
  'families/qwen3-builder': GQA,
  'families/qwen3-moe': { attention: 'Softmax' },
  'families/qwen3-split-data': { attention: 'Softmax' },
  'families/smollm3': { attention: 'Softmax' },
  'families/stablelm': { attention: 'Softmax' },
};
// Computed in a type that no CPU computes in: it is never run here.
const NOT_RUN = 'families/llama-bfloat16';
// Scales over all tokens of a run, so that a prompt's numbers depend on its neighbours: it has a test of its own.
const ROW_SCALED = 'families/llama-int8';
const REFUSED: Readonly<Record<string, RegExp>> = {
  'families/bloom':
    /^Add node \/transformer\/h\.0\/self_attention\/Add: a bias .*\(ALiBi\).*Constant_11.*holds 0\.0625$/,
  'families/falcon-alibi': /^Add node \/transformer\/h\.0\/self_attention\/Add_1: a bias .*\(ALiBi\)/,
  'families/mpt': /^Add node \/transformer\/blocks\.0\/attn\/Add_1: a bias .*\(ALiBi\)/,
};

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'positions counted along the row': { positions: (_, place) => place },
  'a sibling branch visible': { sees: (place, other, should) => should || other < place },
  'some ancestors hidden': {
    sees: (place, other, should) => should && !(other > 0 && other < 4 && place > 3),
  },
  'the place before read': { read: (place) => Math.max(0, place - 1) },
};

/** Largest and median difference from what transformers says, over all rows. */
async function distance(
  edit: EditedGraph,
  { headSize, listed, sequences }: Export,
  mutation: Mutation = {},
): Promise<typeof FLOAT32> {
  const graph = await openEdited(edit, headSize);
  const found: number[] = [];
  for (const { row, members } of rowsWithin(sequences, edit)) {
    const { logProbs } = await readRow(graph, edit, row, { tokens: listed, mutation });
    found.push(
      ...differences(
        logProbs,
        members.map((member) => member.logProbs),
      ),
    );
  }
  found.sort((a, b) => a - b);
  return { median: found[found.length >> 1] ?? Number.NaN, largest: found.at(-1) ?? Number.NaN };
}

it('knows every family that has a fixture', () => {
  const known = [...Object.keys(EDITED), ...Object.keys(REFUSED), ROW_SCALED, NOT_RUN];
  expect(familyNames().filter((name) => !known.includes(name))).toEqual([]);
});

describe.each(Object.entries(EDITED))('the export %s', (name, found) => {
  const { tolerance = FLOAT32, positions, places, depth } = found;
  const fixture = loadExport(name);

  it('is recognised for what it is', () => {
    const edit = editFixture(name);
    expect(edit.report).toEqual({
      attention: [found.attention],
      layers: 2,
      pickedFrom: 'hidden states',
    });
    expect(edit.positions).toEqual(positions === undefined ? [] : [positions]);
    expect(edit.limits.places?.most).toBe(places);
    expect(edit.limits.depth?.most).toBe(depth);
    expect(edit.pastLength).toBe(found.attention === 'GroupQueryAttention' ? 1 : 0);
    expect(edit.bias.type).toBe(found.bias ?? 'float32');
    expect(edit.quantised).toBe(found.quantised ?? false);
  });

  it('answers a row of branching sequences as transformers answers each alone', async () => {
    const { median, largest } = await distance(editFixture(name), fixture);
    expect(median).toBeLessThan(tolerance.median);
    expect(largest).toBeLessThan(tolerance.largest);
  });

  it.each(Object.entries(MUTATIONS))('would be caught with %s', async (_, mutation) => {
    const { largest } = await distance(editFixture(name), fixture, mutation);
    expect(largest).toBeGreaterThan(Math.max(CLEARLY_WRONG, 2 * tolerance.largest));
  });
});

describe('a packed row', () => {
  // Every kind of attention once. Those that refuse an empty past or have no past branch are left to the oracle above.
  it.each([
    'plain',
    'no-position-ids',
    'fp16',
    'families/gemma2',
    'families/llama-multi-head',
    'families/llama-standard-causal',
    'families/opt-without-positions',
  ])('of %s says what each sequence alone says on the graph as it came', async (name) => {
    const { graph: path, headSize, listed, sequences } = loadExport(name);
    const edit = editFixture(name);
    const [edited, unedited] = await Promise.all([openEdited(edit, headSize), openUnedited(path, headSize)]);
    const tolerance = edit.bias.type === 'float16' ? FLOAT16 : FLOAT32;
    for (const { row, members } of rowsWithin(sequences, edit)) {
      const { logProbs } = await readRow(edited, edit, row, { tokens: listed });
      for (const [index, { tokenIds }] of members.entries()) {
        const alone = await readAlone(unedited, tokenIds, listed);
        expect(differences([logProbs[index] ?? []], [alone]).at(-1)).toBeLessThan(tolerance.largest);
      }
    }
  });

  it('returns the most probable tokens, best first', async () => {
    const { headSize, graph: path, sequences } = loadExport('plain');
    const edit = editFixture('plain');
    const [edited, unedited] = await Promise.all([openEdited(edit, headSize), openUnedited(path, headSize)]);
    const chosen = sequences.slice(0, 3).map(({ tokenIds }) => tokenIds);
    const { topTokens, topLogProbs } = await readRow(edited, edit, layOut(chosen), { tokens: [0] });
    const vocabulary = Array.from({ length: 300 }, (_, token) => token);
    for (const [index, sequence] of chosen.entries()) {
      const alone = await readAlone(unedited, sequence, vocabulary);
      const best = [...vocabulary].sort((a, b) => (alone[b] ?? 0) - (alone[a] ?? 0)).slice(0, TOP_TOKENS);
      expect(topTokens[index]).toEqual(best);
      expect(
        differences([topLogProbs[index] ?? []], [best.map((token) => alone[token] ?? 0)]).at(-1),
      ).toBeLessThan(1e-4);
    }
  });

  it('of a graph quantised over whole rows agrees where a row is one sequence', async () => {
    const { graph: path, headSize, listed, sequences } = loadExport(ROW_SCALED);
    const edit = editFixture(ROW_SCALED);
    expect(edit.report).toEqual({ attention: ['Softmax'], layers: 2, pickedFrom: 'hidden states' });
    expect(edit.quantised).toBe(true);
    const [edited, unedited] = await Promise.all([openEdited(edit, headSize), openUnedited(path, headSize)]);
    for (const { tokenIds } of sequences) {
      const { logProbs } = await readRow(edited, edit, layOut([tokenIds]), { tokens: listed });
      const alone = await readAlone(unedited, tokenIds, listed);
      expect(differences(logProbs, [alone]).at(-1)).toBeLessThan(1e-4);
    }
  });
});

describe('what is not recognised', () => {
  it.each(Object.entries(REFUSED))('is refused by name: %s', (name, reason) => {
    const edit = editIn(dirname(loadExport(name).graph));
    expect(edit).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

describe('the bundled models', () => {
  it.each(['mini-100k', 'mini-600k'])('%s: a packed row says what each sequence alone says', async (name) => {
    const folder = projectPath('data', 'models', 'mini', name);
    const edit = requireEdited(editIn(folder));
    expect(edit.report.pickedFrom).toBe('hidden states');
    const [edited, unedited] = await Promise.all([
      openEdited(edit, 0),
      openUnedited(`${folder}/model.onnx`, 0),
    ]);
    const trunk = [5, 17, 400, 33, 900, 12, 77, 1200];
    const sequences = [
      trunk,
      [...trunk, 7],
      [...trunk, 9, 10],
      [...trunk, 9, 11, 12],
      [...trunk, 9, 11, 12, 13, 14],
      [50, 51, 52],
    ];
    const tokens = [0, 6, 9, 300, 1000, 1535];
    const { logProbs } = await readRow(edited, edit, layOut(sequences), { tokens });
    const flattened = await readRow(edited, edit, layOut(sequences), {
      tokens,
      mutation: { positions: (_, place) => place },
    });
    const alone: number[][] = [];
    for (const sequence of sequences) {
      alone.push(await readAlone(unedited, sequence, tokens));
    }
    expect(differences(logProbs, alone).at(-1)).toBeLessThan(1e-4);
    expect(differences(flattened.logProbs, alone).at(-1)).toBeGreaterThan(CLEARLY_WRONG);
  });
});
