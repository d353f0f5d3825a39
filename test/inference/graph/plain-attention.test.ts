import { describe, expect, it } from 'vitest';
import type { NodeProto } from '../../../lib/inference/graph/onnx_pb.js';
import { type Draft, editChanged, expectSameNumbers } from './respell.js';

/** The node that adds the mask in each layer of the fixture: `Add(scores, mask)`. */
const maskNodes = (draft: Draft): NodeProto[] =>
  draft.nodes('Softmax').map(({ input }) => draft.node(String(input[0]).replace(/_output_0$/, '')));

const LOWEST = -3.4e38;
/** Changes what adds the mask in each layer. */
const atMask =
  (change: (draft: Draft, add: NodeProto, parts: { scores: string; mask: string }) => void) =>
  (draft: Draft): void => {
    draft.floats('lowest', [LOWEST]);
    draft.floats('two', [2]);
    draft.floats('half', [0.5]);
    draft.floats('large', [200]);
    for (const add of maskNodes(draft)) {
      const [scores = '', mask = ''] = add.input;
      change(draft, add, { scores, mask });
    }
  };

/** The condition behind the additive mask of the fixture: `mask = Where(condition, 0, -inf)`. */
const condition = (draft: Draft, mask: string): string =>
  String(draft.node(mask.replace(/_output_0$/, '')).input[0]);

const SAME: Record<string, (draft: Draft) => void> = {
  'as it came': () => {},
  'mask first': atMask((_, add, { scores, mask }) => {
    add.input = [mask, scores];
  }),
  'mask subtracted': atMask((draft, add, { scores, mask }) => {
    add.opType = 'Sub';
    add.input = [scores, draft.before(add, `${add.name}.neg`, 'Neg', [mask])];
  }),
  'scores chosen where visible': atMask((draft, add, { scores, mask }) => {
    add.opType = 'Where';
    add.input = [condition(draft, mask), scores, 'lowest'];
  }),
  'scores chosen where not hidden': atMask((draft, add, { scores, mask }) => {
    const hidden = draft.before(add, `${add.name}.not`, 'Not', [condition(draft, mask)]);
    add.opType = 'Where';
    add.input = [hidden, 'lowest', scores];
  }),
  'two masks one after the other': atMask((draft, add, { scores, mask }) => {
    const once = draft.before(add, `${add.name}.once`, 'Where', [condition(draft, mask), scores, 'lowest']);
    add.input = [once, mask];
  }),
  'a floor after the mask': atMask((draft, add, { scores, mask }) => {
    const masked = draft.before(add, `${add.name}.masked`, 'Add', [scores, mask]);
    add.opType = 'Max';
    add.input = [masked, 'lowest'];
  }),
  'scaled, and capped by a hyperbolic tangent, before the mask': atMask((draft, add, { scores, mask }) => {
    const scaled = draft.before(add, `${add.name}.scaled`, 'Mul', ['two', scores]);
    const down = draft.before(add, `${add.name}.down`, 'Div', [scaled, 'large']);
    const capped = draft.before(add, `${add.name}.capped`, 'Tanh', [down]);
    add.input = [draft.before(add, `${add.name}.up`, 'Mul', [capped, 'large']), mask];
  }),
  'a mask on either side of a cap that would let hidden places through': atMask(
    (draft, add, { scores, mask }) => {
      const once = draft.before(add, `${add.name}.once`, 'Where', [condition(draft, mask), scores, 'lowest']);
      const capped = draft.before(add, `${add.name}.capped`, 'Tanh', [once]);
      add.input = [capped, mask];
    },
  ),
  'a constant added to all scores': atMask((draft, add, { scores, mask }) => {
    add.input = [draft.before(add, `${add.name}.shifted`, 'Add', [scores, 'half']), mask];
  }),
  'in three dimensions between mask and Softmax': (draft) => {
    for (const softmax of draft.nodes('Softmax')) {
      const [scores = ''] = softmax.input;
      const [result = ''] = softmax.output;
      const length = draft.before(softmax, `${result}.shape`, 'Shape', [scores], { start: 3, end: 4 });
      const four = draft.integers(`${result}.four`, [4], [1]);
      const open = draft.integers(`${result}.open`, [-1], [1]);
      const shape = draft.before(softmax, `${result}.to`, 'Concat', [four, open, length], { axis: 0 });
      const original = draft.before(softmax, `${result}.from`, 'Shape', [scores]);
      softmax.input = [draft.before(softmax, `${result}.three`, 'Reshape', [scores, shape])];
      softmax.output = [`${result}.weights`];
      const after = draft.graph.node[draft.graph.node.indexOf(softmax) + 1] as NodeProto;
      draft.before(after, result, 'Reshape', [`${result}.weights`, original]);
    }
  },
  'in double precision from the mask on': (draft) => {
    for (const softmax of draft.nodes('Softmax')) {
      const [result = ''] = softmax.output;
      softmax.input = [draft.before(softmax, `${result}.double`, 'Cast', softmax.input, { to: 11 })];
      softmax.output = [`${result}.weights`];
      const after = draft.graph.node[draft.graph.node.indexOf(softmax) + 1] as NodeProto;
      draft.before(after, result, 'Cast', [`${result}.weights`], { to: 1 });
    }
  },
};

