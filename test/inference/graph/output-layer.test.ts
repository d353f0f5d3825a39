import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import type { EditedGraph } from '../../../lib/inference/graph/edit-graph.js';
import { declareTensor } from '../../../lib/inference/graph/nodes.js';
import { type GraphProto, ModelProtoSchema } from '../../../lib/inference/graph/onnx_pb.js';
import { editIn, requireEdited } from './exports.js';
import { type Draft, expectSameNumbers } from './respell.js';

const HIDDEN = '/model/norm/Mul_1_output_0';
const LAYER = '/lm_head/MatMul';
const VOCABULARY = 300;

const graphOf = (edit: EditedGraph): GraphProto =>
  fromBinary(ModelProtoSchema, edit.bytes).graph as GraphProto;

/** Puts nodes between the output layer and the logits. */
function behindLayer(draft: Draft, add: (layer: string) => void): void {
  const layer = draft.node(LAYER);
  layer.output = ['test.layer'];
  add('test.layer');
}

const append = (
  draft: Draft,
  name: string,
  opType: string,
  input: readonly string[],
  integers = {},
): string => {
  const made = draft.before(draft.node(LAYER), name, opType, input, integers);
  // After the layer, as the order of a graph wants it.
  draft.graph.node.push(...draft.graph.node.splice(draft.graph.node.indexOf(draft.node(made)), 1));
  return made;
};

const SAME: Record<string, (draft: Draft) => void> = {
  'as it came': () => {},
  'an export that picks the last place by its number': (draft) => {
    const layer = draft.node(LAYER);
    const last = draft.before(
      layer,
      'test.last',
      'Gather',
      [HIDDEN, draft.integers('test.minus_one', [-1])],
      {
        axis: 1,
      },
    );
    layer.input[0] = draft.before(layer, 'test.row', 'Unsqueeze', [
      last,
      draft.integers('test.axis', [1], [1]),
    ]);
  },
  'an export that slices the last place off': (draft) => {
    const layer = draft.node(LAYER);
    const start = draft.integers('test.start', [-1], [1]);
    const end = draft.integers('test.end', [2 ** 40], [1]);
    const axis = draft.integers('test.axis', [1], [1]);
    layer.input[0] = draft.before(layer, 'test.last', 'Slice', [HIDDEN, start, end, axis]);
  },
  'logits scaled, capped and shifted': (draft) =>
    behindLayer(draft, (layer) => {
      const ten = draft.floats('test.ten', [10]);
      const down = append(draft, 'test.down', 'Div', [layer, ten]);
      const capped = append(draft, 'test.capped', 'Tanh', [down]);
      const up = append(draft, 'test.up', 'Mul', [ten, capped]);
      const bias = Array.from({ length: VOCABULARY }, (_, token) => token % 3);
      append(draft, 'logits', 'Add', [up, draft.floats('test.bias', bias, [VOCABULARY])]);
    }),
  'logits in half precision': (draft) =>
    behindLayer(draft, (layer) => {
      const half = append(draft, 'test.half', 'Cast', [layer], { to: 10 });
      append(draft, 'logits', 'Cast', [half], { to: 1 });
    }),
  'some tokens never allowed': (draft) =>
    behindLayer(draft, (layer) => {
      const kinds = Array.from({ length: VOCABULARY }, (_, token) => (token === 250 ? 0 : 1));
      const allowed = append(
        draft,
        'test.allowed',
        'Cast',
        [draft.integers('test.kinds', kinds, [VOCABULARY])],
        {
          to: 9,
        },
      );
      append(draft, 'logits', 'Where', [allowed, layer, draft.floats('test.never', [-1e4])]);
    }),
};

