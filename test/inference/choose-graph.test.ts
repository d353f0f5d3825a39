import { describe, expect, it } from 'vitest';
import { chooseGraph, folderOfGraph, GRAPH_DTYPES } from '../../lib/inference/choose-graph.js';

const COMMUNITY = [
  'README.md',
  'config.json',
  'onnx/decoder_model_merged.onnx',
  ...['', '_fp16', '_int8', '_uint8', '_q4', '_q4f16', '_quantized', '_bnb4', '_q2', '_q1'].map(
    (ending) => `onnx/model${ending}.onnx`,
  ),
  'tokenizer.json',
];

describe('chooseGraph', () => {
  it('knows every ending that transformers.js gives a graph', () => {
    const chosen = GRAPH_DTYPES.map((dtype) => chooseGraph(COMMUNITY, { dtype }));
    expect(chosen).toEqual(
      [
        ...['model.onnx', 'model_fp16.onnx', 'model_quantized.onnx', 'model_int8.onnx', 'model_uint8.onnx'],
        ...['model_q4.onnx', 'model_q4f16.onnx', 'model_bnb4.onnx', 'model_q2.onnx', 'model_q1.onnx'],
      ].map((name) => ({ kind: 'chosen', graph: `onnx/${name}` })),
    );
  });

  it('takes full precision when nothing is asked for', () => {
    expect(chooseGraph(COMMUNITY, {})).toEqual({ kind: 'chosen', graph: 'onnx/model.onnx' });
  });

  it('takes a merged decoder where there is no model of one piece', () => {
    const names = [
      'onnx/decoder_model.onnx',
      'onnx/decoder_with_past_model.onnx',
      'onnx/decoder_model_merged.onnx',
    ];
    expect(chooseGraph(names, {})).toEqual({ kind: 'chosen', graph: 'onnx/decoder_model_merged.onnx' });
  });

  it('says how to make an export of a checkpoint, and lists no more than a dozen files', () => {
    const shards = Array.from({ length: 30 }, (_, index) => `model-${index}.safetensors`);
    const choice = chooseGraph(['config.json', ...shards], {});
    expect(choice).toMatchObject({
      kind: 'none',
      wayOut: expect.stringContaining('npx culture-lens convert'),
    });
    expect(choice).toMatchObject({ problem: expect.stringMatching(/model-10\.safetensors and 19 more\)$/) });
  });

  it.each([
    ['model.onnx', ''],
    ['onnx/model.onnx', ''],
    ['cpu-int4/model.onnx', 'cpu-int4'],
    ['gpu/fp16/onnx/model.onnx', 'gpu/fp16'],
  ])('the model of %s is opened from "%s"', (graph, folder) => {
    expect(folderOfGraph(graph)).toBe(folder);
  });
});
