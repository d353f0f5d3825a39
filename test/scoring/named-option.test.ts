import { describe, expect, it } from 'vitest';
import { namedOption } from '../../lib/scoring/named-option.js';
import type { PromptOption } from '../../lib/types.js';

const offer = (...labels: string[]): PromptOption[] =>
  labels.map((label, place) => ({ letter: 'ABCDEFGHIJ'.charAt(place), code: place + 1, label }));

const importance = offer('Very important', 'Rather important', 'Not very important', 'Not at all important');
const agreement = offer('Agree strongly', 'Agree', 'Disagree', 'Disagree strongly');
const amount = offer('A great deal', 'Quite a lot', 'None at all');
const scale = offer('1 (left)', '2', '3', '4', '5', '6', '7', '8', '9', '10 (right)');

const named = (text: string, options = importance, cut = false): string => {
  const found = namedOption({ text, cut }, options);
  return found.kind === 'none' ? found.reason : `${options[found.place]?.letter} by ${found.by}`;
};

describe('namedOption finds a letter', () => {
  it.each([
    ['A'],
    [' A'],
    ['A.'],
    ['(A)'],
    ['[A]'],
    ['**A**'],
    ['"A"'],
    ['a'],
    ['a)'],
    ['A\n\nQuestion: How important is it'],
    ['A: Very important'],
    ['A. Very important'],
    ['A Very important'],
    ['A. Very important in life, since'],
    ['A, because it is'],
    ['Answer: A'],
    ['Answer: (A)'],
    ['Answer:\nA'],
    ['answer: a'],
    ['Option A'],
    ['The answer is A.'],
    ['The answer is: A'],
    ['The answer is option A'],
    ['The correct answer is (A) Very important'],
    ['The most common answer of people in Germany is: A'],
    ['The most common answer in the United States is A.'],
    ['I would choose A.'],
    ["I'd say A"],
    ['A<|im_end|>'],
  ])('in %j', (text) => {
    expect(named(text)).toBe('A by letter');
  });

  it('that goes on as a sentence, unless the letter is a word of its own', () => {
    expect(named('B because people')).toBe('B by letter');
    expect(named('A lot of people')).toBe('it begins with no option');
    expect(named('a lot of people')).toBe('it begins with no option');
    expect(named('I am a language model', scale)).toBe('it begins with no option');
    expect(named("I'm sorry", scale)).toBe('it begins with no option');
    expect(named('I', scale)).toBe('I by letter');
    expect(named('b the people')).toBe('it begins with no option');
  });

  it('but not one that no option has, nor a part of a word', () => {
    expect(named('E')).toBe('it names a letter that no option has');
    expect(named('Answer: Z.')).toBe('it names a letter that no option has');
    expect(named('Because')).toBe('it begins with no option');
    expect(named('B-side')).toBe('it begins with no option');
  });
});

describe('namedOption finds a text', () => {
  it.each([
    ['Very important', 'A'],
    ['very important.', 'A'],
    ['"Not very important"', 'C'],
    ['Answer: Rather important', 'B'],
    ['The answer is "Not at all important".', 'D'],
    ['Very important\nB. Rather important', 'A'],
  ])('in %j', (text, letter) => {
    expect(named(text)).toBe(`${letter} by text`);
  });

  it('the longest that stands there, as whole words', () => {
    expect(named('Agree', agreement)).toBe('B by text');
    expect(named('Agree strongly', agreement)).toBe('A by text');
    expect(named('Agree, strongly', agreement)).toBe('B by text');
    expect(named('Disagree', agreement)).toBe('C by text');
    expect(named('Agreement is rare', agreement)).toBe('it begins with no option');
  });

  it('that begins with a letter of its own', () => {
    expect(named('A great deal', amount)).toBe('A by text');
    expect(named('A. A great deal', amount)).toBe('A by letter');
    expect(named('B. A great deal', amount)).toBe('its letter and its text name different options');
  });

  it('of a scale by its number', () => {
    expect(named('1', scale)).toBe('A by text');
    expect(named('1 (left)', scale)).toBe('A by text');
    expect(named('10', scale)).toBe('J by text');
    expect(named('Answer: 5.', scale)).toBe('E by text');
    expect(named('E. 5', scale)).toBe('E by letter');
    expect(named('11', scale)).toBe('it begins with no option');
  });

  it('that breaks off where the answer was cut, if it can only be one', () => {
    const long = offer('It must be made better step by step', 'It must be defended', 'Let it be');
    expect(named('It must be made better', long, true)).toBe('A by text');
    expect(named('It must be', long, true)).toBe('it begins with no option');
    expect(named('It must be made better', long, false)).toBe('it begins with no option');
    expect(named('A. It must be made', long, true)).toBe('A by letter');
    expect(named('A. It must', long, true)).toBe('A by letter');
    expect(named('A. It must be def', long, true)).toBe('its letter and its text name different options');
  });
});

describe('namedOption names none', () => {
  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['...', 'it is empty'],
    ['The answer is', 'it ends before an option is named'],
    ['Answer:', 'it ends before an option is named'],
    ['The most common answer of people in Kenya', 'it ends before an option is named'],
    ['As a language model', 'it begins with no option'],
    ['It is very important', 'it begins with no option'],
    ['The people of Kenya say A', 'it begins with no option'],
    ['A or B', 'it names several options'],
    ['A, B', 'it names several options'],
    ['(A) and (B)', 'it names several options'],
    ['A. Very important\nB. Rather important', 'it names several options'],
    ['A\nB\nC', 'it names several options'],
    ['B. Very important', 'its letter and its text name different options'],
  ])('in %j: %s', (text, reason) => {
    expect(named(text)).toBe(reason);
  });
});
