import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pythonInside } from '../../lib/cli/python/python.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { fetchLlamaCppSource } from '../bench/setup/llama-cpp-source.js';
import {
  convert,
  converter,
  type Expected,
  type Exporter,
  largestDifference,
  prepareEnvironments,
  python,
  ROUNDING,
} from './converting.js';

interface ExpectedOfOriginal extends Expected {
  readonly chatTemplate: string;
  readonly special: Readonly<Record<string, number>>;
}

const CASES: readonly { readonly source: string; readonly exporter: Exporter }[] = [
  { source: 'qwen2', exporter: 'genai' },
  { source: 'qwen2+untied', exporter: 'optimum' },
  { source: 'qwen3', exporter: 'optimum' },
  { source: 'qwen3+untied', exporter: 'genai' },
];
const results = projectPath('test', 'results', 'convert-gguf');
const sources = join(results, 'checkpoints');
const gguf = (source: string): string => join(sources, 'gguf', `${source}.gguf`);

beforeAll(async () => {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await prepareEnvironments();
  // Outside the project: the source holds thousands of files that its own tools would take for ours.
  const folder = mkdtempSync(join(tmpdir(), 'culture-lens-llama.cpp-'));
  try {
    const llamaCpp = await fetchLlamaCppSource(pythonInside(join(converter, '.venv-exporter')), folder);
    const names = CASES.map(({ source }) => source);
    python(projectPath('test', 'convert', 'make_gguf.py'), llamaCpp, sources, ...names);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe.each(CASES)("llama.cpp's GGUF of $source, $exporter", ({ source, exporter }) => {
  it('becomes a folder that says what transformers says of the checkpoint before it was GGUF', async () => {
    const out = join(results, `${source}-${exporter}`);
    const { status, stdout, stderr } = convert(gguf(source), out, { exporter, dtype: 'fp32' });
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('12 of 12 prompts have the tokens of transformers');
    const original = join(sources, source);
    const expected = JSON.parse(readFileSync(`${original}.json`, 'utf8')) as ExpectedOfOriginal;
    expect(readFileSync(join(out, 'chat_template.jinja'), 'utf8')).toBe(expected.chatTemplate);
    const ends = JSON.parse(readFileSync(join(out, 'generation_config.json'), 'utf8')) as object;
    expect(ends).toMatchObject(expected.special);
    const listed = await largestDifference(out, expected);
    // Of the whole vocabulary, over the dozen prompts of every conversion, as the original's tokenizer reads them.
    const whole = largestOfAll(python(join(converter, 'verify.py'), original, out));
    console.log(
      `${source} ${exporter}: ${listed.toExponential(1)} nats, all tokens ${whole.toExponential(1)}`,
    );
    expect(Math.max(listed, whole)).toBeLessThan(ROUNDING);
  });
});

function largestOfAll(printed: string): number {
  const { differences } = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as {
    readonly differences: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  };
  const values = Object.values(differences).flatMap((measured) => Object.values(measured));
  expect(values.length).toBeGreaterThan(0);
  return Math.max(...values.map((value) => value ?? Number.NaN));
}

describe('a GGUF file whose tokenizer would be read otherwise in silence', () => {
  const written = (bytes: Buffer): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'gguf-')), 'model.gguf');
    writeFileSync(path, bytes);
    return path;
  };
  /** The same file with bytes of its header replaced by as many others. */
  const changed = (from: Buffer, to: Buffer): Buffer => {
    const bytes = readFileSync(gguf('qwen3'));
    const at = bytes.indexOf(from);
    expect(at).toBeGreaterThan(0);
    to.copy(bytes, at);
    return bytes;
  };
  const refused = (path: string): string => {
    const parent = mkdtempSync(join(results, 'refused-'));
    const { status, stderr } = convert(path, join(parent, 'out'), { exporter: null, dtype: 'fp32' });
    expect(status).toBe(1);
    expect(readdirSync(parent)).toEqual([]);
    return stderr;
  };

  it('is refused when an added token has letters that no byte-level vocabulary has', () => {
    const path = written(changed(Buffer.from('<|im_start|>'), Buffer.from('<｜starts|>')));
    expect(refused(path)).toMatch(
      /of its added tokens are cut into pieces by transformers.*tokenizer_config\.json/,
    );
  });

  it('is taken with another pre-tokenizer when the original tokenizer lies beside it', () => {
    const key = Buffer.from('tokenizer.ggml.pre');
    const value = (name: string): Buffer =>
      Buffer.concat([key, Buffer.from([8, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(name)]);
    const path = written(changed(value('qwen2'), value('qwen9')));
    expect(refused(path)).toMatch(/pre-tokenizer qwen9, which was not held against .*Lay tokenizer\.json/);
    for (const name of ['tokenizer.json', 'tokenizer_config.json']) {
      writeFileSync(join(path, '..', name), readFileSync(join(sources, 'qwen3', name)));
    }
    const { status, stderr } = convert(path, join(results, 'own-tokenizer'), {
      exporter: 'genai',
      dtype: 'fp32',
    });
    expect(status, stderr).toBe(0);
  });
});
