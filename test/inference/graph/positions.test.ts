import { describe, expect, it } from 'vitest';
import { editGraph } from '../../../lib/inference/graph/edit-graph.js';
import type { NodeProto } from '../../../lib/inference/graph/onnx_pb.js';
import { loadExport, requireEdited } from './exports.js';
import { type Draft, editChanged, expectSameNumbers, integer } from './respell.js';

const COUNTED = 'families/llama-without-positions';
const MASK_COUNTED = 'families/opt-without-positions';

/** Number of places, as a scalar computed from the shape of the ids. */
function rowLength(draft: Draft): string {
  const first = draft.graph.node[0];
  if (first === undefined) {
    throw new Error('an empty graph');
  }
  const shape = draft.before(first, 'test.shape', 'Shape', ['input_ids']);
  return draft.before(first, 'test.length', 'Gather', [shape, draft.integers('test.one', [1])]);
}

/** Reads the positions of a fixture through something else. */
function replaceReaders(draft: Draft, from: string, to: string, but: readonly string[] = []): void {
  for (const node of draft.graph.node.filter(({ name }) => !but.includes(name))) {
    node.input = node.input.map((name) => (name === from ? to : name));
  }
}

describe('positions that the graph counts itself', () => {
  it('are fed instead of Range, from where it starts', async () => {
    const edit = await expectSameNumbers(COUNTED, (draft) => {
      const range = draft.node('/model/Range');
      draft.integers('test.three', [3]);
      range.input = ['test.three', String(range.input[1]), String(range.input[2])];
      range.input[1] = draft.before(range, 'test.limit', 'Add', [String(range.input[1]), 'test.three']);
      const unsqueeze = draft.node('/model/Unsqueeze');
      unsqueeze.input[0] = draft.before(unsqueeze, 'test.back', 'Sub', [range.output[0] ?? '', 'test.three']);
    });
    expect(edit.positions.map(({ shape, offset }) => ({ shape, offset }))).toEqual([
      { shape: 'row', offset: 3 },
    ]);
  });

  it('are fed instead of a Range as long as the mask', async () => {
    const edit = await expectSameNumbers(COUNTED, (draft) => {
      const range = draft.node('/model/Range');
      const shape = draft.before(range, 'test.shape', 'Shape', ['attention_mask']);
      range.input[1] = draft.before(range, 'test.limit', 'Gather', [shape, draft.integers('test.unit', [1])]);
    });
    expect(edit.positions).toEqual([
      { name: 'packed_row.positions.row.from_0', type: 'int64', shape: 'row', offset: 0 },
    ]);
  });

  it('are fed instead of a sum over the mask, in any type', async () => {
    const edit = await expectSameNumbers(MASK_COUNTED, (draft) => {
      const sum = draft.node('/decoder/CumSum');
      sum.input[0] = draft.before(sum, 'test.float', 'Cast', ['attention_mask'], { to: 1 });
      sum.output = ['test.counted'];
      draft.before(draft.node('/decoder/Mul_6'), '/decoder/CumSum_output_0', 'Cast', ['test.counted'], {
        to: 7,
      });
    });
    expect(edit.positions.map(({ offset }) => offset)).toEqual([1]);
  });

  it('start at 0 where the sum leaves out the place itself', async () => {
    const edit = await expectSameNumbers(MASK_COUNTED, (draft) => {
      const sum = draft.node('/decoder/CumSum');
      sum.attribute.push(integer('exclusive', 1));
      sum.output = ['test.before'];
      draft.before(draft.node('/decoder/Mul_6'), '/decoder/CumSum_output_0', 'Add', [
        'test.before',
        draft.integers('test.unit', [1]),
      ]);
    });
    expect(edit.positions.map(({ offset }) => offset)).toEqual([0]);
  });
});

