import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { checkCard } from '../../lib/runs/models/check-card.js';
import {
  convert,
  type Expected,
  type Exporter,
  largestDifference,
  prepareEnvironments,
  program,
  python,
  ROUNDING,
  type Wanted,
} from './converting.js';

interface Case extends Wanted {
  readonly source: string;
  /** Of a log-probability, from transformers on the checkpoint as it is, in nats; fewer bits are only kept within reason. */
  readonly bound: number;
}

const SIXTEEN_BITS = 0.05;
const EIGHT_BITS = 1;
const FOUR_BITS = 3;
const results = projectPath('test', 'results', 'convert');
const sources = join(results, 'checkpoints');
const real = projectPath('data', 'models', 'smollm2-135m-instruct', 'out');

const TINY: readonly Case[] = [
  { source: 'llama+sharded', exporter: null, dtype: 'fp32', bound: ROUNDING },
  { source: 'llama+bfloat16', exporter: 'optimum', dtype: 'fp32', bound: ROUNDING },
  { source: 'llama+sentencepiece', exporter: 'genai', dtype: 'fp32', bound: ROUNDING },
  { source: 'gpt2', exporter: null, dtype: 'fp32', bound: ROUNDING },
  { source: 'qwen3', exporter: 'genai', dtype: 'fp32', bound: ROUNDING },
  { source: 'qwen3', exporter: 'optimum', dtype: 'fp16', bound: SIXTEEN_BITS },
  { source: 'qwen3', exporter: 'genai', dtype: 'int8', bound: EIGHT_BITS },
  { source: 'qwen3', exporter: 'optimum', dtype: 'int8', bound: EIGHT_BITS },
  { source: 'qwen3', exporter: 'genai', dtype: 'int4', bound: FOUR_BITS },
  { source: 'qwen3-moe', exporter: null, dtype: 'fp32', bound: ROUNDING },
  { source: 'gemma2', exporter: 'genai', dtype: 'fp32', bound: ROUNDING },
  { source: 'gemma3', exporter: 'optimum', dtype: 'fp32', bound: ROUNDING },
  { source: 'mistral', exporter: 'genai', dtype: 'fp32', bound: ROUNDING },
  { source: 'phi3', exporter: 'genai', dtype: 'fp32', bound: ROUNDING },
  { source: 'gpt-neox', exporter: null, dtype: 'fp32', bound: ROUNDING },
];
const REAL: readonly (Omit<Case, 'bound' | 'exporter'> & { readonly exporter: Exporter })[] = [
  { source: 'gguf/SmolLM2-135M-Instruct.Q4_1.gguf', exporter: 'genai', dtype: 'fp32' },
  { source: 'hf', exporter: 'optimum', dtype: 'fp16' },
  { source: 'hf', exporter: 'optimum', dtype: 'int8' },
  { source: 'hf', exporter: 'genai', dtype: 'int4' },
];

beforeAll(async () => {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await prepareEnvironments();
  const names = [...new Set(TINY.map(({ source }) => source))];
  python(projectPath('test', 'convert', 'make_checkpoints.py'), sources, ...names);
});

describe.each(TINY)('$source, $exporter, $dtype', ({ source, exporter, dtype, bound }) => {
  it('becomes a folder that says what transformers says of the checkpoint', async () => {
    const out = join(results, `${source}-${exporter}-${dtype}`);
    const { status, stdout, stderr } = convert(join(sources, source), out, { exporter, dtype });
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^way: (packed-rows|equal-length-batches|single-prompts) \(/);
    expect(stdout).toContain('12 of 12 prompts have the tokens of transformers');
    expect(await checkCard(out)).toEqual(
      expect.arrayContaining(['model.onnx', 'config.json', 'tokenizer.json']),
    );
    const expected = JSON.parse(readFileSync(join(sources, `${source}.json`), 'utf8')) as Expected;
    const largest = await largestDifference(out, expected);
    console.log(`${source} ${exporter} ${dtype}: ${largest.toExponential(1)} nats`);
    expect(largest).toBeLessThan(bound);
  });
});

describe.runIf(existsSync(join(real, 'hf')))('SmolLM2-135M-Instruct', () => {
  it.each(REAL)('$source, $exporter, $dtype', async (one) => {
    const out = join(results, `smollm2-${one.exporter}-${one.dtype}`);
    const { status, stdout, stderr } = convert(join(real, one.source), out, one);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('12 of 12 prompts have the tokens of transformers');
    expect(await checkCard(out)).toContain('model.onnx');
    const card = JSON.parse(readFileSync(join(out, 'card.json'), 'utf8')) as {
      readonly comparedWithTransformersFloat32: { readonly continues: object };
    };
    expect(card.comparedWithTransformersFloat32.continues).toEqual({ 'The capital of France is': ' Paris' });
  });
});

describe('what goes wrong leaves nothing', () => {
  it('an export that lost something is refused by the comparison', () => {
    const parent = join(results, 'lost');
    mkdirSync(parent);
    // torch's fused attention, which optimum exports, has no soft cap.
    const { status, stderr } = convert(join(sources, 'gemma2'), join(parent, 'out'), {
      exporter: 'optimum',
      dtype: 'fp32',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /Comparing fp32 with transformers in float32: a log-probability differs by .* --exporter/,
    );
    expect(readdirSync(parent)).toEqual([]);
  });

  it('Ctrl-C ends the exporters and clears up', async () => {
    const parent = join(results, 'stopped');
    mkdirSync(parent);
    const words = [program, 'convert', join(sources, 'llama+sharded'), join(parent, 'out')];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    while (child.exitCode === null && !said.includes('exporting with')) {
      await pause(20);
    }
    await pause(1000);
    expect(readdirSync(parent)).toHaveLength(1);
    child.kill('SIGINT');
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    expect(said).toContain('Stopped: nothing was kept.');
    expect(status).toBe(130);
    expect(readdirSync(parent)).toEqual([]);
  });
});
