import type { Country, Item, PromptTemplate } from '../../lib/types.js';

/** A four-option item whose first option scores +1. */
export const trustItem: Item = {
  variable: 'Q900',
  category: 'social-capital',
  battery: 'Q900',
  construct: 'value',
  label: 'Trust in made-up people',
  question: 'How far do you trust made-up people?',
  orientation: 'lower',
  options: [
    { code: 1, label: 'Completely', score: 1, offered: true },
    { code: 2, label: 'Somewhat', score: 1 / 3, offered: true },
    { code: 3, label: 'Not much', score: -1 / 3, offered: true },
    { code: 4, label: 'Not at all', score: -1, offered: true },
  ],
  droppedCodes: [],
  canMean: true,
  whyNoMean: null,
  canAsk: true,
  whyNotAsked: null,
  note: null,
};

/** A three-answer item whose middle answer people may volunteer but nobody offers. */
export const volunteeredItem: Item = {
  ...trustItem,
  variable: 'Q901',
  orientation: 'higher',
  options: [
    { code: 0, label: 'Disagree', score: -1, offered: true },
    { code: 1, label: 'Unsure', score: 0, offered: false },
    { code: 2, label: 'Agree', score: 1, offered: true },
  ],
};

export const netherlands: Country = {
  iso3: 'NLD',
  name: 'Netherlands',
  promptName: 'the Netherlands',
  surveyCode: 528,
  continent: 'Europe',
  culturalZone: 'Protestant Europe',
  western: true,
  inDefaultSet: true,
  respondents: 2145,
  year: 2022,
};

export const lastTemplate: PromptTemplate = {
  id: 'last',
  country: 'last',
  description: 'country last',
  text: 'Q: {question}\n{options}\nPeople in {country}:',
};

export const noCountryTemplate: PromptTemplate = {
  id: 'nobody',
  country: 'none',
  description: 'no country',
  text: 'Q: {question}\n{options}\nAnswer:',
};
