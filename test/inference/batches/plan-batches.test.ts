import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, planEqualLength } from '../../../lib/inference/batches/plan-batches.js';

const logits = { vocabularySize: 100, lastPositionOnly: true };

describe('planEqualLength', () => {
  it('holds every prompt exactly once, lengths never mixed, bounds kept', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 300 });
    const limits = { prompts: 7, tokens: 90, logits: 400 };
    fc.assert(
      fc.property(lengths, (all) => {
        const units = planEqualLength(all, limits, logits);
        expect(units.flatMap((unit) => unit.prompts).sort((a, b) => a - b)).toEqual(
          all.map((_, index) => index),
        );
        for (const { prompts } of units) {
          const own = new Set(prompts.map((index) => all[index]));
          const [length = 0] = own;
          expect(own.size).toBe(1);
          // 400 logits over a vocabulary of 100 leave room for four prompts.
          expect(prompts.length).toBeLessThanOrEqual(4);
          expect(prompts.length === 1 || prompts.length * length <= 90).toBe(true);
        }
      }),
    );
  });

  it('counts every position where a graph cannot return the last one only', () => {
    const limits = { ...DEFAULT_LIMITS, logits: 1000 };
    const all = { vocabularySize: 100, lastPositionOnly: false };
    // 5 positions x 100 logits = 500 a prompt: two fit into 1000.
    expect(planEqualLength([5, 5, 5], limits, all)).toEqual([{ prompts: [0, 1] }, { prompts: [2] }]);
  });

  it('runs a prompt alone rather than not at all', () => {
    expect(planEqualLength([500], { prompts: 8, tokens: 90, logits: 1 }, logits)).toEqual([{ prompts: [0] }]);
  });

  it('is empty for nothing', () => {
    expect(planEqualLength([], DEFAULT_LIMITS, logits)).toEqual([]);
  });
});
