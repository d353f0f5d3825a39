import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { type ChosenReader, chooseReader } from '../../lib/inference/choose-reader.js';
import { findModelFiles } from '../../lib/inference/model-files.js';
import { readModelSettings } from '../../lib/inference/model-settings.js';
import { onTheCpu } from '../support/open-settings.js';

/** Written by test/oracle/make_family_fixtures.py from Python transformers in float32 with eager attention. */
interface Expected {
  readonly listedTokenIds: readonly number[];
  readonly sequences: readonly {
    readonly tokenIds: readonly number[];
    readonly logProbs: readonly number[];
  }[];
}

const FLOAT32_TOLERANCE = 1e-4;
const families = projectPath('test', 'fixtures', 'onnx', 'families');

const PACKED = [
  'cohere',
  'falcon-multi-query',
  'falcon-new-decoder',
  'gemma',
  'gemma-builder',
  'gemma2',
  'gemma2-builder',
  'gemma3',
  'gpt-neox',
  'gpt2',
  'gpt2-merged',
  'llama-logits-to-keep',
  'llama-merged',
  'granite',
  'granite-builder',
  'llama-multi-head',
  'llama-multi-head-repeated',
  'llama-onnx-folder',
  'llama-rotary-outside',
  'llama-standard-causal',
  'llama-standard-masked',
  'llama-without-positions',
  'llama3',
  'llama3-builder',
  'mistral',
  'mistral-builder',
  'olmo',
  'olmo2',
  'opt',
  'opt-without-positions',
  'phi',
  'phi-builder',
  'phi3',
  'phi3-longrope',
  'phi4-mini-builder',
  'qwen2',
  'qwen2-builder',
  'qwen3',
  'qwen3-builder',
  'qwen3-moe',
  'qwen3-split-data',
  'smollm3',
  'stablelm',
];

// In float16 or four bits; test/oracle/families.test.ts compares each prompt alone with Python transformers.
const PACKED_IN_LESS = [
  'gemma3-fp16',
  'gpt-neox-fp16',
  'llama-builder-fp16',
  'llama-int4',
  'qwen2-fp16',
  'qwen2-int4',
];

const WHOLE: readonly (readonly [string, RegExp])[] = [
  ['bloom', /ALiBi/],
  ['falcon-alibi', /ALiBi/],
  ['mpt', /ALiBi/],
  ['llama-int8', /beside another prompt, a log-probability moves by/],
];

const opened: ChosenReader[] = [];
const notices: string[] = [];

async function open(folder: string, packing: 'auto' | 'off' = 'auto'): Promise<ChosenReader> {
  const chosen = await chooseReader({
    graph: findModelFiles(folder).graph,
    ...readModelSettings(folder),
    ...onTheCpu,
    packing,
    threads: 1,
    onNotice: (line) => notices.push(line),
  });
  opened.push(chosen);
  return chosen;
}

afterAll(async () => {
  await Promise.all(opened.map(({ reader }) => reader.release()));
});

it('every family is either packed or not, for a reason; two cannot be read at all', () => {
  const unreadable = ['llama-bfloat16', 'mistral-window-cache'];
  const known = [...PACKED, ...PACKED_IN_LESS, ...WHOLE.map(([name]) => name), ...unreadable].sort();
  expect(readdirSync(families).sort()).toEqual(known);
});

describe.each(PACKED)('%s', (name) => {
  it('is packed, and gives the log-probabilities of Python transformers that way', async () => {
    const { reader, selfTest } = await open(join(families, name));
    expect(selfTest).toMatchObject({ way: 'packed-rows', whyNotPacked: null, tolerance: FLOAT32_TOLERANCE });
    const { listedTokenIds, sequences } = await sequencesWithin(reader, name);
    const readings = await readLast(reader, sequences, listedTokenIds);
    const expected = sequences.map(({ logProbs }) => logProbs);
    expect(largestDifference(readings, expected)).toBeLessThan(FLOAT32_TOLERANCE);
  });
});

