import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runConverter } from '../../../lib/cli/convert/run-converter.js';
import { findPythonToBuildWith, type PythonCommand } from '../../../lib/cli/python/python.js';
import { runProcess } from '../../../lib/cli/python/run-process.js';
import { projectPath } from '../../../lib/files/data-folder.js';
import { gguf, safetensors, tinyCheckpoint } from './tiny-checkpoint.js';

let python: PythonCommand;
const json = JSON.stringify;

beforeAll(async () => {
  python = await findPythonToBuildWith({ what: 'Testing', oldest: { major: 3, minor: 10 }, retry: 'repeat' });
});

async function refusal(source: string, out: string, ...more: string[]): Promise<string> {
  const { signal } = new AbortController();
  const words = [source, out, ...more];
  return runConverter({ python, words, signal, onLine: () => {} }).then(
    (outcome) => `no refusal: ${outcome.kind}`,
    (error: unknown) => String(error),
  );
}

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'converted-'));

/** Says no, in the given words, and makes nothing. */
async function expectRefused(source: string, words: RegExp, ...more: string[]): Promise<void> {
  const parent = emptyFolder();
  expect(await refusal(source, join(parent, 'out'), ...more)).toMatch(words);
  expect(readdirSync(parent)).toEqual([]);
}

describe('a folder is refused before anything heavy', () => {
  it.each<[string, Record<string, string | Uint8Array | null>, RegExp]>([
    [
      'without config.json',
      { 'config.json': null },
      /config\.json is missing, found model\.safetensors, token/,
    ],
    ['with a damaged config.json', { 'config.json': '{' }, /Reading .*config\.json: .*Expected JSON/],
    [
      'with pickled weights',
      { 'model.safetensors': null, 'pytorch_model.bin': 'x' },
      /pytorch_model\.bin, a pickle, which can run any code .*Expected \*\.safetensors.*save_pretrained/,
    ],
    ['of an adapter', { 'adapter_config.json': '{}' }, /adapter \(LoRA\).*merge_and_unload/],
    [
      'that wants to run code of its own',
      {
        'config.json': json({
          architectures: ['OwnForCausalLM'],
          auto_map: { AutoModelForCausalLM: 'own.py' },
        }),
      },
      /OwnForCausalLM brings code of its own.*never run here/,
    ],
    [
      'of an unknown architecture',
      { 'config.json': json({ architectures: ['MambaForCausalLM'] }) },
      /the architecture in config\.json is MambaForCausalLM, which neither exporter knows.*LlamaForCausalLM/,
    ],
    [
      'with quantised weights',
      {
        'config.json': json({
          architectures: ['LlamaForCausalLM'],
          quantization_config: { quant_method: 'gptq' },
        }),
      },
      /names a quantisation \(gptq\).*--dtype int8 or int4/,
    ],
    [
      'with a missing shard',
      { 'model.safetensors.index.json': json({ weight_map: { a: 'model-1.safetensors' } }) },
      /names model-1\.safetensors, missing.*Fetch the rest/,
    ],
    [
      'without weights',
      { 'model.safetensors': null },
      /found no \*\.safetensors. Expected model\.safetensors/,
    ],
    [
      'with an LFS pointer for weights',
      { 'model.safetensors': 'version https://git-lfs.github.com/spec/v1\n' },
      /Git LFS pointer.*git lfs pull/,
    ],
    [
      'with weights that are cut off',
      { 'model.safetensors': safetensors().slice(0, -3) },
      /its header tells of \d+\. Download it again, whole/,
    ],
    [
      'with something else for weights',
      { 'model.safetensors': 'x' },
      /does not begin like a safetensors file/,
    ],
    ['without a tokenizer', { 'tokenizer.json': null }, /it has no tokenizer.*tokenizer\.model/],
  ])('%s', async (_, changes, words) => {
    await expectRefused(tinyCheckpoint(changes), words);
  });

  it('when the exporter that is asked for lacks the architecture', async () => {
    const source = tinyCheckpoint({ 'config.json': json({ architectures: ['GPT2LMHeadModel'] }) });
    await expectRefused(
      source,
      /builder does not know GPT2LMHeadModel.*--exporter optimum/,
      '--exporter',
      'genai',
    );
  });

  it('when there is nothing, or a file of another kind', async () => {
    await expectRefused(
      '/no/such/folder',
      /^InputError: Converting \/no\/such\/folder: it does not exist\. Expected/,
    );
    await expectRefused(projectPath('package.json'), /is neither a folder nor a \.gguf file/);
  });

  it('when --keep-source has no GGUF file to keep', async () => {
    await expectRefused(tinyCheckpoint(), /--keep-source is for GGUF files only/, '--keep-source');
  });
});

