import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { sha256OfFile } from '../../lib/files/hash.js';
import { findModelFiles } from '../../lib/inference/model-files.js';
import { readModelSettings } from '../../lib/inference/model-settings.js';
import { openOnnxModel } from '../../lib/inference/onnx-model.js';
import { folderSource } from '../../lib/runs/models/folder-source.js';
import type { EncodedPrompt, LanguageModel } from '../../lib/types.js';
import { onTheCpu } from '../support/open-settings.js';

/** Written by test/oracle/make_onnx_fixtures.py from Python transformers in float32. */
interface Expected {
  readonly listedTokenIds: readonly number[];
  readonly sequences: readonly {
    readonly tokenIds: readonly number[];
    readonly logProbs: readonly number[];
  }[];
}

const fixture = (name: string): string => projectPath('test', 'fixtures', 'onnx', name);
const opened: LanguageModel[] = [];

async function open(folder: string): Promise<LanguageModel> {
  const model = await openOnnxModel({
    name: 'fixture',
    graph: findModelFiles(folder).graph,
    ...onTheCpu,
    threads: 1,
    identity: 'x',
    ...readModelSettings(folder),
  });
  opened.push(model);
  return model;
}

/** A prompt in ids whose "options" are the listed tokens: their log-probabilities are what the oracle knows. */
const asking = (tokenIds: readonly number[], listed: readonly number[]): EncodedPrompt =>
  ({
    tokenIds,
    optionTokens: listed.map((tokenId) => ({ tokenId, text: String(tokenId) })),
  }) as unknown as EncodedPrompt;

function copyOf(name: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'onnx-')), name);
  cpSync(fixture(name), folder, { recursive: true });
  return folder;
}

afterAll(async () => {
  await Promise.all(opened.map((model) => model.close()));
});

describe.each([
  ['plain', 'position ids and caches', 1e-4],
  ['no-position-ids', 'GroupQueryAttention, no position ids, head size left open', 1e-4],
  ['no-cache', 'no caches', 1e-4],
  ['external-data', 'weights in a second file', 1e-4],
  // Halves between 8 and 16 are 1/128 apart, so two roundings of a logit may differ by 1/64.
  ['fp16', 'float16 logits and caches', 1 / 64],
])('the %s export (%s)', (name, _, tolerance) => {
  const expected = JSON.parse(readFileSync(join(fixture(name), 'expected.json'), 'utf8')) as Expected;
  const prompts = expected.sequences.map(({ tokenIds }) => asking(tokenIds, expected.listedTokenIds));

  it('gives the log-probabilities of Python transformers, alone and in batches, whatever the order', async () => {
    const model = await open(fixture(name));
    // Each sequence three times, so that equal lengths meet in one run.
    const readings = await model.optionLogProbs([...prompts, ...[...prompts].reverse(), ...prompts]);
    const order = [...prompts.keys(), ...[...prompts.keys()].reverse(), ...prompts.keys()];
    expect(readings).toHaveLength(order.length);
    for (const [place, index] of order.entries()) {
      const reading = readings[place];
      expect(reading?.kind).toBe('read');
      const difference = expected.sequences[index]?.logProbs.map((logProb, token) =>
        Math.abs(
          logProb - (reading?.kind === 'read' ? (reading.optionLogProbs[token] ?? Number.NaN) : Number.NaN),
        ),
      );
      expect(Math.max(...(difference ?? [Number.NaN]))).toBeLessThan(tolerance);
    }
  });

  it('is caught when a token changes: the comparison can fail', async () => {
    const model = await open(fixture(name));
    const [first] = expected.sequences.filter(({ tokenIds }) => tokenIds.length > 4);
    const changed = (first?.tokenIds ?? []).map((id, place) => (place === 1 ? (id + 1) % 290 : id));
    const [reading] = await model.optionLogProbs([asking(changed, expected.listedTokenIds)]);
    const logProbs = reading?.kind === 'read' ? reading.optionLogProbs : [];
    const differences = logProbs.map((logProb, token) => Math.abs(logProb - (first?.logProbs[token] ?? 0)));
    expect(Math.max(...differences)).toBeGreaterThan(0.05);
  });
});

