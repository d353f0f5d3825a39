import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import {
  type CatalogueModel,
  findCatalogueModel,
  loadCatalogue,
  type ModelCatalogue,
  parseCatalogue,
} from '../../../lib/runs/models/catalogue/catalogue.js';
import { comparableModels } from '../../../lib/runs/models/catalogue/comparable-models.js';
import {
  type DecoderShape,
  embeddingParameters,
  matrixParameters,
} from '../../../lib/runs/models/catalogue/parameter-count.js';

const SHAPE: DecoderShape = {
  ...{ layers: 2, hidden: 8, heads: 4, keyValueHeads: 2, headSize: 3 },
  ...{ inner: 10, gated: true, vocabulary: 100, positions: 0, tied: true },
};

describe('the parameters of a decoder', () => {
  it('are embedding, attention and feed-forward part', () => {
    // 100 x 8 once. Queries and output 8 x 12 each, keys and values 8 x 6 each, three matrices 8 x 10; two layers.
    expect(embeddingParameters(SHAPE)).toBe(800);
    expect(matrixParameters(SHAPE)).toBe(800 + 2 * (2 * 96 + 2 * 48 + 3 * 80));
  });

  it('count an output layer of its own, learned positions, and two matrices without a gate', () => {
    const other = { ...SHAPE, tied: false, positions: 5, gated: false };
    expect(embeddingParameters(other)).toBe(2 * 800 + 40);
    expect(matrixParameters(other)).toBe(1640 + 2 * (2 * 96 + 2 * 48 + 2 * 80));
  });
});

describe('the catalogue of models', () => {
  const catalogue = loadCatalogue();
  const { models } = catalogue;

  it('gives as many parameters as transformers counts in the empty model of the same configuration', () => {
    const path = projectPath('test', 'oracle', 'catalogue_parameters.expected.json');
    const { parameters } = JSON.parse(readFileSync(path, 'utf8')) as {
      parameters: readonly { id: string; parameters: number }[];
    };
    expect(parameters.length).toBeGreaterThan(60);
    expect(
      models
        .filter(({ configuration }) => configuration !== null)
        .map(({ id, parameters: found }) => ({ id, parameters: found })),
    ).toEqual(parameters);
  });

  it('agrees with numbers that cards publish', () => {
    const sizes = (id: string): [number | null, number | null] => {
      const { parameters, nonEmbeddingParameters } = findCatalogueModel(id, catalogue);
      return [parameters, nonEmbeddingParameters];
    };
    expect(sizes('pythia-70m')[1]).toBe(18_915_328);
    expect(sizes('pythia-160m')[1]).toBe(85_056_000);
    expect(sizes('pythia-410m')[1]).toBe(302_311_424);
    expect(sizes('bloom-176b')).toEqual([176_247_271_424, 176_247_271_424 - 3_596_615_680]);
    expect(sizes('salamandra-2b')[0]).toBe(2_253_490_176);
    expect(sizes('gemma-2-2b')[0]).toBe(2_614_341_888);
  });

  it('agrees with the card of the model whose weights this project makes', () => {
    const card = JSON.parse(
      readFileSync(projectPath('data', 'models', 'smollm2-135m-instruct', 'card.json'), 'utf8'),
    ) as { parameters: number };
    expect(findCatalogueModel('smollm2-135m-instruct', catalogue).parameters).toBe(card.parameters);
  });

  it('names sources that can be looked up', () => {
    const sources = models.flatMap((model) => model.sources);
    expect(sources.filter(({ url, read }) => read !== 'project' && !/^https:\/\/\S+$/.test(url))).toEqual([]);
    const own = sources.filter(({ read }) => read === 'project');
    expect(own.filter(({ url }) => !existsSync(projectPath(url)))).toEqual([]);
  });

  it('has an analysis for every pair of a base and a tuned model', () => {
    const pairs = catalogue.analyses.filter(({ factor }) => factor === 'alignment');
    expect(pairs.flatMap(({ models: [, ...tuned] }) => tuned).sort()).toEqual(
      models.flatMap(({ id, alignment }) => (alignment.base === null ? [] : [id])).sort(),
    );
  });

  it('says what there is when a model is not', () => {
    expect(() => findCatalogueModel('gpt-9', catalogue)).toThrow(
      'Looking for a model: "gpt-9" is not in the catalogue. Expected one of pythia-14m, ',
    );
  });
});

