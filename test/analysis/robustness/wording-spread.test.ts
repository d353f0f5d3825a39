import { describe, expect, it } from 'vitest';
import { wordingSpread } from '../../../lib/analysis/robustness/wording-spread.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';

describe('how mean scores move with the wording', () => {
  it('tells a shift that all countries share from what sets them apart', () => {
    const first = maskedMatrix([[0], [0.2], [0.4]]);
    const shifted = maskedMatrix([[0.1], [0.3], [0.5]]);
    const shift = wordingSpread([first, shifted]);
    expect(shift.shift).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(shift.ofDifferences).toBeCloseTo(0, 12);
    expect(shift.overCountries).toBeCloseTo(0.2, 12);
    const turned = wordingSpread([first, maskedMatrix([[0.4], [0.2], [0]])]);
    expect(turned.shift).toBeCloseTo(0, 12);
    expect(turned.overCountries).toBeCloseTo(0, 12);
    // Residuals of -.2, 0, .2 twice, over (3 - 1) x (2 - 1) degrees of freedom.
    expect(turned.ofDifferences).toBeCloseTo(Math.sqrt((4 * 0.2 ** 2) / 2), 12);
  });

  it('averages over items, on the countries that all wordings have', () => {
    const first = maskedMatrix([
      [0, 0.4],
      [0.2, 0.4],
      [0.9, null],
    ]);
    const second = maskedMatrix([
      [0.1, 0.5],
      [0.3, 0.5],
      [null, 0.1],
    ]);
    const spread = wordingSpread([first, second]);
    expect(spread.shift).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(spread.overCountries).toBeCloseTo(0.2 / Math.SQRT2 / 2, 12);
    expect(spread).toMatchObject({ wordings: 2, items: 2, reason: null });
  });

  it('is undefined for one wording and for items of one country, and says so', () => {
    expect(wordingSpread([maskedMatrix([[0]])])).toMatchObject({
      ...{ shift: null, reason: 'asked in 1 wording; a spread needs at least 2' },
    });
    expect(wordingSpread([maskedMatrix([[0]]), maskedMatrix([[1]])])).toMatchObject({
      ...{
        ofDifferences: null,
        items: 0,
        reason: 'no item has mean scores of two countries in every wording',
      },
    });
  });
});
