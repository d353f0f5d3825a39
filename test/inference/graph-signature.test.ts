import { describe, expect, it } from 'vitest';
import { readSignature } from '../../lib/inference/graph-signature.js';

type Metadata = Parameters<typeof readSignature>[0];

const tensor = (name: string, type: string, shape: (number | string)[]) => ({
  name,
  isTensor: true,
  type,
  shape,
});

const session = (
  inputs: object[],
  outputs: object[] = [tensor('logits', 'float32', ['batch', 'sequence', 300])],
) => ({ inputMetadata: inputs, outputMetadata: outputs }) as unknown as Metadata;

const ids = tensor('input_ids', 'int64', ['batch', 'sequence']);

const given = { graph: 'model.onnx', headSize: 16, heads: 4, added: new Set<string>() };

describe('readSignature', () => {
  it('finds caches by name and takes an unknown length of the past as none', () => {
    const cache = tensor('past_key_values.0.key', 'float32', ['batch', 2, 'past', 8]);
    const signature = readSignature(session([ids, cache]), given);
    expect(signature.caches[0]?.shape({ batch: 3, past: 0 })).toEqual([3, 2, 0, 8]);
    expect(signature.caches[0]?.shape({ batch: 1, past: 1 })).toEqual([1, 2, 1, 8]);
    expect(signature.positionIds).toBeNull();
    expect(signature.numLogitsToKeep).toBeNull();
  });

  it('finds position ids and the number of logits to keep', () => {
    const inputs = [
      ids,
      tensor('position_ids', 'int64', ['b', 's']),
      tensor('num_logits_to_keep', 'int64', []),
    ];
    const signature = readSignature(session(inputs), given);
    expect(signature.positionIds).toBe('int64');
    expect(signature.numLogitsToKeep).toEqual({ name: 'num_logits_to_keep', type: 'int64', rank: 0 });
  });

  it('takes the head size from the configuration where the export leaves it open, as onnxruntime-genai does', () => {
    const cache = tensor('past_key_values.0.key', 'float32', [
      'b',
      2,
      'past_sequence_length',
      'kv_cache_dim',
    ]);
    expect(readSignature(session([ids, cache]), given).caches[0]?.shape({ batch: 1, past: 0 })).toEqual([
      1, 2, 0, 16,
    ]);
    expect(() => readSignature(session([ids, cache]), { ...given, headSize: null })).toThrow(
      'the cache "past_key_values.0.key" has a size called "kv_cache_dim" that nothing tells',
    );
  });

  it.each([
    ['BLOOM, keys', 'key', ['batch_size x num_heads', 8, 'past_sequence_length'], [12, 8, 0]],
    ['BLOOM, values', 'value', ['batch_size x num_heads', 'past_sequence_length', 8], [12, 0, 8]],
    [
      'GPT BigCode with one head of keys',
      'key_value',
      ['batch_size', 'past_sequence_length', 32],
      [3, 0, 32],
    ],
    [
      'GPT BigCode, size left open',
      'key_value',
      ['batch_size', 4, 'past_sequence_length', 'size'],
      [3, 4, 0, 32],
    ],
  ])('knows caches of earlier years: %s', (_, part, declared, expected) => {
    const cache = tensor(`past_key_values.0.${part}`, 'float32', declared);
    const [found] = readSignature(session([ids, cache]), given).caches;
    expect(found?.shape({ batch: 3, past: 0 })).toEqual(expected);
  });

  it('refuses a cache of batch times heads where nothing tells the heads', () => {
    const cache = tensor('past_key_values.0.key', 'float32', ['batch_size x num_heads', 8, 'past']);
    expect(() => readSignature(session([ids, cache]), { ...given, heads: null })).toThrow(
      'has a size called "batch_size x num_heads" that nothing tells',
    );
  });

  it('finds the input by which a merged decoder chooses', () => {
    const inputs = [ids, tensor('use_cache_branch', 'bool', [1])];
    expect(readSignature(session(inputs), given).cacheBranch).toEqual({ rank: 1 });
    expect(readSignature(session([ids]), given).cacheBranch).toBeNull();
  });

  it.each([
    ['past_conv.0', /convolution layer \(LFM2\).*layers are all attention/],
    ['past_key_values.3.conv_state', /convolution layer/],
    ['past.3.conv', /convolution layer/],
    ['past_ssm.0', /state-space layer \(Mamba.*layers are all attention/],
    ['cache_params.past.ssm_states.1', /state-space layer/],
    ['past_recurrent.2', /linear attention layer \(Qwen3-Next.*layers are all attention/],
    ['past_key_values.2.recurrent_state', /linear attention layer/],
    ['cache_position', /cache of fixed length.*text-generation-with-past/],
    ['encoder_hidden_states', /encoder-decoder model \(T5.*goes on with a text by itself/],
    ['decoder_input_ids', /encoder-decoder model/],
    ['past_key_values.0.encoder.key', /encoder-decoder model/],
    ['token_type_ids', /encoders such as BERT.*goes on with a text by itself/],
    ['inputs_embeds', /embedding of the tokens.*Export the text part of the model alone/],
    ['per_layer_inputs', /embedding of the tokens/],
    ['pixel_values', /a picture.*Export the text part of the model alone/],
    ['image_features', /a picture/],
    ['input_features', /sound.*Export the text part of the model alone/],
  ])('refuses %s by name, with what it is and the way out', (name, words) => {
    const read = (): unknown => readSignature(session([ids, tensor(name, 'float32', ['batch', 4])]), given);
    expect(read).toThrow(`Reading the graph model.onnx: input "${name}" is `);
    expect(read).toThrow(words);
  });

  it('refuses any other input by name', () => {
    expect(() => readSignature(session([ids, tensor('lora_rank', 'int64', [])]), given)).toThrow(
      /input "lora_rank" is not known\. Known: input_ids, .*use_cache_branch\. Export the model as a plain decoder/,
    );
  });

  it('takes inputs that an edit has added, and needs no logits from an edited graph', () => {
    const inputs = [ids, tensor('bias', 'float32', [1, 1, 's', 's'])];
    const outputs = [tensor('option_log_probs', 'float32', ['reads', 'options'])];
    const signature = readSignature(session(inputs, outputs), { ...given, added: new Set(['bias']) });
    expect(signature.logitsType).toBeNull();
    expect(() => readSignature(session(inputs), given)).toThrow('input "bias" is not known');
  });

  it('refuses a graph that is not a decoder', () => {
    const outputs = [tensor('last_hidden_state', 'float32', ['b', 's', 8])];
    expect(() => readSignature(session([ids], outputs), given)).toThrow(
      'expected an input "input_ids" and an output "logits", found input_ids, last_hidden_state',
    );
  });
});
