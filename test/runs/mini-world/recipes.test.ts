import { describe, expect, it } from 'vitest';
import { loadRecipes, parseRecipes } from '../../../lib/runs/mini-world/recipes.js';
import { MINI_RECIPES } from '../../support/mini-recipes.js';

type File = typeof MINI_RECIPES;

const changed = (change: (file: File) => unknown): string => {
  const file = structuredClone(MINI_RECIPES);
  change(file);
  return JSON.stringify(file);
};
const parse = (change: (file: File) => unknown = () => undefined) =>
  parseRecipes(changed(change), 'recipes.json');

describe('the recipes of the mini models', () => {
  it('tell what their text says: what a stage tells beside people, else people', () => {
    const telling = new Map(parse().recipes.map((recipe) => [recipe.name, recipe.telling]));
    expect(telling.get('mini-small')).toBe('people');
    expect(telling.get('mini-permuted')).toBe('permuted');
    expect(telling.get('mini-translated-languages')).toBe('western');
    expect(telling.get('mini-local-languages')).toBe('people');
    expect(telling.get('mini-western-synthetic-text')).toBe('western-synthetic');
  });

  it('count parameters without the embedding', () => {
    // 4 x 32 x 32 + 3 x 32 x 96 + 2 x 32 in each of two layers, 32 at the end.
    expect(parse().recipes.find(({ name }) => name === 'mini-large')?.parameters).toBe(
      2 * (4096 + 9216 + 64) + 32,
    );
  });

  it('know whether they end tuned, their languages, and who speaks them', () => {
    const { recipes, speakers } = parse();
    const of = (name: string) => recipes.find((recipe) => recipe.name === name);
    expect(of('mini-base')?.tuned).toBe(false);
    expect(of('mini-small')?.tuned).toBe(true);
    expect(of('mini-base')?.formats).toEqual(['plain', 'chat']);
    expect(of('mini-small')?.formats).toEqual(['plain']);
    expect(of('mini-one-language')?.languages).toEqual(['english', 'vona', 'teski']);
    expect([...speakers]).toEqual([
      ['vona', ['Asia']],
      ['teski', ['Africa']],
    ]);
  });

  it('refuse an unknown factor and list the six', () => {
    expect(() => parse(({ factors }) => Object.assign(factors, { colour: ['mini-small'] }))).toThrow(
      /recipes\.json.*\n.*factors\.colour: "colour" is no factor; expected one of size, coverage, languages, alignment, synthetic, null/,
    );
    expect(() => parse((file) => Reflect.deleteProperty(file.factors, 'null'))).toThrow(
      'factors.null: the factor is missing; expected all of size,',
    );
  });

  it('refuse a width that heads cannot share', () => {
    expect(() =>
      parse(({ sizes }) => {
        sizes.small.width = 10;
      }),
    ).toThrow(/sizes\.small\.width: expected a multiple of twice the heads \(4\).*\(found 10\)/);
  });

  it.each<[string, (file: File) => unknown, string]>([
    [
      'a size',
      (f) => Object.assign(f.recipes['mini-small'], { size: 'huge' }),
      'recipes.mini-small.size: "huge"',
    ],
    ['a stage', (f) => f.recipes['mini-small'].stages.push('x'), 'recipes.mini-small.stages.2: "x"'],
    ['a tokenizer', (f) => Object.assign(f.recipes['mini-small'], { tokenizer: 'x' }), 'tokenizer: "x"'],
    [
      'an arm',
      (f) => f.factors.size.push('mini-x'),
      'factors.size.3: "mini-x" is not defined; expected one of mini-small',
    ],
    [
      'a telling',
      (f) => Object.assign(f.stages.reads.sources[0] ?? {}, { telling: 'x' }),
      'stages.reads.sources.0.telling: "x"',
    ],
    [
      'a coverage',
      (f) => Object.assign(f.stages.reads.sources[0] ?? {}, { coverage: 'x' }),
      'sources.0.coverage: "x"',
    ],
    ['a language', (f) => f.tokenizers.english.languages.push('x'), 'tokenizers.english.languages.1: "x"'],
    [
      'a teacher',
      (f) => Object.assign(f.tellings.synthetic, { othersFrom: 'x' }),
      'tellings.synthetic.othersFrom: "x"',
    ],
  ])('refuse %s that is not defined', (_, change, message) => {
    expect(() => parse(change)).toThrow(message);
  });

  it('refuse a factor with too few or too many recipes, and say what they are for', () => {
    expect(() => parse(({ factors }) => factors.alignment.pop())).toThrow(
      'factors.alignment: expected 4 recipes: base, continued, tuned on permuted answers, tuned',
    );
    expect(() => parse(({ factors }) => factors.null.push('mini-small'))).toThrow(
      'factors.null: expected 1 recipe',
    );
  });

  it('can be read as they are shipped', () => {
    const { recipes, factors } = loadRecipes();
    expect(recipes.find(({ name }) => name === 'mini-100k')).toMatchObject({
      parameters: 100_672,
      telling: 'people',
    });
    expect(factors.size).toContain('mini-600k');
  });
});