describe('continuations', () => {
  it('sum the log-probabilities of their tokens, each after all before it', async () => {
    const model = await open(fixture('plain'));
    const prompt = [1, 40, 77];
    const next = async (ids: readonly number[], token: number): Promise<number> => {
      const [reading] = await model.optionLogProbs([asking(ids, [token])]);
      return reading?.kind === 'read' ? (reading.optionLogProbs[0] ?? Number.NaN) : Number.NaN;
    };
    const byHand =
      (await next([1, 40, 77], 9)) + (await next([1, 40, 77, 9], 12)) + (await next([1, 40, 77, 9, 12], 45));
    const [[sum, single] = []] = await model.continuationLogProbs([prompt], [[[9, 12, 45], [9]]]);
    expect(sum?.tokens).toBe(3);
    expect(sum?.logProb).toBeCloseTo(byHand, 4);
    expect(single?.logProb).toBeCloseTo(await next(prompt, 9), 4);
  });

  it('refuse an empty continuation', async () => {
    const model = await open(fixture('plain'));
    await expect(model.continuationLogProbs([[1]], [[[]]])).rejects.toThrow('a continuation holds no token');
  });
});

describe('bad model folders', () => {
  const sourceOf = (folder: string) => folderSource({ name: 'bad', folder }, sha256OfFile);
  const openSource = (folder: string) => sourceOf(folder).open({ ...onTheCpu, threads: 1 });

  it('without a graph: says what is there and what is needed', () => {
    const folder = copyOf('plain');
    rmSync(join(folder, 'model.onnx'));
    expect(() => sourceOf(folder)).toThrow(
      `Opening the model folder ${folder}: there is no ONNX graph in it (found config.json`,
    );
    expect(() => sourceOf(folder)).toThrow('npx culture-lens convert');
  });

  it('with a graph cut short: names the file and the way out, before anything is loaded', () => {
    const folder = copyOf('plain');
    truncateSync(join(folder, 'model.onnx'), 100_000);
    expect(() => sourceOf(folder)).toThrow(`the graph ${join(folder, 'model.onnx')}`);
    expect(() => sourceOf(folder)).toThrow(/The file may be cut short.*copy it again/);
  });

  it('with its external data missing: names the data, before anything is loaded', () => {
    const folder = copyOf('external-data');
    rmSync(join(folder, 'model.onnx_data'));
    expect(() => sourceOf(folder)).toThrow('its weights lie in model.onnx_data, which is not there');
    expect(() => sourceOf(folder)).toThrow('Put it beside the graph, under that very name.');
  });

  it('whose weights are NaN: says so at load', async () => {
    const folder = copyOf('external-data');
    const data = join(folder, 'model.onnx_data');
    // All bits set is NaN in float32.
    writeFileSync(data, Buffer.alloc(readFileSync(data).length, 0xff));
    await expect(openSource(folder)).rejects.toThrow('it returns NaN or infinite logits for ordinary tokens');
  });

  it("with another model's tokenizer: names both sizes", async () => {
    const folder = copyOf('plain');
    cpSync(
      projectPath('data', 'models', 'mini', 'mini-100k', 'tokenizer.json'),
      join(folder, 'tokenizer.json'),
    );
    await expect(openSource(folder)).rejects.toThrow(
      /tokenizer.json knows 1536 token ids, but the graph returns \d+ logits/,
    );
  });

  it('without a tokenizer, or with a broken one: names the file', async () => {
    const folder = copyOf('plain');
    writeFileSync(join(folder, 'tokenizer.json'), '{"version": "1.0", "model": ');
    await expect(openSource(folder)).rejects.toThrow(`${join(folder, 'tokenizer.json')} is not valid JSON`);
    writeFileSync(join(folder, 'tokenizer.json'), '{"version": "1.0"}');
    await expect(openSource(folder)).rejects.toThrow('model: Invalid input: expected object');
    rmSync(join(folder, 'tokenizer.json'));
    expect(() => sourceOf(folder)).toThrow(`Opening the model folder ${folder}: tokenizer.json is missing.`);
    cpSync(join(fixture('plain'), 'tokenizer.json'), join(folder, 'tokenizer.json'));
    rmSync(join(folder, 'tokenizer_config.json'));
    expect(() => sourceOf(folder)).toThrow('tokenizer_config.json cannot be read');
  });
});
