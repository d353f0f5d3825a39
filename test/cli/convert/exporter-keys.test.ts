import { beforeAll, describe, expect, it } from 'vitest';
import { findPythonToBuildWith, type PythonCommand } from '../../../lib/cli/python/python.js';
import { runProcess } from '../../../lib/cli/python/run-process.js';
import { projectPath } from '../../../lib/files/data-folder.js';

const CODE = `
import json, sys
sys.path.insert(0, sys.argv[1])
from exporter_keys import with_exporter_keys
config = json.loads(sys.argv[2])
print(json.dumps({key: value for key, value in with_exporter_keys(config, sys.argv[3]).items() if config.get(key, ...) != value}))
`;

let python: PythonCommand;
beforeAll(async () => {
  python = await findPythonToBuildWith({ what: 'Testing', oldest: { major: 3, minor: 10 }, retry: 'repeat' });
});

/** What is written beside what transformers 5 wrote. */
async function added(config: object, exporter = 'optimum'): Promise<unknown> {
  const home = projectPath('data', 'models', 'convert');
  const words = ['-c', CODE, home, JSON.stringify(config), exporter];
  const { standardOutput, standardError } = await runProcess(python.program, [
    ...python.leadingArguments,
    ...words,
  ]);
  expect(standardError).toBe('');
  return JSON.parse(standardOutput);
}

const rotary = { rope_type: 'default', rope_theta: 500 };

describe('older names of keys in config.json', () => {
  it('the rotary base, and no scaling where there is none', async () => {
    expect(await added({ rope_parameters: rotary })).toEqual({ rope_theta: 500, rope_scaling: null });
  });

  it('scaling, with the keys that its kind has', async () => {
    const llama3 = { rope_type: 'llama3', rope_theta: 500, factor: 8, low_freq_factor: 1 };
    expect(await added({ rope_parameters: llama3 })).toEqual({
      rope_theta: 500,
      rope_scaling: { rope_type: 'llama3', type: 'llama3', factor: 8, low_freq_factor: 1 },
    });
    const factors = { short_factor: [1], long_factor: [2] };
    const longrope = {
      rope_type: 'longrope',
      rope_theta: 500,
      ...factors,
      original_max_position_embeddings: 32,
    };
    expect(await added({ rope_parameters: longrope })).toEqual({
      rope_theta: 500,
      rope_scaling: { type: 'longrope', ...factors },
    });
  });

  it('two bases, one for each kind of layer', async () => {
    const both = { full_attention: rotary, sliding_attention: { rope_type: 'default', rope_theta: 100 } };
    expect(await added({ rope_parameters: both })).toEqual({
      rope_theta: 500,
      rope_scaling: null,
      rope_local_base_freq: 100,
    });
  });

  it('the rotated part of a head, which GPT-NeoX calls otherwise', async () => {
    const part = { ...rotary, partial_rotary_factor: 0.25 };
    const rest = { rope_theta: 500, rope_scaling: null };
    expect(await added({ rope_parameters: part })).toEqual({ ...rest, partial_rotary_factor: 0.25 });
    expect(await added({ model_type: 'gpt_neox', rope_parameters: part })).toEqual({
      ...rest,
      rotary_emb_base: 500,
      rotary_pct: 0.25,
    });
  });

  it('the number of experts; the sliding layers of Mistral, for the builder only', async () => {
    expect(await added({ num_local_experts: 3 })).toEqual({ num_experts: 3 });
    const mistral = { model_type: 'mistral', sliding_window: 16, num_hidden_layers: 2 };
    expect(await added(mistral)).toEqual({});
    expect(await added(mistral, 'genai')).toEqual({
      layer_types: ['sliding_attention', 'sliding_attention'],
    });
  });

  it('what is there already stays', async () => {
    expect(await added({ rope_theta: 7, rope_scaling: { factor: 2 }, rope_parameters: rotary })).toEqual({});
  });
});
