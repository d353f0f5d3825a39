import { describe, expect, it } from 'vitest';
import { chooseRowBudget } from '../../../lib/inference/rows/row-budget.js';

/** A machine whose plan takes so many seconds with rows of a budget. */
function trial(
  planSeconds: (budget: number) => number,
  given: { readonly mostTokens?: number; readonly planTokens?: (budget: number) => number } = {},
) {
  const { mostTokens = 100_000, planTokens = () => 1000 } = given;
  const asked: number[] = [];
  return {
    asked,
    mostTokens,
    memoryMegabytes: 256,
    distinctTokens: 1000,
    rowTokens: null,
    time: async (budget: number) => {
      asked.push(budget);
      return {
        budget,
        tokens: budget,
        prompts: 1,
        seconds: 0.1,
        planTokens: planTokens(budget),
        planSeconds: planSeconds(budget),
      };
    },
  };
}

describe('chooseRowBudget', () => {
  it('takes the fastest and stops as soon as longer rows are slower', async () => {
    const machine = trial((budget) => Math.abs(Math.log2(budget) - 10) + 1);
    expect((await chooseRowBudget(machine)).tokens).toBe(1024);
    expect(machine.asked).toEqual([256, 512, 1024, 2048]);
  });

  it('takes the smaller of two that are alike', async () => {
    const machine = trial((budget) => (budget < 512 ? 2 : 1 - budget / 1e7));
    expect((await chooseRowBudget(machine)).tokens).toBe(512);
  });

  it('prefers, of those alike, one that computes hardly a token twice', async () => {
    const planTokens = (budget: number): number => (budget < 512 ? 1100 : 1040);
    const machine = trial((budget) => 1 + budget / 10_000, { planTokens });
    expect((await chooseRowBudget(machine)).tokens).toBe(512);
    // Twice as fast is worth a tenth of wasted work.
    const fast = trial((budget) => (budget < 512 ? 1 : 2), { planTokens });
    expect((await chooseRowBudget(fast)).tokens).toBe(256);
  });

  it('takes what is asked for, untimed', async () => {
    const machine = { ...trial(() => 1), rowTokens: 700 };
    expect(await chooseRowBudget(machine)).toMatchObject({
      tokens: 700,
      reason: 'as asked for',
      timings: [],
    });
    expect(machine.asked).toEqual([]);
  });

  it('does not time where one row holds everything', async () => {
    const machine = trial(() => 1, { mostTokens: 200 });
    expect(await chooseRowBudget(machine)).toMatchObject({ tokens: 200, timings: [] });
    expect(machine.asked).toEqual([]);
  });

  it('never asks for more than the bounds allow', async () => {
    const machine = trial((budget) => 1 / budget, { mostTokens: 1500 });
    expect((await chooseRowBudget(machine)).tokens).toBe(1500);
    expect(Math.max(...machine.asked)).toBe(1500);
  });

  it('keeps the evidence', async () => {
    const { timings } = await chooseRowBudget(trial((budget) => budget));
    expect(timings.map(({ budget }) => budget)).toEqual([256, 512]);
  });
});