describe('a fused rotary embedding', () => {
  it.each<[string, (draft: Draft) => string]>([
    ['it was told nothing but the first', (draft) => draft.integers('test.first', [0], [1])],
    [
      'it was told a count of places',
      (draft) => {
        const length = rowLength(draft);
        const [rotary] = draft.nodes('RotaryEmbedding');
        const zero = draft.integers('test.zero', [0]);
        const range = draft.before(rotary as NodeProto, 'test.range', 'Range', [zero, length, 'test.one']);
        const axis = draft.integers('test.axis', [0], [1]);
        return draft.before(rotary as NodeProto, 'test.batch', 'Unsqueeze', [range, axis]);
      },
    ],
  ])('takes fed positions where %s', async (_, position) => {
    const edit = await expectSameNumbers('families/llama-multi-head', (draft) => {
      const name = position(draft);
      for (const node of draft.nodes('RotaryEmbedding')) {
        node.input[1] = name;
      }
    });
    expect(edit.positions.map(({ shape, offset }) => ({ shape, offset }))).toEqual([
      { shape: 'batch', offset: 0 },
    ]);
  });
});

describe('a count that is no position', () => {
  it('stays where positions are looked up in the table made of it', async () => {
    const edit = await expectSameNumbers('plain', (draft) => {
      const length = rowLength(draft);
      const rotary = draft.node('/model/rotary_emb/Unsqueeze_1');
      draft.integers('test.zero', [0]);
      const range = draft.before(rotary, 'test.range', 'Range', ['test.zero', length, 'test.one']);
      rotary.input[0] = draft.before(rotary, 'test.looked_up', 'Gather', [range, 'position_ids'], {
        axis: 0,
      });
    });
    expect(edit.positions).toEqual([]);
  });

  it('stays while the count that looks things up in it becomes ours', async () => {
    const edit = await expectSameNumbers(COUNTED, (draft) => {
      const length = rowLength(draft);
      const own = draft.node('/model/Unsqueeze').output[0] ?? '';
      const rotary = draft.node('/model/rotary_emb/Unsqueeze_1');
      draft.integers('test.zero', [0]);
      const range = draft.before(rotary, 'test.range', 'Range', ['test.zero', length, 'test.one']);
      rotary.input[0] = draft.before(rotary, 'test.looked_up', 'Gather', [range, own], { axis: 0 });
    });
    expect(edit.positions).toHaveLength(1);
  });

  it('stays where it counts how often each number of a rotation repeats', async () => {
    const edit = await expectSameNumbers('families/cohere', () => {});
    expect(edit.positions).toEqual([]);
  });

  it.each(['input_ids', 'past_key_values.0.key'])(
    'stays where it counts rows of a batch: %s',
    async (input) => {
      const edit = await expectSameNumbers('plain', (draft) => {
        const first = draft.node('/model/Shape');
        const zero = draft.integers('test.zero', [0]);
        const shape = draft.before(first, 'test.shape', 'Shape', [input]);
        const batch = draft.before(first, 'test.batch', 'Gather', [shape, zero]);
        const range = draft.before(first, 'test.rows', 'Range', [
          zero,
          batch,
          draft.integers('test.one', [1]),
        ]);
        const float = draft.before(first, 'test.float', 'Cast', [range], { to: 1 });
        replaceReaders(draft, '/model/embed_tokens/Gather_output_0', 'test.shifted');
        draft.before(first, 'test.shifted', 'Add', ['/model/embed_tokens/Gather_output_0', float]);
      });
      expect(edit.positions).toEqual([]);
    },
  );
});

