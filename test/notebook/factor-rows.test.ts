import { describe, expect, it } from 'vitest';
import { factorInput } from '../../lib/analysis/mini-world/factors/factor-input.js';
import { languagesAnswer } from '../../lib/analysis/mini-world/factors/languages.js';
import { armsOf, contrastRows } from '../../lib/notebook/factor-rows.js';
import { plantedWorld } from '../support/planted-mini-world.js';

const answer = languagesAnswer(factorInput(plantedWorld()));

describe('rows of a factor', () => {
  it('hold every difference, or those of a measure', () => {
    expect(contrastRows(answer)).toHaveLength(answer.contrasts.length);
    const own = contrastRows(answer, { language: 'own', figure: 'deviation r' });
    const [contrast] = answer.contrasts;
    expect(own).toEqual([
      {
        ...{ figure: 'deviation r', cells: 'speakers', asked: 'plain, own language' },
        ...{ from: 'mini-translated-languages', to: 'mini-local-languages' },
        ...{ change: contrast?.difference, low: contrast?.low, high: contrast?.high, p: contrast?.adjustedP },
      },
    ]);
  });

  it('arms are of one measure, in the order of the recipes', () => {
    const arms = armsOf(answer, { language: 'own', figure: 'deviation r' });
    expect(arms.map(({ recipe }) => recipe)).toEqual([
      'mini-one-language',
      'mini-local-languages',
      'mini-translated-languages',
    ]);
  });

  it.each([
    [{ figure: 'deviation r' } as const, '2 measures have {"figure":"deviation r"}'],
    [{ figure: 'option mass' } as const, 'no measure has {"figure":"option mass"}'],
  ])('arms of %o are refused with what there is', (wanted, message) => {
    expect(() => armsOf(answer, wanted)).toThrow(message);
    expect(() => armsOf(answer, wanted)).toThrow(/Expected one of \{.*"deviation r".*"r within items"/);
  });
});
