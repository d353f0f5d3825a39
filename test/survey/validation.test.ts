import { describe, expect, it } from 'vitest';
import { loadCountries } from '../../lib/survey/countries.js';
import { loadSurveyFacts, type SurveyFacts } from '../../lib/survey/facts.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';
import { selectItems } from '../../lib/survey/item-sets.js';
import { loadItems } from '../../lib/survey/items.js';
import { surveyValidation, type ValidationInput } from '../../lib/survey/validation.js';

const items = loadItems();
const input: ValidationInput = {
  countries: loadCountries(),
  items,
  defaultItems: selectItems(items, 'wvs-209'),
  human: loadHumanAnswers(items, { weights: 'weighted' }),
  facts: loadSurveyFacts(),
};

describe('surveyValidation', () => {
  it('finds every stated fact in the files', () => {
    const rows = surveyValidation(input);
    expect(rows).toHaveLength(input.facts.facts.length);
    expect(rows.filter((row) => !row.agrees)).toEqual([]);
    expect(rows).toContainEqual({
      fact: 'people asked, all countries together',
      expected: '97220',
      found: '97220',
      agrees: true,
      statedIn: 'data/survey/README.md, Coverage',
    });
  });

  it('says what was found where a fact does not hold', () => {
    const facts: SurveyFacts = {
      ...input.facts,
      facts: [
        { kind: 'count', of: 'countries', expected: 67, statement: 'countries', statedIn: 'x' },
        {
          kind: 'category',
          category: 'science',
          expected: { items: 6, askable: 6, withMean: 5 },
          statedIn: 'x',
        },
        {
          ...{ kind: 'extreme', variable: 'Q57', end: 'highest', statement: 'trust', statedIn: 'x' },
          ...{ country: 'NLD', expected: 0.2796 },
        } as const,
        {
          ...{ kind: 'extreme', variable: 'Q57', end: 'lowest', statement: 'trust', statedIn: 'x' },
          ...{ country: 'ZWE', expected: -0.9 },
        } as const,
        {
          ...{ kind: 'extreme', variable: 'Q173', end: 'lowest', statement: 'religion', statedIn: 'x' },
          ...{ country: 'ZWE', expected: 0 },
        } as const,
      ],
    };
    expect(
      surveyValidation({ ...input, facts }).map(({ expected, found, agrees }) => ({
        expected,
        found,
        agrees,
      })),
    ).toEqual([
      { expected: '67', found: '66', agrees: false },
      {
        expected: '6 items, 6 askable, 5 with a mean',
        found: '6 items, 6 askable, 6 with a mean',
        agrees: false,
      },
      { expected: 'NLD 0.280', found: 'CHN 0.280', agrees: false },
      { expected: 'ZWE -0.900', found: 'ZWE -0.957', agrees: false },
      { expected: 'ZWE 0.000', found: 'no mean score', agrees: false },
    ]);
  });

  it('refuses answers with other weights than the facts', () => {
    const human = loadHumanAnswers(items, { weights: 'unweighted' });
    expect(() => surveyValidation({ ...input, human })).toThrow(
      "Checking the survey: the human answers are unweighted, but the facts are stated for weighted ones. Load them with weights: 'weighted'.",
    );
  });
});
