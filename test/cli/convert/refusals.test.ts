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

  it.each<[string, Uint8Array, RegExp]>([
    ['that is none', Buffer.from('GGML1234'), /begins with b'GGML'.*Expected a little-endian GGUF file/],
    ['that breaks off', gguf(llama).slice(0, -4), /its header breaks off or is damaged/],
    [
      'of another architecture',
      gguf({ 'general.architecture': 'gemma2' }),
      /architecture is gemma2\. Expected llama\. Convert the original safetensors/,
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
  ])('%s', async (_, content, words) => {
    await expectRefused(written(content), words);
  });
});

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