describe('a GGUF file is refused', () => {
  const written = (content: Uint8Array): string => {
    const path = join(emptyFolder(), 'model.gguf');
    writeFileSync(path, content);
    return path;
  };
  const llama = { 'general.architecture': 'llama' };
  const qwen2 = qwen('qwen2');
  const qwen3 = { ...qwen('qwen3'), 'qwen3.attention.key_length': 8, 'qwen3.attention.value_length': 8 };
  const AROUND = ['token_embd.weight', 'output_norm.weight'];
  const WEIGHTS = 'attn_norm attn_q attn_k attn_v attn_output ffn_norm ffn_gate ffn_up ffn_down'.split(' ');
  const layer = (...more: string[]): string[] =>
    [...WEIGHTS.map((name) => `${name}.weight`), ...more].map((name) => `blk.0.${name}`);
  const qwen2Tensors = [...AROUND, ...layer('attn_q.bias', 'attn_k.bias', 'attn_v.bias')];
  const qwen3Tensors = [...AROUND, ...layer('attn_q_norm.weight', 'attn_k_norm.weight')];

  it.each<[string, Uint8Array, RegExp]>([
    ['that is none', Buffer.from('GGML1234'), /begins with b'GGML'.*Expected a little-endian GGUF file/],
    ['that breaks off', gguf(llama).slice(0, -4), /its header breaks off or is damaged/],
    [
      'of another architecture',
      gguf({ 'general.architecture': 'gemma2' }),
      /architecture is gemma2\. Expected llama or qwen2 or qwen3\. Convert the original safetensors/,
    ],
    [
      'whose rotary scaling transformers would leave out',
      gguf(llama, ['token_embd.weight', 'rope_freqs.weight']),
      /it has rope_freqs\.weight, which transformers leaves out in silence.*original safetensors folder/,
    ],
    [
      'with a setting that transformers would leave out',
      gguf({ ...llama, 'llama.attention.sliding_window': '4096' }),
      /it has attention\.sliding_window, which transformers leaves out/,
    ],
    [
      'of experts',
      gguf({ 'general.architecture': 'qwen3moe' }),
      /architecture is qwen3moe\. Expected llama or qwen2 or qwen3\./,
    ],
    [
      'with experts under the name of a model without them',
      gguf({ ...qwen3, 'qwen3.expert_count': 4 }, qwen3Tensors),
      /it has expert_count, which transformers leaves out/,
    ],
    [
      'with scaled positions',
      gguf({ ...qwen3, 'qwen3.rope.scaling.type': 'yarn', 'qwen3.rope.scaling.factor': 4 }, qwen3Tensors),
      /it has rope\.scaling\.type, rope\.scaling\.factor, which/,
    ],
    [
      'with a window',
      gguf({ ...qwen2, 'qwen2.attention.sliding_window': 4096 }, qwen2Tensors),
      /it has attention\.sliding_window, which/,
    ],
    [
      'with a setting for each layer',
      gguf({ ...qwen2, 'qwen2.attention.head_count_kv': [1, 2] }, qwen2Tensors),
      /it has attention\.head_count_kv, which/,
    ],
    [
      'with biases that Qwen3 has not',
      gguf(qwen3, [...qwen3Tensors, 'blk.0.attn_q.bias']),
      /it has blk\.0\.attn_q\.bias, which/,
    ],
    [
      'without the biases of Qwen2',
      gguf(qwen2, [...AROUND, ...layer()]),
      /it lacks blk\.0\.attn_k\.bias, blk\.0\.attn_q\.bias, blk\.0\.attn_v\.bias, for which .*all that qwen2 needs/,
    ],
    [
      'without a number that transformers would make up',
      gguf({ 'general.architecture': 'qwen2', 'qwen2.block_count': 1 }),
      /it lacks attention\.head_count, attention\.head_count_kv, .*, feed_forward_length, for which/,
    ],
    [
      'whose heads are rotated in part',
      gguf({ ...qwen3, 'qwen3.rope.dimension_count': 4 }, qwen3Tensors),
      /it has rope\.dimension_count 4 where heads are 8 wide, which/,
    ],
    [
      'whose heads are wider than llama.cpp has them',
      gguf({ ...qwen2, 'qwen2.attention.key_length': 8 }, qwen2Tensors),
      /it has attention\.key_length 8 where heads are 4 wide, which/,
    ],
    [
      'whose pre-tokenizer was not held against the original',
      gguf({ ...qwen2, 'tokenizer.ggml.pre': 'deepseek-r1-qwen' }, qwen2Tensors),
      /its tokenizer is gpt2 with the pre-tokenizer deepseek-r1-qwen, .*Lay tokenizer\.json/,
    ],
    [
      'whose tokenizer is of another kind',
      gguf({ ...qwen3, 'tokenizer.ggml.model': 'llama' }, qwen3Tensors),
      /its tokenizer is llama with the pre-tokenizer qwen2, .*Lay tokenizer\.json/,
    ],
  ])('%s', async (_, content, words) => {
    await expectRefused(written(content), words);
  });
});

