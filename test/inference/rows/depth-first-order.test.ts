import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthFirstOrder, distinctTokens } from '../../../lib/inference/rows/depth-first-order.js';

/** The prefix tree by definition: every distinct beginning of every sequence is one node. */
const beginnings = (sequences: readonly (readonly number[])[]): Set<string> =>
  new Set(sequences.flatMap((tokens) => tokens.map((_, place) => tokens.slice(0, place + 1).join())));

const sequences = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 }), {
  maxLength: 40,
});

describe('depthFirstOrder', () => {
  it('counts each distinct beginning once, whatever the sequences', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        expect(distinctTokens(all, depthFirstOrder(all))).toBe(beginnings(all).size);
      }),
    );
  });

  it('holds every sequence once, neighbours sharing what it says', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const { order, shared } = depthFirstOrder(all);
        expect([...order].sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
        for (let place = 1; place < order.length; place += 1) {
          const [before, own] = [all[order[place - 1] ?? -1] ?? [], all[order[place] ?? -1] ?? []];
          const same = shared[place] ?? 0;
          expect(own.slice(0, same)).toEqual(before.slice(0, same));
          expect(own.length > same && before[same] === own[same]).toBe(false);
        }
      }),
    );
  });

  it('keeps equal sequences in the order given, a beginning before what goes on from it', () => {
    const { order, shared } = depthFirstOrder([[1, 2], [1], [1, 2]]);
    expect([...order]).toEqual([1, 0, 2]);
    expect([...shared]).toEqual([0, 1, 2]);
  });
});
