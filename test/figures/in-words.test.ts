import { describe, expect, it } from 'vitest';
import { figureInWords } from '../../lib/figures/in-words/figure-in-words.js';
import { figureWordsHtml } from '../../lib/notebook/figure-html.js';
import { FIGURE_EXAMPLES, MARKUP } from '../support/figure-examples.js';

const wordsOf = (name: string): readonly string[] => {
  const example = FIGURE_EXAMPLES[name];
  expect(example, name).toBeDefined();
  return example === undefined ? [] : figureInWords(example.figure).lines;
};

describe.each(Object.entries(FIGURE_EXAMPLES))('%s in words', (_, { figure }) => {
  it('has its title, at least one number, and names with markup as they are', () => {
    const { title, lines } = figureInWords(figure);
    expect(title).toBe(MARKUP);
    expect(lines.join('\n')).toMatch(/\d/);
    expect(lines.join('\n')).not.toMatch(/(?<!1 )undefined|NaN|null|<br>|<span/);
  });

  it('stays text in a page', () => {
    const html = figureWordsHtml(figure);
    expect(html).toContain('<summary>In words: &lt;b&gt;Land &amp; Leute&lt;/b&gt;</summary>');
    expect(html.replace(/<\/?(details|summary|ul|li)( class="in-words")?>/g, '')).not.toMatch(/[<>]/);
  });
});

describe('what is told', () => {
  it('an estimate with its interval, beside the name on its axis; one that is undefined is left out', () => {
    expect(wordsOf('rByPart')).toEqual(
      expect.arrayContaining([
        "Across: Pearson's r with people's mean scores.",
        `${MARKUP}: ${MARKUP} (n = 9) 0.80 [0.70, 0.85]; Asia (n = 9) 0.60 [0.50, 0.65].`,
        'second: Asia (n = 9) 0.30 [0.20, 0.35].',
      ]),
    );
  });

  it('bars by the answer they stand over, tokens by their text', () => {
    expect(wordsOf('answerShares')).toContain(
      `People of ${MARKUP} (n = 1,000): ${MARKUP} 0.25; Not at all important 0.75.`,
    );
    expect(wordsOf('nextTokens')).toContain('any other token: <b> 0.20.');
  });

  it('a box by its median and its middle half', () => {
    expect(wordsOf('scoreBoxes').join('\n')).toContain(
      `people: ${MARKUP} (n = 40) 0.00, middle half −0.50 to 0.25`,
    );
  });

  it('fields of a heat map by row and column, tiles by their country; one without a value as such', () => {
    expect(wordsOf('rByCategory').at(-1)).toBe(
      `${MARKUP} (k = 4), ${MARKUP} 0.50; ${MARKUP} (k = 4), second −0.10; second (k = 5), second 0.90.`,
    );
    expect(wordsOf('countryTiles').at(-1)).toBe('Japan (0 items) –.');
  });

  it('in which of several panels a series stands, and a reference line in one of them', () => {
    const lines = wordsOf('seedArms');
    expect(lines).toContain('option mass, mean: a (n = 2) 0.90 [0.80, 0.95].');
    expect(lines.at(-1)).toBe(`${MARKUP}, ${MARKUP}: −0.10.`);
  });

  it('texts beside the marks, with the name on their line', () => {
    expect(wordsOf('contrasts').slice(-3)).toEqual([`${MARKUP}: +0.20.`, 'second: −0.10.', 'third: –.']);
  });

  it('many unnamed marks by their number and their ends; whole numbers without decimals', () => {
    // Five shuffles in forty bins: two fall together.
    expect(wordsOf('chance')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^by chance \(5 shuffles\): 40 marks; lowest at [-\d.]+: 0; highest at [\d.]+: 2\.$/,
        ),
        'seen: 0.800.',
      ]),
    );
  });
});
