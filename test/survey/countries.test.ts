import { describe, expect, it } from 'vitest';
import { loadCountries, parseCountries } from '../../lib/survey/countries.js';

const HEADER =
  'iso3,name,prompt_name,b_country,continent,cultural_zone,zone_certain,western,in_default_set,n_respondents,year';
const NLD = 'NLD,Netherlands,the Netherlands,528,Europe,Protestant Europe,yes,yes,yes,2145,2022';

describe('parseCountries', () => {
  it('reads every column', () => {
    expect(parseCountries(`${HEADER}\n${NLD}\n`, 'c.csv')).toEqual([
      {
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
      },
    ]);
  });

  it('takes a blank year as not known', () => {
    const [country] = parseCountries(`${HEADER}\n${NLD.replace('2022', '')}\n`, 'c.csv');
    expect(country?.year).toBeNull();
  });

  it.each([
    ['NLD,', 'nl,', 'iso3', 'found "nl", expected three capital letters'],
    ['Netherlands,', ' ,', 'name', 'found " ", expected a text'],
    [',528,', ',5x8,', 'b_country', 'found "5x8", expected a whole number'],
    [
      ',Europe,',
      ',Eurasia,',
      'continent',
      'found "Eurasia", expected one of Africa, Asia, Europe, Latin America',
    ],
    ['Protestant Europe', 'Nordic', 'cultural_zone', 'found "Nordic", expected one of African-Islamic'],
    ['yes,yes,yes', 'maybe,yes,yes', 'zone_certain', 'found "maybe", expected one of yes, no'],
    ['yes,yes,yes', 'yes,1,yes', 'western', 'found "1", expected one of yes, no'],
    ['yes,yes,yes', 'yes,yes,', 'in_default_set', 'found "", expected one of yes, no'],
    ['2145', '-3', 'n_respondents', 'found "-3", expected a whole number'],
    ['2022', 'late', 'year', 'found "late", expected a whole number'],
  ])('tells line and column when %j becomes %j', (from, to, column, message) => {
    const text = `${HEADER}\n${NLD}\n${NLD.replace('NLD', 'BEL').replace(from.replace('NLD', 'BEL'), to)}\n`;
    expect(() => parseCountries(text, 'c.csv')).toThrow(
      `Reading the country list: c.csv line 3, column ${column}: ${message}`,
    );
  });

  it('refuses a country that occurs twice and a file without a column', () => {
    expect(() => parseCountries(`${HEADER}\n${NLD}\n${NLD}\n`, 'c.csv')).toThrow(
      'c.csv line 3, column iso3: found "NLD", which line 2 holds already. Expected each country once.',
    );
    expect(() => parseCountries('iso3,name\nNLD,Netherlands\n', 'c.csv')).toThrow(
      'Reading the country list: c.csv lacks the column prompt_name,',
    );
  });
});

describe('loadCountries', () => {
  it('holds the 66 countries of the survey', () => {
    const countries = loadCountries();
    expect(countries).toHaveLength(66);
    expect(new Set(countries.map((country) => country.surveyCode)).size).toBe(66);
    // UN M49: the Americas in two parts.
    const inContinent = (name: string) => countries.filter((country) => country.continent === name).length;
    expect(
      ['Africa', 'Asia', 'Europe', 'Latin America', 'Northern America', 'Oceania'].map(inContinent),
    ).toEqual([8, 29, 12, 13, 2, 2]);
  });

  it('names the file that cannot be read', () => {
    expect(() => loadCountries('no-such-file.csv')).toThrow(
      'Reading the country list: no-such-file.csv cannot be read',
    );
  });
});