describe('attention that is written out', () => {
  it.each(Object.entries(SAME))('takes the tree mask: %s', async (_, change) => {
    const edit = await expectSameNumbers('plain', change);
    expect(edit.report).toEqual({ attention: ['Softmax'], layers: 2, pickedFrom: 'hidden states' });
  });

  it.each<[string, RegExp, (draft: Draft) => void]>([
    [
      'no mask',
      /^Softmax node \/model\/layers\.0\/self_attn\/Softmax: attention without a mask$/,
      (draft) => {
        for (const [index, add] of maskNodes(draft).entries()) {
          const softmax = draft.nodes('Softmax')[index] as NodeProto;
          softmax.input = [String(add.input[0])];
        }
      },
    ],
    [
      'a learned bias for each head beside the mask',
      /Add node .*added to the attention scores, from learned, which holds 0\.5$/,
      atMask((draft, add, { scores, mask }) => {
        draft.floats('learned', [0, 0.5, 1, 1.5], [1, 4, 1, 1]);
        add.input = [draft.before(add, `${add.name}.biased`, 'Add', [scores, 'learned']), mask];
      }),
    ],
    [
      'a learned bias inside the mask',
      /\(ALiBi\) or was learned is added to the attention scores, from learned, which holds 0\.5$/,
      atMask((draft, add, { scores, mask }) => {
        draft.floats('learned', [0, 0.5, 1, 1.5], [1, 4, 1, 1]);
        add.input = [scores, draft.before(add, `${add.name}.biased`, 'Add', [mask, 'learned'])];
      }),
    ],
    [
      'a slope over distances, of a single head',
      /\(ALiBi\) .* from half, which holds 0\.5$/,
      atMask((draft, add, { scores, mask }) => {
        const distances = draft.before(add, `${add.name}.far`, 'CumSum', [
          mask,
          draft.integers(`${add.name}.axis`, [3]),
        ]);
        add.input = [scores, draft.before(add, `${add.name}.slope`, 'Mul', [distances, 'half'])];
      }),
    ],
    [
      'a bias computed from the tokens',
      /the term added to the attention scores is not a mask alone, it comes from ReduceMean node/,
      atMask((draft, add, { scores, mask }) => {
        const mean = draft.before(add, `${add.name}.mean`, 'ReduceMean', [
          '/model/embed_tokens/Gather_output_0',
        ]);
        add.input = [scores, draft.before(add, `${add.name}.biased`, 'Add', [mask, mean])];
      }),
    ],
    [
      'scores through an operator that may mix places',
      /^Softmax node .*: its scores come through Sin node /,
      atMask((draft, add, { scores, mask }) => {
        const masked = draft.before(add, `${add.name}.masked`, 'Add', [scores, mask]);
        add.opType = 'Sin';
        add.input = [masked];
      }),
    ],
    [
      'a layer without Softmax',
      /^attention was recognised in 1 of 2 layers$/,
      (draft) => {
        const softmax = draft.nodes('Softmax')[0] as NodeProto;
        softmax.opType = 'Sigmoid';
        softmax.attribute = [];
      },
    ],
    [
      'another fused operator',
      /^com\.microsoft\.SparseAttention node \/model\/layers\.0\/self_attn\/Softmax: this operator takes no tree mask$/,
      (draft) => {
        const softmax = draft.nodes('Softmax')[0] as NodeProto;
        softmax.opType = 'SparseAttention';
        softmax.domain = 'com.microsoft';
      },
    ],
    [
      'the fused operator of com.microsoft that is called Attention',
      /^com\.microsoft\.Attention node /,
      (draft) => {
        const softmax = draft.nodes('Softmax')[1] as NodeProto;
        softmax.opType = 'Attention';
        softmax.domain = 'com.microsoft';
      },
    ],
  ])('is refused by name with %s', (_, reason, change) => {
    expect(editChanged('plain', change)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

describe('a layer that reads the keys and values of another', () => {
  it('keeps them, though no cache is returned any more', async () => {
    const edit = await expectSameNumbers('plain', (draft) => {
      for (const node of draft.graph.node.filter(({ name }) =>
        name.startsWith('/model/layers.1/self_attn/'),
      )) {
        node.input = node.input.map((name) => name.replace(/^present\.1\./, 'present.0.'));
      }
    });
    expect(edit.report.layers).toBe(2);
  });
});
