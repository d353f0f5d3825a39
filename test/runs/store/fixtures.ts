import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { sha256OfText } from '../../../lib/files/hash.js';
import { type Manifest, STORE_CONTRACT } from '../../../lib/runs/store/index.js';
import type { Reading } from '../../../lib/types.js';

const hash = 'ab'.repeat(32);

/** A scored reading; different numbers give different keys. */
export function exampleReading(number: number, changes: Partial<Reading> = {}): Reading {
  return {
    model: 'mini',
    variable: `Q${number}`,
    country: 'NLD',
    template: 'default',
    order: 'given',
    format: 'plain',
    readingKind: 'letter',
    promptHash: hash,
    tokenIdsHash: hash,
    tokenCount: 80,
    status: 'scored',
    reason: null,
    optionCodes: [1, 2, 3],
    optionTokenIds: [11, 12, 13],
    optionLogProbs: [-0.1 - number, -1 / 3, -2.5],
    optionProbabilities: [0.1, 0.2, 0.7],
    optionMass: 0.93,
    meanScore: 0.6,
    topTokens: [
      { tokenId: 11, text: ' A', logProb: -0.25 },
      { tokenId: 5, text: '\n', logProb: -3.5 },
    ],
    optionTokenCounts: null,
    ...changes,
  };
}

/** A prompt that was asked and could not be scored. */
export function unscoredReading(number: number): Reading {
  return exampleReading(number, {
    country: null,
    status: 'unscored',
    reason: 'The token border moves.',
    optionCodes: [],
    optionTokenIds: [],
    optionLogProbs: [],
    optionProbabilities: [],
    optionMass: null,
    meanScore: null,
    topTokens: [],
  });
}

/** Readings with the keys first, first + 1 ... */
export function exampleReadings(first: number, count: number): Reading[] {
  return Array.from({ length: count }, (_, row) => exampleReading(first + row));
}

export function exampleManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    contract: STORE_CONTRACT,
    status: 'running',
    study: 'test',
    origin: null,
    model: {
      name: 'mini',
      engine: 'onnx',
      dtype: 'float32',
      provider: 'cpu',
      vocabularySize: 512,
      selfTest: {
        way: 'packed-rows',
        whyNotPacked: null,
        median: 1.5e-7,
        largest: 2e-6,
        tolerance: 1e-4,
      },
      identity: 'c0'.repeat(32),
    },
    settings: {
      templates: ['default'],
      orders: ['given', 'reversed'],
      formats: ['plain', 'chat'],
      countries: [null, 'NLD'],
      items: ['Q1', 'Q2'],
      readingKinds: ['letter', 'answer-text'],
      chat: { date: '2024-07-01', system: null },
      topTokens: 5,
    },
    plan: {
      kind: 'packed-rows',
      reason: 'the default',
      units: [{ prompts: [0, 2, 4] }, { prompts: [1] }, { prompts: [] }],
      cost: {
        promptTokens: 50,
        distinctTokens: 20,
        computedTokens: 21,
        longestRun: 12,
        megabytes: 1,
        seconds: 0.25,
        rowBudget: {
          tokens: 12,
          reason: 'the fastest',
          memoryMegabytes: 256,
          timings: [{ budget: 12, tokens: 12, prompts: 3, seconds: 0.1, planTokens: 21, planSeconds: 0.25 }],
        },
      },
    },
    promptsHash: sha256OfText('a, b'),
    promptCount: 5,
    versions: { node: 'v20.19.0', duckdb: '1.5' },
    identity: 'd1'.repeat(32),
    startedAt: '2026-11-21T09:00:00.000Z',
    finishedAt: null,
    ...changes,
  };
}

/** Makes new empty folders that are removed after each test. */
export function temporaryFolders(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'culture-lens-store-'));
    made.push(folder);
    return folder;
  };
}
