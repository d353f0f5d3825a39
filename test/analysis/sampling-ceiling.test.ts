import { describe, expect, it } from 'vitest';
import { samplingCeilings } from '../../lib/analysis/sampling-ceiling.js';
import { pearson } from '../../lib/statistics/correlation.js';
import { createRandom } from '../../lib/statistics/random.js';
import { mean } from '../../lib/statistics/spread.js';
import type { HumanAnswers } from '../../lib/survey/human-answers.js';
import type { HumanAnswer } from '../../lib/types.js';
import { someCountries, someItems } from './small-world.js';

const COUNTRIES = 20;
const ITEMS = 400;
const PEOPLE = 40;
const countries = someCountries(COUNTRIES);
const items = someItems(ITEMS);
const random = createRandom(11);
/** Share of people who say yes in truth: few people asked, so that sampling matters. */
const truth = countries.map(() => items.map(() => 0.3 + 0.4 * random.uniform()));

/** What a simple random sample of people says. */
function sampled(withShares: boolean): HumanAnswers {
  const draw = createRandom(12);
  const cells = countries.flatMap(({ iso3 }, c) =>
    items.map(({ variable }, i): HumanAnswer => {
      const yes =
        Array.from({ length: PEOPLE }, () => draw.uniform()).filter((u) => u < (truth[c]?.[i] ?? 0)).length /
        PEOPLE;
      return {
        ...{ country: iso3, variable, meanScore: 2 * yes - 1, weighted: true, respondents: PEOPLE },
        shares: withShares
          ? [
              { code: 1, share: 1 - yes },
              { code: 2, share: yes },
            ]
          : null,
        ...{ source: 'made up', suspect: null },
      };
    }),
  );
  const byKey = new Map(cells.map((cell) => [`${cell.country} ${cell.variable}`, cell]));
  const answer = (country: string, variable: string) => byKey.get(`${country} ${variable}`) ?? null;
  return {
    ...{ weights: 'weighted', cells, read: { shareRows: 0, meanRows: 0, otherVariables: [] }, answer },
    meanScore: (country, variable) => answer(country, variable)?.meanScore ?? null,
  };
}

describe('the ceiling that sampling sets', () => {
  it('is the r that the true mean scores reach with the sampled ones', () => {
    const human = sampled(true);
    const reached = countries.map(
      ({ iso3 }, c) =>
        pearson(
          truth[c] ?? [],
          items.map(({ variable }) => human.meanScore(iso3, variable) ?? 9),
        ).r ?? 9,
    );
    const [simple] = samplingCeilings({ human, items, countries }, [1]);
    // About .83; over 20 countries of 400 items the mean of r has a standard error of (1 - .83²) / √8000, about .0035.
    expect(Math.abs((simple?.r ?? 9) - (mean(reached) ?? -9))).toBeLessThan(0.0105);
    expect(simple?.r).toBeLessThan(0.9);
  });

  it('takes the largest possible variance of a score where shares are not known anywhere', () => {
    const [known] = samplingCeilings({ human: sampled(true), items, countries }, [1]);
    const [unknown] = samplingCeilings({ human: sampled(false), items, countries }, [1]);
    // Two options: the largest possible variance is the real one.
    expect(unknown?.r).toBeCloseTo(known?.r ?? 9, 12);
    expect(unknown?.withinItems).toBeCloseTo(known?.withinItems ?? 9, 12);
  });

  it('falls with the design effect, and is undefined where sampling alone explains the spread', () => {
    const [simple, two, four] = samplingCeilings({ human: sampled(true), items, countries }, [1, 2, 4]);
    expect(two?.r).toBeLessThan(simple?.r ?? 0);
    expect(simple?.undefinedCount).toBe(0);
    expect(four).toMatchObject({ r: null, deviationR: null, cells: COUNTRIES * ITEMS, imputedCells: 0 });
    expect(four?.undefinedCount).toBeGreaterThan(2 * COUNTRIES);
  });

  it('counts the cells whose shares are not known', () => {
    const [unknown] = samplingCeilings({ human: sampled(false), items, countries }, [1]);
    expect(unknown?.imputedCells).toBe(COUNTRIES * ITEMS);
  });

  it('is undefined without people', () => {
    const nobody = { ...sampled(true), answer: () => null };
    expect(samplingCeilings({ human: nobody, items, countries }, [1])).toEqual([
      {
        ...{ designEffect: 1, r: null, deviationR: null, withinItems: null },
        ...{ undefinedCount: 2 * COUNTRIES + ITEMS, cells: 0, imputedCells: 0 },
      },
    ]);
  });
});
