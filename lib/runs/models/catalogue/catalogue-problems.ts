import type { CatalogueFile } from './catalogue-schema.js';
import { embeddingParameters, matrixParameters } from './parameter-count.js';

type Entry = CatalogueFile['models'][number];
type Fact = Entry['sources'][number]['facts'][number];

/** What does not fit in a catalogue, with its path in the file. */
export interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

// What norms and biases add to the matrices, and more.
const TOLERANCE = 0.01;

/** What does not fit in the entries of a catalogue; the messages name them by id. */
export function modelProblems({ models }: CatalogueFile): Problem[] {
  return models.flatMap((model, place) => {
    const at = ({ path, message }: Problem): Problem => ({
      path: ['models', place, ...path],
      message: `${model.id}: ${message}`,
    });
    return [
      ...(['id', 'name'] as const).flatMap((field) =>
        models.findIndex((other) => other[field] === model[field]) === place
          ? []
          : [{ path: [field], message: `the ${field} of two models` }],
      ),
      ...baseProblems(model, models),
      ...sizeProblems(model),
      ...sourceProblems(model),
    ].map(at);
  });
}

function baseProblems({ alignment }: Entry, models: readonly Entry[]): Problem[] {
  const { kind, base, methods } = alignment;
  const path = ['alignment', 'base'];
  if (kind === 'base') {
    return base === null && methods.length === 0
      ? []
      : [{ path, message: 'a base model has no base and no methods of alignment' }];
  }
  const found = models.find(({ id }) => id === base);
  return base === null || found?.alignment.kind === 'base'
    ? []
    : [{ path, message: `expected the id of a base model in the catalogue, or null; "${base}" is none` }];
}

function sizeProblems({ parameters, nonEmbeddingParameters, configuration }: Entry): Problem[] {
  if (configuration === null || parameters === null) {
    return nonEmbeddingParameters === null && configuration === null
      ? []
      : [
          {
            path: ['parameters'],
            message: 'expected parameters, nonEmbeddingParameters and configuration, or no configuration',
          },
        ];
  }
  const counted = matrixParameters(configuration);
  const without = parameters - embeddingParameters(configuration);
  return [
    ...(Math.abs(parameters - counted) <= TOLERANCE * counted
      ? []
      : [
          {
            path: ['parameters'],
            message: `the configuration has ${counted} parameters in its matrices, further away than 1 %`,
          },
        ]),
    ...(nonEmbeddingParameters === without
      ? []
      : [
          { path: ['nonEmbeddingParameters'], message: `without the embedding it has ${without} parameters` },
        ]),
  ];
}

function sourceProblems(model: Entry): Problem[] {
  const facts = Object.keys(model.verified) as Fact[];
  return facts.flatMap((fact): Problem[] => {
    const sources = model.sources.filter((source) => source.facts.includes(fact));
    const known = isKnown(model, fact);
    const wasRead = sources.some(({ read }) => read !== 'memory');
    return [
      {
        is: known && sources.length === 0,
        ...{ path: ['sources'], message: `nothing is named as the source of ${fact}` },
      },
      {
        is: !known && sources.length > 0,
        ...{ path: ['sources'], message: `${fact} has a source, and is null` },
      },
      {
        is: !known && model.notes[fact] === undefined,
        ...{ path: ['notes', fact], message: `${fact} is null; expected a note that says why` },
      },
      {
        is: model.verified[fact] && !wasRead,
        ...{ path: ['verified', fact], message: 'verified without a source that was read' },
      },
    ].filter(({ is }) => is);
  });
}

function isKnown(model: Entry, fact: Fact): boolean {
  switch (fact) {
    case 'checkpoint':
      return true;
    case 'size':
      return model.parameters !== null;
    default:
      return model[fact] !== null;
  }
}

/** What does not fit in the analyses of a catalogue. */
export function analysisProblems({ models, analyses }: CatalogueFile): Problem[] {
  return analyses.flatMap(({ id, factor, models: members }, place) => {
    const found = members.flatMap((member) => models.find((model) => model.id === member) ?? []);
    const unknown = members.find((member) => !found.some((model) => model.id === member));
    const [first, ...others] = found;
    return [
      {
        is: analyses.findIndex((other) => other.id === id) !== place,
        message: 'the id of two analyses',
      },
      { is: new Set(members).size < members.length, message: 'a model is listed twice' },
      { is: unknown !== undefined, message: `"${unknown}" is no model of the catalogue` },
      {
        is: factor === 'alignment' && others.some(({ alignment }) => alignment.base !== first?.id),
        message: 'expected a base model, then models tuned from it',
      },
      {
        is: factor === 'size' && found.some(({ nonEmbeddingParameters }) => nonEmbeddingParameters === null),
        message: 'expected models whose parameters without the embedding are known',
      },
    ].flatMap(({ is, message }) =>
      is ? [{ path: ['analyses', place, 'models'], message: `${id}: ${message}` }] : [],
    );
  });
}
