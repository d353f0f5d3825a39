import { describe, expect, it } from 'vitest';
import { wordingSpread } from '../../../lib/analysis/robustness/wording-spread.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';

describe('how mean scores move with the wording', () => {
  it('is their standard deviation over wordings, beside that over countries', () => {
    const first = maskedMatrix([
      [0, 0.4],
      [0.2, 0.4],
    ]);
    const second = maskedMatrix([
      [0.1, 0.5],
      [0.3, 0.5],
    ]);
    const spread = wordingSpread([first, second]);
    expect(spread.overWordings).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(spread.overCountries).toBeCloseTo(0.2 / Math.SQRT2 / 2, 12);
    expect(spread).toMatchObject({ wordings: 2, cells: 4, reason: null });
  });

  it('uses the cells that all wordings have', () => {
    const first = maskedMatrix([[0, null]]);
    const second = maskedMatrix([[0.2, 0.9]]);
    expect(wordingSpread([first, second])).toMatchObject({ cells: 1, overCountries: null });
  });

  it('is undefined for one wording, and says so', () => {
    expect(wordingSpread([maskedMatrix([[0]])])).toMatchObject({
      ...{ overWordings: null, reason: 'asked in 1 wording; a spread needs at least 2' },
    });
  });
});
