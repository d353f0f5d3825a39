import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PackedRow, packRow } from '../../../lib/inference/rows/packed-row.js';
import type { SequenceToRead } from '../../../lib/inference/sequence-reader.js';

/** What a place sees: the tokens of its ancestors and its own, first to last. */
function seen(row: PackedRow, place: number): number[] {
  const tokens: number[] = [];
  for (let at = place; at >= 0; at = row.parents[at] ?? -1) {
    tokens.unshift(row.tokenIds[at] ?? -1);
  }
  return tokens;
}

const sequence: fc.Arbitrary<SequenceToRead> = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 })
  .chain((tokenIds) =>
    fc
      .array(
        fc.record({
          place: fc.integer({ min: 0, max: tokenIds.length - 1 }),
          tokenIds: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 3 }),
        }),
        { maxLength: 4 },
      )
      .map((reads) => ({ tokenIds, reads })),
  );

describe('packRow', () => {
  it('shows every read place exactly its own sequence so far, and asks for exactly its tokens', () => {
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 25 }), (all) => {
        const row = packRow(all);
        for (const [index, { tokenIds, reads }] of all.entries()) {
          for (const [turn, wanted] of reads.entries()) {
            const answer = row.answers[index]?.[turn];
            const read = row.reads[answer?.read ?? -1];
            expect(seen(row, read?.place ?? -1)).toEqual(tokenIds.slice(0, wanted.place + 1));
            const first = answer?.first ?? 0;
            expect(read?.tokenIds.slice(first, first + (answer?.count ?? 0))).toEqual(wanted.tokenIds);
          }
        }
      }),
    );
  });

  it('computes each distinct beginning once, and its depth is its position', () => {
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 25 }), (all) => {
        const row = packRow(all);
        const places = [...row.tokenIds.keys()].map((place) => seen(row, place).join());
        expect(new Set(places).size).toBe(places.length);
        for (const [place, depth] of row.depths.entries()) {
          expect(depth).toBe(seen(row, place).length - 1);
          // An ancestor always comes first, so a causal mask inside a fused node hides none.
          expect(row.parents[place]).toBeLessThan(place);
        }
      }),
    );
  });

  it('reads a place once for all that is wanted there', () => {
    const wanted = (tokenId: number) => ({ tokenIds: [4, 5], reads: [{ place: 1, tokenIds: [tokenId] }] });
    const row = packRow([wanted(7), wanted(8)]);
    expect(row.reads).toEqual([{ place: 1, tokenIds: [7, 8] }]);
    expect([...row.tokenIds]).toEqual([4, 5]);
  });

  it('refuses to read a place that a sequence does not have', () => {
    expect(() => packRow([{ tokenIds: [1], reads: [{ place: 1, tokenIds: [] }] }])).toThrow(RangeError);
  });
});
