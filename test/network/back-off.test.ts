import { describe, expect, it } from 'vitest';
import { secondsBefore } from '../../lib/network/back-off.js';

const patience = { attempts: 5, firstSeconds: 1, longestSeconds: 3 };
const wait = (failures: number, retryAfterSeconds: number | null = null, spread = 1): number | null =>
  secondsBefore(patience, { failures, retryAfterSeconds, spread });

describe('the wait before another attempt', () => {
  it('doubles up to a bound, and ends with the attempts', () => {
    expect([1, 2, 3, 4, 5].map((failures) => wait(failures))).toEqual([1, 2, 3, 3, null]);
  });

  it('is spread over its second half', () => {
    expect([0, 0.5, 1].map((spread) => wait(2, null, spread))).toEqual([1, 1.5, 2]);
  });

  it('begins when the server wants to be asked again, at once where that is past', () => {
    expect(wait(2, 7)).toBe(9);
    expect(wait(2, 0)).toBe(2);
  });

  it('is none where the server wants to be left alone for long', () => {
    expect(wait(1, 120)).toBe(121);
    expect(wait(1, 121)).toBeNull();
  });
});