describe('positions that are not recognised', () => {
  it.each<[string, string, RegExp, (draft: Draft) => void]>([
    [
      'a count of something else',
      COUNTED,
      /^Range node \/model\/Range: it counts places in a way that is not known$/,
      (draft) => {
        const range = draft.node('/model/Range');
        range.input[1] = draft.before(range, 'test.double', 'Mul', [
          String(range.input[1]),
          draft.integers('test.two', [2]),
        ]);
      },
    ],
    [
      'a count of twice the places',
      COUNTED,
      /^Range node \/model\/Range: it counts places in a way that is not known$/,
      (draft) => {
        const range = draft.node('/model/Range');
        const limit = String(range.input[1]);
        range.input[1] = draft.before(range, 'test.double', 'Add', [limit, limit]);
      },
    ],
    [
      'a count of one place more',
      COUNTED,
      /^Range node \/model\/Range: it counts places in a way that is not known$/,
      (draft) => {
        const range = draft.node('/model/Range');
        const limit = String(range.input[1]);
        range.input[1] = draft.before(range, 'test.more', 'Add', [limit, draft.integers('test.unit', [1])]);
      },
    ],
    [
      'a count up to the largest of what was fed',
      COUNTED,
      /^Range node \/model\/Range: it counts places in a way that is not known$/,
      (draft) => {
        const range = draft.node('/model/Range');
        range.input[1] = draft.before(range, 'test.largest', 'ReduceMax', ['input_ids'], { keepdims: 0 });
      },
    ],
    [
      'a count from the end',
      MASK_COUNTED,
      /^CumSum node \/decoder\/CumSum: it counts places in a way that is not known$/,
      (draft) => {
        draft.node('/decoder/CumSum').attribute.push(integer('reverse', 1));
      },
    ],
    [
      'a count of the tokens that are no padding',
      MASK_COUNTED,
      /^CumSum node \/decoder\/CumSum: it counts places in a way that is not known$/,
      (draft) => {
        const sum = draft.node('/decoder/CumSum');
        const padding = draft.before(sum, 'test.padding', 'Equal', [
          'input_ids',
          draft.integers('test.pad', [2]),
        ]);
        const token = draft.before(sum, 'test.token', 'Not', [padding]);
        sum.input[0] = draft.before(sum, 'test.count', 'Cast', [token], { to: 7 });
      },
    ],
    [
      'a table cut to the length of the row',
      'plain',
      /^Slice node test\.cut: it counts places in a way that is not known$/,
      (draft) => {
        const length = rowLength(draft);
        const first = draft.node('/model/Shape');
        const table = draft.floats('test.table', new Array(8 * 32).fill(1), [8, 32]);
        const end = draft.before(first, 'test.end', 'Unsqueeze', [
          length,
          draft.integers('test.zero', [0], [1]),
        ]);
        replaceReaders(draft, '/model/embed_tokens/Gather_output_0', 'test.placed');
        const cut = draft.before(first, 'test.cut', 'Slice', [table, 'test.zero', end]);
        draft.before(first, 'test.placed', 'Add', ['/model/embed_tokens/Gather_output_0', cut]);
      },
    ],
    [
      'none at all',
      MASK_COUNTED,
      /^the graph reads no position_ids, and no count of positions was recognised in it$/,
      (draft) => {
        draft.node('/decoder/embed_positions/Gather').input[1] = draft.integers('test.same', [0, 0], [1, 2]);
      },
    ],
  ])('are refused by name: %s', (_, name, reason, change) => {
    expect(editChanged(name, change)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

describe('bounds', () => {
  const edit = (name: string, facts: { slidingWindow?: number; originalContext?: number }) =>
    requireEdited(
      editGraph(loadExport(name).graph, {
        slidingWindow: null,
        originalContext: null,
        topTokens: 5,
        ...facts,
      }),
    ).limits;

  it('follow the window in depth where it was part of the mask, and the node where it was not', () => {
    expect(edit('plain', { slidingWindow: 20 })).toEqual({
      places: null,
      depth: { most: 20, reason: "the model's attention window" },
    });
    expect(edit('no-position-ids', { slidingWindow: 20 }).depth).toBeNull();
  });

  it('follow the shorter of two rotary tables that an If chooses from, less the place of the past', () => {
    expect(edit('families/phi3-longrope', {}).places).toEqual({
      most: 31,
      reason: "the rotary table's rows",
    });
  });

  it('follow the context of unscaled rotary embedding, in which a fed past takes a place', () => {
    const reason = 'the context up to which the rotary embedding is unscaled';
    expect(edit('plain', { originalContext: 20 })).toEqual({ places: null, depth: { most: 20, reason } });
    expect(edit('no-position-ids', { originalContext: 20 }).places).toEqual({ most: 19, reason });
  });
});
