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

const given = { graph: 'model.onnx', headSize: 16, added: new Set<string>() };

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

  it('refuses a cache of another kind by name', () => {
    const inputs = [ids, tensor('past_conv.0', 'float32', ['batch', 4])];
    expect(() => readSignature(session(inputs), given)).toThrow(
      'Reading the graph model.onnx: input "past_conv.0" is not known.',
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