// Parameters: 800 in the embedding, 1,056 in the layers, and 4 of a norm.
const BASE = {
  ...{ id: 'small', name: 'Small', maker: 'Maker', hub: 'maker/small', architecture: 'llama' },
  ...{ parameters: 1860, nonEmbeddingParameters: 1060, configuration: SHAPE, trainingTokens: 1000 },
  trainingLanguages: { kind: 'english-heavy', count: 1, shares: { english: 1 } },
  alignment: { kind: 'base', methods: [], base: null },
  syntheticData: { kind: 'none-stated', share: null },
  ...{ released: '2024-01', licence: { name: 'mit', gated: false }, chatTemplate: false, onnx: null },
  verified: {
    ...{ checkpoint: true, size: true, trainingTokens: false, trainingLanguages: false, alignment: false },
    ...{ syntheticData: false, released: false, licence: false, chatTemplate: false, onnx: false },
  },
  notes: { onnx: 'None found.' },
  sources: [
    { facts: ['checkpoint', 'size'], url: 'https://example.org/small', read: 'page' },
    {
      facts: [
        ...['trainingTokens', 'trainingLanguages', 'alignment', 'syntheticData', 'released'],
        ...['licence', 'chatTemplate'],
      ],
      url: 'https://example.org/small',
      read: 'memory',
    },
  ],
} as unknown as CatalogueModel;
const TUNED: CatalogueModel = {
  ...BASE,
  ...{ id: 'small-chat', name: 'Small Chat', alignment: { kind: 'chat', methods: ['sft'], base: 'small' } },
};
const PAIR: ModelCatalogue = {
  readOn: '2024-02-01',
  models: [BASE, TUNED],
  analyses: [{ id: 'pair', factor: 'alignment', models: ['small', 'small-chat'], alsoDiffers: ['format'] }],
};
const parse = (change: Partial<ModelCatalogue>): ModelCatalogue =>
  parseCatalogue(JSON.stringify({ ...PAIR, ...change }), 'catalogue.json');
const withBase = (change: Partial<CatalogueModel>): Partial<ModelCatalogue> => ({
  models: [{ ...BASE, ...change }, TUNED],
});
const withAnalysis = (
  change: Partial<ModelCatalogue['analyses'][number]>,
): Pick<ModelCatalogue, 'analyses'> => ({
  analyses: PAIR.analyses.map((one) => ({ ...one, ...change })),
});

