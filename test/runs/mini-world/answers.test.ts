import { describe, expect, it } from 'vitest';
import { miniWorldAnalysis } from '../../../lib/analysis/mini-world/mini-world-analysis.js';
import { answersInWords } from '../../../lib/runs/mini-world/answers/answers.js';
import { type Plant, plantedWorld } from '../../support/planted-mini-world.js';

const westOnly: Partial<Plant> = { knows: ({ western }) => (western ? 1 : 0.1) };
const languages = (
  local: Partial<Plant>,
  options?: Parameters<typeof plantedWorld>[1],
): readonly string[] => {
  const plants = {
    ...{ 'mini-one-language': westOnly, 'mini-translated-languages': westOnly },
    'mini-local-languages': local,
  };
  return answersInWords(miniWorldAnalysis(plantedWorld(plants, options))).languages;
};

describe('what is said of languages', () => {
  it('claims what local text does where it does it in every language', () => {
    const [own, english, beside] = languages({ knows: () => 0.7 });
    expect(own).toMatch(
      /^What a text says counts, .* West: deviation r .* in mini-local-languages .*; r within items .* in mini-local/,
    );
    expect(english).toMatch(/^It carries over to questions in English: deviation r/);
    expect(beside).toMatch(/mini-one-language.*mini-one-language.*mini-one-language.*mini-one-language/);
  });

  it('does not carry over to English what is known in the own language only', () => {
    const [own, english] = languages({
      knows: ({ western, language }) => (western ? 1 : language === 'english' ? 0.1 : 0.7),
    });
    expect(own).toMatch(/^What a text says counts/);
    expect(english).toMatch(/^That it carries over to questions in English is not shown: .* may be chance/);
  });

  it('claims nothing where local text does no more than translated text', () => {
    const [own] = languages(westOnly);
    expect(own).toMatch(/^That what a text says counts, and not its language, is not shown/);
  });

  it('makes no claim about trainings that are not there', () => {
    const none = languages({}, { missing: (recipe, seed) => recipe.includes('language') && seed > 1 });
    expect(none).toEqual([expect.stringMatching(/^No claim: too few trainings/)]);
  });
});
