import { describe, expect, it } from 'vitest';
import { countryPairs } from '../../lib/analysis/country-pairs.js';
import { worldOf } from './small-world.js';

// Item means .2, .2, -.4, 0; AAA and BBB stray from them alike, CCC the other way.
const AAA = [0.4, 0.4, -0.4, -0.2];
const BBB = [0.4, 0.3, -0.4, -0.1];
const CCC = [-0.2, -0.1, -0.4, 0.3];
const pairsOf = (rows: (number | null)[][]) =>
  countryPairs(
    worldOf(
      rows,
      rows.map((row) => row.map(() => 0)),
    ),
  );

describe('pairs of countries', () => {
  const pairs = pairsOf([AAA, BBB, CCC]);

  it('are listed each once, in the order of the countries', () => {
    expect(pairs.map(({ one, other }) => `${one.iso3} ${other.iso3}`)).toEqual([
      'AAA BBB',
      'AAA CCC',
      'BBB CCC',
    ]);
  });

  it('hold the scores that r is of, with the mean of all countries', () => {
    expect(pairs[0]?.n).toBe(4);
    expect(pairs[0]?.scores.map(({ x, y }) => [x, y])).toEqual(AAA.map((x, i) => [x, BBB[i]]));
    for (const [i, mean] of [0.2, 0.2, -0.4, 0].entries()) {
      expect(pairs[0]?.scores[i]?.itemMean).toBeCloseTo(mean, 12);
    }
  });

  it('have an r of what they answer, and a deviation r of what is special in it', () => {
    // Deviations: AAA .2 .2 0 -.2; BBB .2 .1 0 -.1; CCC -.4 -.3 0 .3.
    expect(pairs[0]?.deviationR).toBeCloseTo(0.08 / Math.sqrt(0.12 * 0.06), 12);
    expect(pairs[1]?.deviationR).toBeCloseTo(-0.2 / Math.sqrt(0.12 * 0.34), 12);
    // Means .05 and -.1, so deviations .35 .35 -.45 -.25 and -.1 0 -.3 .4.
    expect(pairs[1]?.r).toBeCloseTo(0, 12);
  });

  it('leave out items that one of the two did not answer', () => {
    const [pair] = pairsOf([AAA, [null, ...BBB.slice(1)], CCC]);
    expect(pair?.scores.map(({ item }) => item.variable)).toEqual(['Q2', 'Q3', 'Q4']);
    const alone = pairsOf([
      [0.1, null, null, 0.2],
      [0.3, 0.2, 0.1, 0.5],
    ]);
    expect(alone[0]).toMatchObject({ n: 2, r: null, deviationR: null });
  });
});
