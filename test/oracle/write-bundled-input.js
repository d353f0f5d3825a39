// Writes the prompts that Python transformers and this library are both asked, for one bundled model:
//   python data/models/mini/make/make.py safetensors
//   npm run build && node test/oracle/write-bundled-input.js mini-100k
//   python test/oracle/reference.py test/oracle/bundled/mini-100k.input.json test/oracle/bundled/mini-100k.expected.json
// (python with test/oracle/requirements.txt, from the root of the project)
import { writeFileSync } from 'node:fs';
import { loadCountries, loadItems, loadTemplates, renderPrompt } from 'culture-lens';

const [model = 'mini-100k'] = process.argv.slice(2);

// Every number of options that is offered (2, 3, 4, 5, 7, 8, 10), a nominal item, a volunteered answer.
const VARIABLES = [
  'Q57',
  'Q122',
  'Q209',
  'Q1',
  'Q33',
  'Q171',
  'Q172',
  'Q241',
  'Q164',
  'Q173',
  'Q106',
  'Q254',
];
const COUNTRIES = ['JPN', 'NLD', 'USA', 'KGZ', 'ZWE', 'BOL'];

const items = new Map(loadItems().map((item) => [item.variable, item]));
const countries = new Map(loadCountries().map((country) => [country.iso3, country]));
const { templates } = loadTemplates();

const prompts = VARIABLES.flatMap((variable, index) => {
  const item = items.get(variable);
  const template = templates[index % templates.length];
  const country = template.country === 'none' ? null : countries.get(COUNTRIES[index % COUNTRIES.length]);
  return ['given', 'reversed'].map((order) => {
    const prompt = renderPrompt({ item, template, country, order });
    return {
      text: prompt.text,
      messages: null,
      letters: prompt.options.map((option) => option.letter),
      continuations: prompt.options.slice(0, 2).map((option) => option.label),
    };
  });
});

const lines = prompts.map((prompt) => JSON.stringify(prompt)).join(',\n');
const input = `{"model": "data/models/mini/${model}", "generateTokens": 6, "prompts": [\n${lines}\n]}\n`;
writeFileSync(new URL(`./bundled/${model}.input.json`, import.meta.url), input);
