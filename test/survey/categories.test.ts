import { describe, expect, it } from 'vitest';
import { loadCategories, loadCategoryGroups } from '../../lib/survey/categories.js';

describe('loadCategories', () => {
  it('holds thirteen categories with titles, in the order of the questionnaire', () => {
    const categories = loadCategories();
    expect(categories.map((category) => category.id)).toEqual([
      'social-values',
      'happiness',
      'social-capital',
      'economic',
      'corruption',
      'migration',
      'security',
      'postmaterialism',
      'science',
      'religious',
      'ethical',
      'political-interest',
      'political-culture',
    ]);
    expect(categories.find((category) => category.id === 'science')).toEqual({
      id: 'science',
      title: 'Science and technology',
      group: 'progress',
    });
    expect(categories.filter((category) => category.group === null).map((category) => category.id)).toEqual([
      'postmaterialism',
    ]);
  });

  it('needs the category file and the bank to name the same categories', () => {
    expect(() => loadCategories({ bank: [{ category: 'cooking', title: 'Cooking', items: [] }] })).toThrow(
      /lacks "cooking", which the item bank has\. Add it under categories\./,
    );
    expect(() => loadCategories({ bank: [] })).toThrow(
      /names category "social-values", which no file of the item bank has/,
    );
  });
});

describe('loadCategoryGroups', () => {
  it('says that the groups are a guess', () => {
    const { groups, caution } = loadCategoryGroups();
    expect(groups).toEqual([
      { id: 'socio-cultural-norms', title: 'Socio-Cultural Norms' },
      { id: 'social-systems', title: 'Social Systems' },
      { id: 'progress', title: 'Progress' },
    ]);
    expect(caution).toContain('this assignment is ours');
  });
});