describe('the places read', () => {
  it.each(Object.entries(SAME))('are picked before the output layer: %s', async (_, change) => {
    const edit = await expectSameNumbers('plain', change);
    expect(edit.report.pickedFrom).toBe('hidden states');
    const graph = graphOf(edit);
    const layer = graph.node.find(({ name }) => name === LAYER);
    const pick = graph.node.find(
      ({ opType, input }) => opType === 'Gather' && input[1] === edit.reads.places,
    );
    expect(pick?.input[0]).toBe(HIDDEN);
    // Directly, or through what the export's own choice has become.
    const path = new Set([pick?.output[0]]);
    for (const { opType, input, output } of graph.node) {
      if (opType === 'Identity' && path.has(input[0])) {
        path.add(output[0]);
      }
    }
    expect(path).toContain(layer?.input[0]);
  });

  it.each<[string, (draft: Draft) => void]>([
    [
      'an operator after it that is not known',
      (draft) =>
        behindLayer(draft, (layer) => {
          append(draft, 'logits', 'Softplus', [layer]);
        }),
    ],
    [
      'two of them, added',
      (draft) =>
        behindLayer(draft, (layer) => {
          const second = append(draft, 'test.second', 'MatMul', [HIDDEN, String(draft.node(LAYER).input[1])]);
          append(draft, 'logits', 'Add', [layer, second]);
        }),
    ],
  ])('are picked from the logits where the output layer is not recognised: %s', async (_, change) => {
    const edit = await expectSameNumbers('plain', change);
    expect(edit.report.pickedFrom).toBe('logits');
  });

  it('take the place of an input that says how many last logits are wanted, wherever it acts', async () => {
    const edit = await expectSameNumbers('plain', (draft) => {
      const norm = draft.node('/model/norm/Cast');
      const [hidden = ''] = norm.input;
      draft.graph.input.push(declareTensor('num_logits_to_keep', 7, []));
      const axis = draft.integers('test.axis', [1], [1]);
      const count = draft.before(norm, 'test.count', 'Neg', ['num_logits_to_keep']);
      const start = draft.before(norm, 'test.start', 'Unsqueeze', [
        count,
        draft.integers('test.zero', [0], [1]),
      ]);
      const end = draft.integers('test.end', [2 ** 40], [1]);
      norm.input = [draft.before(norm, 'test.kept', 'Slice', [hidden, start, end, axis])];
    });
    expect(edit.report.pickedFrom).toBe('hidden states');
    const graph = graphOf(edit);
    expect(graph.input.map(({ name }) => name)).not.toContain('num_logits_to_keep');
    expect(graph.node.map(({ name }) => name)).not.toContain('test.start');
  });

  it('take the place of that input in the bundled models', () => {
    const edit = requireEdited(editIn(projectPath('data', 'models', 'mini', 'mini-100k')));
    const graph = graphOf(edit);
    expect(graph.input.map(({ name }) => name)).not.toContain('num_logits_to_keep');
    expect(edit.report.pickedFrom).toBe('hidden states');
    // What the mask was made of is gone too.
  });
});

describe('an edited graph', () => {
  it('declares no sizes of all places for what now holds the places read', async () => {
    const edit = await expectSameNumbers('plain', (draft) =>
      behindLayer(draft, (layer) => {
        const two = draft.floats('test.two', [2]);
        append(draft, 'logits', 'Mul', [layer, two]);
        const sizes = ['batch_size', 'sequence_length', VOCABULARY];
        draft.graph.valueInfo.push(
          declareTensor('test.layer', 1, sizes),
          declareTensor(HIDDEN, 1, [null, null, 32]),
        );
      }),
    );
    const declared = graphOf(edit).valueInfo.map(({ name }) => name);
    expect(declared).not.toContain('test.layer');
    expect(declared).toContain(HIDDEN);
  });

  it('returns the readings and nothing else, and asks for nothing that it does not read', async () => {
    const edit = await expectSameNumbers('plain', () => {});
    const graph = graphOf(edit);
    expect(graph.output.map(({ name }) => name)).toEqual(Object.values(edit.outputs));
    expect(graph.input.map(({ name }) => name).sort()).toEqual(
      [
        'input_ids',
        'position_ids',
        ...[0, 1].flatMap((layer) => [`past_key_values.${layer}.key`, `past_key_values.${layer}.value`]),
        edit.bias.name,
        ...Object.values(edit.reads),
      ].sort(),
    );
  });
});