describe.each(PACKED_IN_LESS)('%s', (name) => {
  it('is packed, and gives its own log-probabilities of prompts alone that way', async () => {
    const { reader, selfTest } = await open(join(families, name));
    expect(selfTest).toMatchObject({ way: 'packed-rows', whyNotPacked: null });
    const { listedTokenIds, sequences } = await sequencesWithin(reader, name);
    const packed = await readLast(reader, sequences, listedTokenIds);
    const alone = await open(join(families, name), 'off');
    const single: number[][] = [];
    for (const sequence of sequences) {
      single.push(...(await readLast(alone.reader, [sequence], listedTokenIds)));
    }
    expect(largestDifference(packed, single)).toBeLessThan(selfTest.tolerance);
    // Another sequence's numbers are not within it.
    expect(largestDifference(packed, [...single].reverse())).toBeGreaterThan(10 * selfTest.tolerance);
  });
});

/** What a reader may be asked: longer than its window, a sequence is refused with the way out; see plan-rows.test.ts. */
async function sequencesWithin(reader: ChosenReader['reader'], name: string): Promise<Expected> {
  const text = readFileSync(join(families, name, 'expected.json'), 'utf8');
  const { listedTokenIds, sequences } = JSON.parse(text) as Expected;
  const bound = await longestRead(reader.plan, sequences);
  const within = sequences.filter(({ tokenIds }) => tokenIds.length <= bound);
  expect(within.length).toBeGreaterThan(2);
  return { listedTokenIds, sequences: within };
}

/** Log-probabilities of the listed tokens after each sequence, all asked at once. */
async function readLast(
  reader: ChosenReader['reader'],
  sequences: Expected['sequences'],
  tokenIds: readonly number[],
): Promise<number[][]> {
  const asked = sequences.map((one) => ({
    tokenIds: one.tokenIds,
    reads: [{ place: one.tokenIds.length - 1, tokenIds }],
  }));
  return (await reader.read(asked)).map(([reading]) => [...(reading?.logProbs ?? [])]);
}

function largestDifference(
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): number {
  const apart = one.flatMap((row, index) =>
    row.map((value, token) => Math.abs(value - (other[index]?.[token] ?? Number.NaN))),
  );
  return apart.length === 0 ? Number.NaN : Math.max(...apart);
}

/** Tokens of the longest sequence that a reader plans; the error names the bound. */
async function longestRead(
  plan: ChosenReader['reader']['plan'],
  sequences: Expected['sequences'],
): Promise<number> {
  try {
    await plan(sequences.map(({ tokenIds }) => tokenIds));
    return Number.POSITIVE_INFINITY;
  } catch (error) {
    return Number(/Expected at most (\d+)/.exec(String(error))?.[1]);
  }
}

describe.each(WHOLE)('%s', (name, reason) => {
  it('runs whole prompts, and says why where people and programs see it', async () => {
    notices.length = 0;
    const { selfTest, reader } = await open(join(families, name));
    expect(selfTest.way).not.toBe('packed-rows');
    expect(selfTest.whyNotPacked).toMatch(reason);
    expect(notices.join()).toMatch(reason);
    const plan = await reader.plan([[1, 2], [1]]);
    expect(plan.kind).toBe(selfTest.way);
    expect(plan.reason).toMatch(reason);
  });
});

describe('opening a model folder', () => {
  it.each(['gpt2', 'phi3', 'qwen3'])('leaves %s as it was: no file added, none touched', async (name) => {
    const folder = join(families, name);
    const state = (): string[] =>
      readdirSync(folder).map((file) => {
        const { size, mtimeMs, ctimeMs } = statSync(join(folder, file));
        return `${file} ${size} ${mtimeMs} ${ctimeMs}`;
      });
    const before = state();
    await open(folder);
    expect(state()).toEqual(before);
  });
});
