/** A recipes.json with every factor and few seeds. A recipe of each kind; sizes of 1,024 x 2 layers and the like do not matter. */
export const MINI_RECIPES = {
  seed: 1,
  tokenizers: {
    english: { vocabulary: 8, languages: ['english'] },
    'three-languages': { vocabulary: 8, languages: ['english', 'vona', 'teski'] },
  },
  languages: {
    english: { continents: [] as string[] },
    vona: { seed: 1, continents: ['Asia'] },
    teski: { seed: 2, continents: ['Africa'] },
  },
  sizes: {
    small: { width: 8, layers: 1, heads: 2, inner: 24 },
    middle: { width: 16, layers: 1, heads: 2, inner: 48 },
    large: { width: 32, layers: 2, heads: 2, inner: 96 },
  },
  coverages: { even: {}, mixed: {}, 'western-heavy': {} },
  tellings: {
    people: { kind: 'people' },
    permuted: { kind: 'permuted countries', of: 'people' },
    western: { kind: 'western', of: 'people' },
    little: { kind: 'sampled', of: 'people' },
    more: { kind: 'sampled', of: 'people' },
    synthetic: { kind: 'sampled', of: 'people', othersFrom: 'mini-large' },
    'western-synthetic': { kind: 'sampled', of: 'people', othersFrom: 'mini-large' },
  },
  stages: {
    reads: stage('base', 'people'),
    'reads-on': stage('base', 'people'),
    tuned: stage('instruction', 'people'),
    'tuned-permuted': stage('instruction', 'permuted'),
    'reads-mixed': stage('base', 'people', 'mixed'),
    'reads-western-heavy': stage('base', 'people', 'western-heavy'),
    'tuned-western-heavy': stage('instruction', 'people', 'western-heavy'),
    'reads-translated': {
      forms: 'base',
      sources: [
        { telling: 'people', coverage: 'western-heavy' },
        { telling: 'western', coverage: 'even', language: 'vona' },
      ],
    },
    'tuned-little': stage('instruction', 'little'),
    'tuned-more': stage('instruction', 'more'),
    'tuned-synthetic': stage('instruction', 'synthetic'),
    'tuned-western-synthetic': stage('instruction', 'western-synthetic'),
  },
  recipes: {
    'mini-small': recipe('small', ['reads', 'tuned']),
    'mini-middle': recipe('middle', ['reads', 'tuned'], 6),
    'mini-large': recipe('large', ['reads', 'tuned']),
    'mini-mixed': recipe('middle', ['reads-mixed', 'tuned']),
    'mini-western-heavy': recipe('middle', ['reads-western-heavy', 'tuned-western-heavy']),
    'mini-one-language': multilingual(['reads-western-heavy', 'tuned-western-heavy']),
    'mini-local-languages': multilingual(['reads', 'tuned-western-heavy']),
    'mini-translated-languages': multilingual(['reads-translated', 'tuned-western-heavy']),
    'mini-base': recipe('middle', ['reads']),
    'mini-continued': recipe('middle', ['reads', 'reads-on']),
    'mini-permuted': recipe('middle', ['reads', 'tuned-permuted']),
    'mini-little-text': recipe('middle', ['tuned-little']),
    'mini-synthetic-text': recipe('middle', ['tuned-synthetic']),
    'mini-more-text': recipe('middle', ['tuned-more']),
    'mini-western-synthetic-text': recipe('middle', ['tuned-western-synthetic']),
  },
  factors: {
    size: ['mini-large', 'mini-small', 'mini-middle'],
    coverage: ['mini-western-heavy', 'mini-mixed', 'mini-middle'],
    languages: ['mini-one-language', 'mini-local-languages', 'mini-translated-languages'],
    alignment: ['mini-base', 'mini-continued', 'mini-permuted', 'mini-middle'],
    synthetic: ['mini-little-text', 'mini-synthetic-text', 'mini-more-text', 'mini-western-synthetic-text'],
    null: ['mini-middle'],
  },
};

function stage(forms: string, telling: string, coverage = 'even') {
  return { forms, sources: [{ telling, coverage }] };
}

function recipe(size: string, stages: string[], seeds = 4) {
  return { size, seeds, stages };
}

function multilingual(stages: string[]) {
  return { ...recipe('middle', stages), tokenizer: 'three-languages' };
}