describe('a catalogue', () => {
  it('is read where everything fits', () => {
    expect(parse({}).models.map(({ id }) => id)).toEqual(['small', 'small-chat']);
  });

  it.each<[string, Partial<ModelCatalogue>, string]>([
    [
      'an id that names no folder',
      withBase({ id: 'A b' }),
      'models.0.id: expected small letters, digits, ".", "_" and "-" (it names a folder) (found "A b")',
    ],
    ['an id twice', { models: [BASE, TUNED, BASE] }, 'models.2.id: small: the id of two models'],
    [
      'a name twice',
      { models: [BASE, { ...TUNED, name: 'Small' }] },
      'models.1.name: small-chat: the name of two models (found "Small")',
    ],
    [
      'a base that is not there',
      { models: [TUNED], analyses: [] },
      'models.0.alignment.base: small-chat: expected the id of a base model in the catalogue, or null; "small" is none',
    ],
    [
      'a base model that has a base',
      withBase({ alignment: { kind: 'base', methods: [], base: 'small-chat' } }),
      'models.0.alignment.base: small: a base model has no base and no methods of alignment (found "small-chat")',
    ],
    [
      'parameters that its configuration does not have',
      withBase({ parameters: 1900, nonEmbeddingParameters: 1100 }),
      'models.0.parameters: small: the configuration has 1856 parameters in its matrices, further away than 1 % (found 1900)',
    ],
    [
      'parameters without the embedding that are others',
      withBase({ nonEmbeddingParameters: 1061 }),
      'models.0.nonEmbeddingParameters: small: without the embedding it has 1060 parameters (found 1061)',
    ],
    [
      'a configuration without parameters',
      withBase({ parameters: null }),
      'models.0.parameters: small: expected parameters, nonEmbeddingParameters and configuration, or no configuration',
    ],
    [
      'a fact without a source',
      withBase({ sources: BASE.sources.slice(0, 1) }),
      'models.0.sources: small: nothing is named as the source of trainingTokens',
    ],
    [
      'a source of what is null',
      withBase({ released: null, notes: { ...BASE.notes, released: 'Not known.' } }),
      'models.0.sources: small: released has a source, and is null',
    ],
    [
      'null without a note',
      withBase({ notes: {} }),
      'models.0.notes.onnx: small: onnx is null; expected a note that says why (found nothing)',
    ],
    [
      'something verified that was not read',
      withBase({ verified: { ...BASE.verified, licence: true } }),
      'models.0.verified.licence: small: verified without a source that was read (found true)',
    ],
    [
      'a fact that says nothing of having been verified',
      withBase({ verified: { checkpoint: true } as CatalogueModel['verified'] }),
      'models.0.verified.size',
    ],
    [
      'a month that does not exist',
      withBase({ released: '2024-13' }),
      'models.0.released: expected year and',
    ],
    [
      'an analysis of a stranger',
      withAnalysis({ models: ['small', 'other'] }),
      'analyses.0.models: pair: "other" is no model of the catalogue',
    ],
    [
      'a pair the wrong way round',
      withAnalysis({ models: ['small-chat', 'small'] }),
      'analyses.0.models: pair: expected a base model, then models tuned from it',
    ],
    [
      'a model twice in an analysis',
      withAnalysis({ factor: 'size', models: ['small', 'small'] }),
      'analyses.0.models: pair: a model is listed twice',
    ],
    [
      'sizes that are not known',
      {
        ...withBase({ parameters: 1860, nonEmbeddingParameters: null, configuration: null }),
        ...withAnalysis({ factor: 'size' }),
      },
      'analyses.0.models: pair: expected models whose parameters without the embedding are known',
    ],
    [
      'an analysis that names nothing else',
      withAnalysis({ alsoDiffers: [] }),
      'analyses.0.alsoDiffers: Too small',
    ],
    [
      'an analysis twice',
      { analyses: [...PAIR.analyses, ...PAIR.analyses] },
      'analyses.1.models: pair: the id of two analyses',
    ],
  ])('is refused with %s', (_, change, message) => {
    expect(() => parse(change)).toThrow(`Reading the catalogue of models: catalogue.json`);
    expect(() => parse(change)).toThrow(message);
  });
});

describe('models that can be compared', () => {
  it('are arms of one model each, in the order of the catalogue', () => {
    expect(comparableModels(parse({}), ['small-chat', 'small'])).toEqual([
      {
        ...{ factor: 'alignment', seeds: false },
        arms: [
          { label: 'Small', models: ['small'], parameters: null, format: null, template: null },
          { label: 'Small Chat', models: ['small-chat'], parameters: null, format: null, template: null },
        ],
      },
    ]);
  });

  it('carry their parameters where the factor is size', () => {
    const [sizes] = comparableModels(parse(withAnalysis({ factor: 'size' })), ['small', 'small-chat']);
    expect(sizes?.arms.map(({ parameters }) => parameters)).toEqual([1060, 1060]);
  });

  it('are none where fewer than two are at hand', () => {
    expect(comparableModels(parse({}), ['small'])).toEqual([]);
  });
});
