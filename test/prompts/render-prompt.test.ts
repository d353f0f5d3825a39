import { describe, expect, it } from 'vitest';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { findTemplate, loadTemplates } from '../../lib/prompts/templates.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { loadItems } from '../../lib/survey/items.js';
import {
  lastTemplate,
  netherlands,
  noCountryTemplate,
  trustItem,
  volunteeredItem,
} from '../support/examples.js';

describe('renderPrompt', () => {
  it('puts question and options first and the country last, under its name inside a sentence', () => {
    const prompt = renderPrompt({
      item: trustItem,
      template: lastTemplate,
      country: netherlands,
      order: 'given',
    });
    expect(prompt.text).toBe(
      'Q: How far do you trust made-up people?\nA. Completely\nB. Somewhat\nC. Not much\nD. Not at all\nPeople in the Netherlands:',
    );
    expect(prompt.options.map((option) => option.code)).toEqual([1, 2, 3, 4]);
  });

  it('reverses the options but not the letters', () => {
    const prompt = renderPrompt({
      item: trustItem,
      template: lastTemplate,
      country: netherlands,
      order: 'reversed',
    });
    expect(prompt.text).toContain('A. Not at all\nB. Not much\nC. Somewhat\nD. Completely');
    expect(prompt.options.map((option) => `${option.letter}${option.code}`)).toEqual([
      'A4',
      'B3',
      'C2',
      'D1',
    ]);
  });

  it('does not offer what people may only volunteer', () => {
    const prompt = renderPrompt({
      item: volunteeredItem,
      template: noCountryTemplate,
      country: null,
      order: 'given',
    });
    expect(prompt.text).toContain('A. Disagree\nB. Agree\n');
    expect(prompt.options.map((option) => option.code)).toEqual([0, 2]);
  });

  it('never takes a brace inside an item for a slot', () => {
    const item = { ...trustItem, question: 'Do you trust {country}?' };
    const prompt = renderPrompt({ item, template: lastTemplate, country: netherlands, order: 'given' });
    expect(prompt.text.startsWith('Q: Do you trust {country}?\n')).toBe(true);
  });

  it('refuses an item that cannot be asked, with its reason', () => {
    const item = { ...trustItem, canAsk: false, whyNotAsked: 'parties differ' };
    const ask = () => renderPrompt({ item, template: lastTemplate, country: netherlands, order: 'given' });
    expect(ask).toThrow('Asking Q900: the item cannot be asked on its own (parties differ).');
  });

  it('refuses a country for a template without one, and the reverse', () => {
    const withCountry = () =>
      renderPrompt({ item: trustItem, template: noCountryTemplate, country: netherlands, order: 'given' });
    expect(withCountry).toThrow('template "nobody" names no country, got NLD');
    const without = () =>
      renderPrompt({ item: trustItem, template: lastTemplate, country: null, order: 'given' });
    expect(without).toThrow('template "last" needs a country, got none');
  });

  it('refuses more options than there are letters', () => {
    const options = Array.from({ length: 27 }, (_, code) => ({
      code,
      label: `o${code}`,
      score: null,
      offered: true,
    }));
    const ask = () =>
      renderPrompt({
        item: { ...trustItem, options },
        template: lastTemplate,
        country: netherlands,
        order: 'given',
      });
    expect(ask).toThrow('Asking Q900: 27 options, but there are letters for 26.');
  });

  it('asks every item that can be asked, in every template of the project', () => {
    const book = loadTemplates();
    const germany = loadCountries().find((country) => country.iso3 === 'DEU') ?? null;
    const items = loadItems().filter((item) => item.canAsk);
    for (const template of book.templates) {
      const country = template.country === 'none' ? null : germany;
      const prompts = items.map((item) => renderPrompt({ item, template, country, order: 'given' }));
      expect(prompts.filter((prompt) => /[{}]/.test(prompt.text))).toEqual([]);
      expect(prompts.filter((prompt) => prompt.options.length < 2)).toEqual([]);
      // An answer must be able to follow the last word directly: no template ends in white space.
      expect(prompts.filter((prompt) => /\s$/.test(prompt.text))).toEqual([]);
    }
  });
});

describe('templates', () => {
  it('hold three wordings with the country last, one with it first, one without', () => {
    const places = loadTemplates().templates.map((template) => template.country);
    expect(places).toEqual(['last', 'last', 'last', 'first', 'none']);
  });

  it('are found by id, or the known ids are listed', () => {
    const book = loadTemplates();
    expect(findTemplate(book, book.default).id).toBe('people-answer');
    expect(() => findTemplate(book, 'peple')).toThrow('there is no "peple". Expected one of: people-answer,');
  });
});
