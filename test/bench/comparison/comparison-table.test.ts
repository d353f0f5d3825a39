import { expect, it } from 'vitest';
import type { MeasuredPeer } from '../records.js';
import { comparisonTable, describePrompts, footnotes, timesFaster } from './comparison-table.js';

const row: MeasuredPeer = {
  peer: 'ort',
  label: 'whole prompts',
  format: 'plain',
  prompts: 100,
  setting: 'batch 8',
  version: 'runtime 1.0',
  trials: [
    { setting: 'batch 1', promptsPerSecond: 3 },
    { setting: 'batch 8', promptsPerSecond: 5 },
  ],
  seconds: [40, 20, 25],
  work: { tokens: 8000, attentionPairs: 1, outputRows: 1, tokensPerRun: 640.4 },
  distinctTokens: 1000,
  floatingPointOperations: 2e12,
  matMulPerSecond: 2e11,
  planSeconds: null,
  peakMemoryBytes: 1.5e9,
  weightsBytes: 0.5e9,
  difference: { reference: 'transformers', options: 300, missing: 0, median: 1e-6, largest: 3.2e-5 },
  notes: [],
};
const ours: MeasuredPeer = {
  ...row,
  peer: 'ours',
  label: 'culture-lens, plain-fp32',
  setting: 'packed-rows',
  trials: [],
  seconds: [0.5],
  planSeconds: 1.25,
  difference: null,
};
const ourOther: MeasuredPeer = { ...ours, label: 'culture-lens, genai-fp32', seconds: [0.4] };
const ourWhole: MeasuredPeer = { ...ours, prompts: 1000, seconds: [4] };
const rows = [ours, ourOther, row, ourWhole];

it('compares with the slower of our exports on the same prompts', () => {
  // Ours: 100 / .5 = 200 a second (the other export 250); the peer: 100 / 20 = 5.
  expect(timesFaster(row, rows)).toBe(40);
  expect(timesFaster(row, [row, ourWhole])).toBeNull();
  expect(timesFaster(row, [row, { ...ours, format: 'chat' }])).toBeNull();
});

it('shows the best and the median repeat, and everything as ratios', () => {
  const lines = comparisonTable(rows).split('\n');
  const cells = lines.map((line) => line.split(/ {2,}/));
  const peer = cells.find(([label]) => label === 'whole prompts');
  // 100 / 20 and 100 / 25 prompts/s; 8000 / 1000 tokens; 2e12 / 20 = 100 GFLOP/s of 200; 1.5 GB, 1 over the weights.
  expect(peer).toEqual([
    'whole prompts',
    'batch 8',
    '100',
    '5.0',
    '4.0',
    '40.0x',
    '8.00',
    '100',
    '50 %',
    '1.50',
    '1.00',
    '3.2e-5',
  ]);
});

it('shows a dash where memory or a difference is unknown', () => {
  const [, , line = ''] = comparisonTable([{ ...row, peakMemoryBytes: null, difference: null }]).split('\n');
  expect(line.split(/ {2,}/).slice(5)).toEqual(['–', '8.00', '100', '50 %', '–', '–', '–']);
});

it('says below the table what was tried and what is missing', () => {
  const missing = { ...row, difference: { ...row.difference, missing: 7 } as MeasuredPeer['difference'] };
  const [first, second] = footnotes([ours, { ...missing, notes: ['asks for 60 log-probabilities'] }]);
  expect(first).toContain('planned in 1.3 s, not counted');
  expect(second).toBe(
    'whole prompts (100 prompts): runtime 1.0; tried batch 1 3.0/s, batch 8 5.0/s; MatMul at 640 rows: 200 GFLOP/s; ' +
      '300 options compared with transformers; 7 options missing; asks for 60 log-probabilities',
  );
});

it('describes the prompts', () => {
  const facts = {
    format: 'plain' as const,
    template: 'people-answer',
    templateText: 'Q\n{country}:',
    items: ['Q1', 'Q2'],
    countries: 55,
    orders: ['given'],
    prompts: 110,
    shortest: 40,
    longest: 60,
    mean: 50.25,
    tails: { mean: 2.24, longest: 6 },
  };
  expect(describePrompts(facts)).toBe(
    'plain: template people-answer "Q\\n{country}:", 2 items x 55 countries, given order: 110 prompts of 40 to 60 tokens ' +
      "(mean 50.3); tails after what an item's prompts share: mean 2.2, longest 6 tokens",
  );
});
