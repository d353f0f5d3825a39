import { z } from 'zod';
import { dataPath } from '../files/data-folder.js';
import { readJsonFile } from '../files/read-json.js';

const countable = z.enum([
  'countries',
  'respondents',
  'default-countries',
  'western-default-countries',
  'share-rows',
  'mean-rows',
  'suspect-cells',
  'cells-with-shares',
  'cells-with-mean-only',
  'countries-with-shares-of-most-items',
  'items-without-data',
  'items-in-fewer-than-30-countries',
  'items',
  'default-items',
  'default-items-askable',
  'default-items-with-mean',
]);

/** What can be counted in the survey's files. */
export type Countable = z.infer<typeof countable>;

/** Items of a category: all, those that can be asked, those that carry a mean. */
export interface CategoryCounts {
  readonly items: number;
  readonly askable: number;
  readonly withMean: number;
}

/** One stated fact about the survey. */
export type SurveyFact =
  | {
      readonly kind: 'count';
      readonly of: Countable;
      readonly expected: number;
      readonly statement: string;
      readonly statedIn: string;
    }
  | {
      readonly kind: 'category';
      readonly category: string;
      readonly expected: CategoryCounts;
      readonly statedIn: string;
    }
  | {
      /** The country with the highest or lowest mean score of an item, over all countries. */
      readonly kind: 'extreme';
      readonly variable: string;
      readonly end: 'highest' | 'lowest';
      readonly country: string;
      readonly expected: number;
      readonly statement: string;
      readonly statedIn: string;
    };

/** The facts that data/survey/README.md states, for a check of the data before any analysis. */
export interface SurveyFacts {
  /** The weights that the stated mean scores were computed with. */
  readonly weights: 'weighted' | 'unweighted';
  /** How far a mean score may lie from the stated one. */
  readonly tolerance: number;
  readonly facts: readonly SurveyFact[];
}

const statedIn = z.string().min(1);
const statement = z.string().min(1);
const factSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), of: countable, expected: z.int(), statement, statedIn }),
  z.strictObject({
    kind: z.literal('category'),
    category: z.string().min(1),
    expected: z.strictObject({ items: z.int(), askable: z.int(), withMean: z.int() }),
    statedIn,
  }),
  z.strictObject({
    kind: z.literal('extreme'),
    variable: z.string().min(1),
    end: z.enum(['highest', 'lowest']),
    country: z.string().length(3),
    expected: z.number().min(-1).max(1),
    statement,
    statedIn,
  }),
]);
const factsSchema: z.ZodType<SurveyFacts> = z.strictObject({
  weights: z.enum(['weighted', 'unweighted']),
  tolerance: z.number().positive(),
  facts: z.array(factSchema).min(1),
});

/** The stated facts. @throws InputError naming file and field */
export function loadSurveyFacts(path: string = dataPath('survey', 'facts.json')): SurveyFacts {
  return readJsonFile(path, factsSchema, 'the facts about the survey');
}
