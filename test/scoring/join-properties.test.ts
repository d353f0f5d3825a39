import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { scoreCells } from '../../lib/scoring/join-orders.js';
import { makeReading } from '../../lib/scoring/make-reading.js';
import type { OptionOrder, Reading } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const items = new Map([[trustItem.variable, trustItem]]);
const ORDERS: readonly OptionOrder[] = ['given', 'reversed'];

/** A reading whose options have these log-probabilities, in the order shown. */
function reading(order: OptionOrder, optionLogProbs: readonly number[]): Reading {
  const prompt = renderPrompt({ item: trustItem, template: lastTemplate, country: netherlands, order });
  const mass = optionLogProbs.reduce((sum, one) => sum + Math.exp(one), 0);
  return makeReading({
    ...{ model: 'm', item: trustItem, prompt, tokenIds: [1], optionTokens: [], tokenText: String },
    result: { kind: 'read', optionLogProbs, optionLogMass: Math.log(mass), topTokens: [] },
  });
}

// Four options that share at most all of the probability: each below log .25.
const logProbs = fc.array(fc.double({ min: -60, max: Math.log(0.25), noNaN: true }), {
  ...{ minLength: 4, maxLength: 4 },
});
const RUNS = { numRuns: 200, seed: 20250608 };

describe('p̂ of a cell', () => {
  it.each(['log-probabilities', 'probabilities'] as const)('sums to 1, joined by %s', (join) => {
    fc.assert(
      fc.property(logProbs, logProbs, (given, reversed) => {
        const readings = [reading('given', given), reading('reversed', reversed)];
        for (const one of readings) {
          expect(one.optionProbabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        }
        const [cell] = scoreCells(readings, items, { orders: ORDERS, join });
        expect(cell?.probabilities.map(({ code }) => code)).toEqual([1, 2, 3, 4]);
        expect(cell?.probabilities.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
        expect(cell?.probabilities.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(Math.abs(cell?.meanScore ?? 9)).toBeLessThanOrEqual(1 + 1e-12);
      }),
      RUNS,
    );
  });

  it('does not depend on which order comes first, nor on the mass beside the options', () => {
    const lower = fc.double({ min: -30, max: 0, noNaN: true });
    fc.assert(
      fc.property(logProbs, logProbs, lower, (given, reversed, shift) => {
        const score = (readings: Reading[]) =>
          scoreCells(readings, items, { orders: ORDERS, join: 'log-probabilities' })[0]?.meanScore ?? 9;
        const [one, other] = [reading('given', given), reading('reversed', reversed)];
        expect(score([other, one])).toBe(score([one, other]));
        const rarer = reading(
          'given',
          given.map((value) => value + shift),
        );
        expect(score([rarer, other])).toBeCloseTo(score([one, other]), 9);
      }),
      RUNS,
    );
  });
});

describe('readings of several wordings in one table', () => {
  const one = reading('given', [-1, -2, -3, -4]);

  it.each([
    { model: 'other' },
    { template: 'other' },
    { format: 'chat' as const },
    { readingKind: 'answer-text' as const },
  ])('are refused in one order and in two: %o', (change) => {
    const join = (other: Reading) => () =>
      scoreCells([one, { ...other, ...change }], items, { orders: ORDERS, join: 'probabilities' });
    const differ = new RegExp(`differ in ${Object.keys(change)[0]} .*filter them first`);
    expect(join(one)).toThrow(differ);
    expect(join(reading('reversed', [-1, -2, -3, -4]))).toThrow(differ);
  });

  it('are refused where one is of another country', () => {
    const elsewhere = { ...one, country: 'KEN', template: 'other' };
    expect(() => scoreCells([one, elsewhere], items, { orders: ['given'], join: 'probabilities' })).toThrow(
      'differ in template',
    );
  });
});
