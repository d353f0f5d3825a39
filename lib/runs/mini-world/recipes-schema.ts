import { z } from 'zod';
import { MINI_FACTORS, type MiniFactor } from '../../analysis/mini-world/mini-world.js';

const name = z.string().min(1);
const named = <Value extends z.ZodType>(value: Value) => z.record(name, value);

// The maker reads more of the file than the analyses do: what only it needs is left to it.
const size = z.looseObject({
  width: z.int().min(1),
  layers: z.int().min(1),
  heads: z.int().min(1),
  inner: z.int().min(1),
});
const telling = z.looseObject({ of: name.optional(), othersFrom: name.optional() });
const source = z.looseObject({ telling: name, coverage: name, language: name.default('english') });
const stage = z.looseObject({ forms: z.enum(['base', 'instruction']), sources: z.array(source).min(1) });
const recipe = z.looseObject({
  size: name,
  seeds: z.int().min(1),
  stages: z.array(name).min(1),
  tokenizer: name.default('english'),
});

const file = z.looseObject({
  tokenizers: named(z.looseObject({ languages: z.array(name).min(1) })),
  languages: named(z.looseObject({ continents: z.array(name) })),
  sizes: named(size),
  coverages: named(z.looseObject({})),
  tellings: named(telling),
  stages: named(stage),
  recipes: named(recipe),
  factors: named(z.array(name)),
});

/** recipes.json as it stands in the file. */
export type RecipesFile = z.infer<typeof file>;

/** What the recipes of each factor are, in their order; the last of an open list may be repeated. */
const ARMS: Readonly<
  Record<MiniFactor, { readonly fewest: number; readonly most: number; readonly are: string }>
> = {
  size: { fewest: 2, most: 20, are: 'recipes of different size' },
  coverage: { fewest: 2, most: 20, are: 'recipes from the one that tells most of the West to the even one' },
  languages: { fewest: 3, most: 3, are: 'one language, local text, translated text' },
  alignment: { fewest: 4, most: 4, are: 'base, continued, tuned on permuted answers, tuned' },
  synthetic: {
    fewest: 4,
    most: 4,
    are: 'little text, synthetic text, more text, synthetic text of a leaning teacher',
  },
  null: { fewest: 1, most: 1, are: 'the recipe whose seeds are set against each other' },
};

/** The file with its checks: every name that is used is defined, every size can be built, the factors are the six. */
export const recipesSchema = file.superRefine((value, context) => {
  for (const problem of [...sizeProblems(value), ...nameProblems(value), ...factorProblems(value)]) {
    context.addIssue({ code: 'custom', ...problem });
  }
});

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

function sizeProblems({ sizes }: RecipesFile): Problem[] {
  return Object.entries(sizes).flatMap(([id, { width, heads }]) =>
    width % (2 * heads) === 0
      ? []
      : [
          {
            path: ['sizes', id, 'width'],
            message:
              `expected a multiple of twice the heads (${2 * heads}), because each of the ${heads} heads turns pairs of numbers ` +
              'by position; change width or heads',
          },
        ],
  );
}

function nameProblems(value: RecipesFile): Problem[] {
  const { tellings, coverages, languages, stages, sizes, tokenizers, recipes } = value;
  const known = (section: object, one: string | undefined, path: (string | number)[]): Problem[] =>
    one === undefined || Object.hasOwn(section, one)
      ? []
      : [{ path, message: `"${one}" is not defined; expected one of ${Object.keys(section).join(', ')}` }];
  return [
    ...Object.entries(tellings).flatMap(([id, { of, othersFrom }]) => [
      ...known(tellings, of, ['tellings', id, 'of']),
      ...known(recipes, othersFrom, ['tellings', id, 'othersFrom']),
    ]),
    ...Object.entries(stages).flatMap(([id, { sources }]) =>
      sources.flatMap((one, turn) => [
        ...known(tellings, one.telling, ['stages', id, 'sources', turn, 'telling']),
        ...known(coverages, one.coverage, ['stages', id, 'sources', turn, 'coverage']),
        ...known(languages, one.language, ['stages', id, 'sources', turn, 'language']),
      ]),
    ),
    ...Object.entries(tokenizers).flatMap(([id, one]) =>
      one.languages.flatMap((language, turn) =>
        known(languages, language, ['tokenizers', id, 'languages', turn]),
      ),
    ),
    ...Object.entries(recipes).flatMap(([id, one]) => [
      ...known(sizes, one.size, ['recipes', id, 'size']),
      ...known(tokenizers, one.tokenizer, ['recipes', id, 'tokenizer']),
      ...one.stages.flatMap((stageName, turn) => known(stages, stageName, ['recipes', id, 'stages', turn])),
    ]),
    ...Object.entries(value.factors).flatMap(([id, arms]) =>
      arms.flatMap((arm, turn) => known(recipes, arm, ['factors', id, turn])),
    ),
  ];
}

function factorProblems({ factors }: RecipesFile): Problem[] {
  const six = MINI_FACTORS.join(', ');
  const unknown = Object.keys(factors).filter((id) => !MINI_FACTORS.some((factor) => factor === id));
  return [
    ...unknown.map((id) => ({
      path: ['factors', id],
      message: `"${id}" is no factor; expected one of ${six}`,
    })),
    ...MINI_FACTORS.flatMap((factor): Problem[] => {
      const { fewest, most, are } = ARMS[factor];
      const arms = factors[factor];
      const path = ['factors', factor];
      if (arms === undefined) {
        return [{ path, message: `the factor is missing; expected all of ${six}` }];
      }
      return arms.length < fewest || arms.length > most
        ? [{ path, message: `expected ${fewest === most ? fewest : `${fewest} or more`} recipes: ${are}` }]
        : [];
    }),
  ];
}