/** What llama.cpp's converter writes of a model of one layer with heads of 4. */
function qwen(kind: 'qwen2' | 'qwen3') {
  const sizes = { block_count: 1, context_length: 128, embedding_length: 16, feed_forward_length: 32 };
  const attention = { head_count: 4, head_count_kv: 2, layer_norm_rms_epsilon: 1 };
  const named = Object.entries({
    ...sizes,
    ...Object.fromEntries(Object.entries(attention).map(([key, value]) => [`attention.${key}`, value])),
  }).map(([key, value]) => [`${kind}.${key}`, value] as const);
  return {
    'general.architecture': kind,
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'qwen2',
    ...Object.fromEntries(named),
  };
}

describe('the output folder', () => {
  it('is never replaced unasked, and never when the source lies in it', async () => {
    const out = emptyFolder();
    writeFileSync(join(out, 'mine.txt'), 'mine');
    expect(await refusal(tinyCheckpoint(), out)).toMatch(/it is there already.*add --replace/);
    const source = tinyCheckpoint();
    expect(await refusal(source, source, '--replace')).toMatch(/the source .* lies there/);
    expect(readdirSync(out)).toEqual(['mine.txt']);
    expect(existsSync(join(source, 'model.safetensors'))).toBe(true);
  });
});

describe('without the environment of the exporters', () => {
  it('the converter ends with a status of its own, the place and the size, and makes nothing', async () => {
    const program = emptyFolder();
    const home = projectPath('data', 'models', 'convert');
    for (const name of readdirSync(home).filter((one) => /\.(py|txt)$/.test(one))) {
      cpSync(join(home, name), join(program, name));
    }
    const parent = emptyFolder();
    mkdirSync(join(parent, 'models'));
    const words = [join(program, 'convert.py'), tinyCheckpoint(), join(parent, 'models', 'out')];
    const result = await runProcess(python.program, [...python.leadingArguments, ...words]);
    expect(result.status).toBe(3);
    expect(result.standardError).toMatch(
      /^Converting .*checkpoint-\w+: the Python environment of the exporters is missing: .*\.venv-exporter, .*\.venv-optimum \(about 5\.1 GB/,
    );
    expect(readdirSync(join(parent, 'models'))).toEqual([]);
    expect(readdirSync(program).filter((name) => name.startsWith('.venv'))).toEqual([]);
  });
});
