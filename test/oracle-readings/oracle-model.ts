import { scoreOf } from '../../lib/scoring/make-reading.js';
import { createRandom } from '../../lib/statistics/random.js';
import type { HumanAnswers } from '../../lib/survey/human-answers.js';
import type { Country, EncodedPrompt, Item, OptionReading } from '../../lib/types.js';
import { maximumEntropyLogProbs } from './maximum-entropy.js';
import { plantedProfile } from './planted-profile.js';

/** Scores offered for 1..10 of 0..10 begin at -.8, so a mean that every item can have lies within. */
export const REACH = 0.75;

/** What is planted in a model. */
export interface Planted {
  readonly name: string;
  /** r with the country's people, over all items, or over the items of each category where `byCategory` says so. */
  readonly r: (country: Country, category: string) => number;
  readonly byCategory?: boolean;
  /** Nats that the option in the first place gets on top. */
  readonly positionBias?: number;
  /** Probability of all options together. */
  readonly optionMass?: number;
  /** Cells that the model does not answer. */
  readonly missing?: (country: Country, item: Item) => boolean;
}

/** A model made of known numbers: the mean score of every cell, and what it answers to a prompt. */
export interface OracleModel {
  readonly name: string;
  /** The mean score that a cell is given, without position bias; null where nothing is planted. */
  readonly meanScore: (country: string, variable: string) => number | null;
  readonly answer: (prompt: EncodedPrompt) => OptionReading;
}

/** The world that models are planted in. */
export interface OracleWorld {
  readonly countries: readonly Country[];
  /** Items that can be asked and carry a mean. */
  readonly items: readonly Item[];
  readonly human: HumanAnswers;
}

/** @param seed of the noise */
export function oracleModel(planted: Planted, world: OracleWorld, seed: number): OracleModel {
  const means = plantedMeans(planted, world, seed);
  const items = new Map(world.items.map((item) => [item.variable, item]));
  return {
    name: planted.name,
    meanScore: (country, variable) => means.get(`${country} ${variable}`) ?? null,
    answer: ({ prompt }) => {
      const item = items.get(prompt.variable);
      const mean = means.get(`${prompt.country} ${prompt.variable}`);
      if (item === undefined || mean === undefined) {
        return { kind: 'unreadable', reason: 'not planted' };
      }
      const scores = prompt.options.map(({ code }) => scoreOf(item, code) ?? Number.NaN);
      const biased = maximumEntropyLogProbs(scores, mean).map(
        (logProb, place) => logProb + (place === 0 ? (planted.positionBias ?? 0) : 0),
      );
      const mass = Math.log(planted.optionMass ?? 1);
      const total = Math.log(biased.reduce((sum, logProb) => sum + Math.exp(logProb), 0));
      return {
        kind: 'read',
        optionLogProbs: biased.map((logProb) => logProb - total + mass),
        optionLogMass: mass,
        topTokens: [],
      };
    },
  };
}

function plantedMeans(
  planted: Planted,
  { countries, items, human }: OracleWorld,
  seed: number,
): Map<string, number> {
  const random = createRandom(seed);
  const means = new Map<string, number>();
  for (const country of countries) {
    const answered = items.filter(
      (item) =>
        human.meanScore(country.iso3, item.variable) !== null && planted.missing?.(country, item) !== true,
    );
    const categories =
      planted.byCategory === true ? [...new Set(answered.map((item) => item.category))] : [''];
    for (const category of categories) {
      const block = answered.filter((item) => category === '' || item.category === category);
      const people = block.map((item) => human.meanScore(country.iso3, item.variable) ?? 0);
      const profile = plantedProfile(people, planted.r(country, category), { random, reach: REACH });
      for (const [place, item] of block.entries()) {
        means.set(`${country.iso3} ${item.variable}`, profile[place] ?? 0);
      }
    }
  }
  return means;
}
