import type { PromptOption } from '../types.js';

/** Which option an answer in words names, or why it names none. */
export type NamedOption =
  | {
      readonly kind: 'named';
      /** Place of the option in the order shown, from 0. */
      readonly place: number;
      readonly by: 'letter' | 'text';
    }
  | { readonly kind: 'none'; readonly reason: NoOptionReason };

/** Why an answer names no option; few enough to be counted. */
export type NoOptionReason =
  | 'it is empty'
  | 'it ends before an option is named'
  | 'it begins with no option'
  | 'it names a letter that no option has'
  | 'it names several options'
  | 'its letter and its text name different options';

/** What people and models say before they answer: "The most common answer in Kenya is:", "Option", "I would choose". */
const LEAD_IN = new RegExp(
  '^(?:' +
    '(?:(?:the|my|their|your)\\s+)?(?:(?:correct|best|final|most\\s+(?:common|likely))\\s+)?' +
    '(?:answer|option|choice|response|letter)\\b' +
    '(?:\\s+(?:of|for|from|in|by)\\s+[^:.\\n]{1,60}?(?=\\s+(?:is|was|would\\s+be)\\b|\\s*:|\\s*$))?' +
    '(?:\\s+(?:is|was|would\\s+be)\\b)?\\s*:?' +
    "|i(?:'d|’d|\\s+would)?\\s+(?:choose|say|answer|pick|select)\\b" +
    ')[\\s:]*',
  'iu',
);
/** One letter that is no part of a word: "A", "(A)", "**B**", "c." */
const LETTER = /^([A-Za-z])(?![\p{L}\p{N}'’]|-[\p{L}\p{N}])/u;
const NOT_A_WORD = /^[^\p{L}\p{N}]+/u;
/** Letters that are also words: "A lot of people", "I am". */
const ALSO_WORDS = ['A', 'I'];

/**
 * Finds the option that a short answer names at its beginning: by its letter, alone or with signs around it ("A", "(A)",
 * "A. Very important"), or by its text, both also after words like "Answer:". What stands further on is not looked at, since
 * there an option may be mentioned without being chosen.
 *
 * @param answer.text what was written
 * @param answer.cut whether it was ended from outside: it may then break off within an option's text
 */
export function namedOption(
  answer: { readonly text: string; readonly cut: boolean },
  options: readonly PromptOption[],
): NamedOption {
  const words = answer.text.replace(NOT_A_WORD, '');
  if (words === '') {
    return none('it is empty');
  }
  let rest = words;
  for (let lead = LEAD_IN.exec(rest); lead !== null; lead = LEAD_IN.exec(rest)) {
    rest = rest.slice(lead[0].length).replace(NOT_A_WORD, '');
  }
  if (rest === '') {
    return none('it ends before an option is named');
  }
  return byLetter(rest, answer.cut, options) ?? byText(rest, answer.cut, options);
}

/** Null where the answer begins with no letter that stands for an option. */
function byLetter(text: string, cut: boolean, options: readonly PromptOption[]): NamedOption | null {
  const found = LETTER.exec(text)?.[1];
  if (found === undefined) {
    return null;
  }
  const letter = found.toUpperCase();
  const place = options.findIndex((option) => option.letter === letter);
  const after = text.slice(1);
  const rest = after.replace(NOT_A_WORD, '');
  const said = beginningText(rest, options);
  const goesOnAsSentence = /^[ \t]+\p{L}/u.test(after) && !/^\s+(?:or|and)\s/u.test(after);
  if (goesOnAsSentence && said !== place && (ALSO_WORDS.includes(letter) || found !== letter)) {
    return null;
  }
  if (place < 0) {
    return none('it names a letter that no option has');
  }
  const meant = said ?? (cut ? begunText(rest, options) : null);
  if (meant !== null && meant !== place) {
    return none('its letter and its text name different options');
  }
  const beyond = said === null ? rest : rest.slice(textLength(rest, options[said])).replace(NOT_A_WORD, '');
  const second = LETTER.exec(beyond.replace(/^(?:or|and)\s+[^\p{L}\p{N}]*/u, ''))?.[1];
  const other = options.findIndex((option) => option.letter === second);
  return other >= 0 && other !== place && !/^[A-Z][ \t]+\p{L}/u.test(beyond)
    ? none('it names several options')
    : { kind: 'named', place, by: 'letter' };
}

function byText(text: string, cut: boolean, options: readonly PromptOption[]): NamedOption {
  const place = beginningText(text, options) ?? (cut ? begunText(text, options) : null);
  return place === null ? none('it begins with no option') : { kind: 'named', place, by: 'text' };
}

/** Place of the one option whose text begins with all that is there; null where none or several do. */
function begunText(text: string, options: readonly PromptOption[]): number | null {
  const begun = text === '' ? [] : options.filter(({ label }) => plain(label).startsWith(plain(text)));
  const [only] = begun;
  return only !== undefined && begun.length === 1 ? options.indexOf(only) : null;
}

/** Place of the option whose text stands at the beginning, the longest where several do; null where none does. */
function beginningText(text: string, options: readonly PromptOption[]): number | null {
  let best: { readonly place: number; readonly length: number } | null = null;
  for (const [place, option] of options.entries()) {
    const length = textLength(text, option);
    if (length > (best?.length ?? 0)) {
      best = { place, length };
    }
  }
  return best?.place ?? null;
}

/** Characters that an option's text takes at the beginning; 0 where it does not stand there as whole words. */
function textLength(text: string, option: PromptOption | undefined): number {
  const label = option?.label ?? '';
  // The ends of a scale are named by their number: "1 (left)".
  const number = /^\d+(?= \()/u.exec(label)?.[0];
  for (const form of number === undefined ? [label] : [label, number]) {
    const stands = plain(text).startsWith(plain(form)) && !/^[\p{L}\p{N}]/u.test(text.slice(form.length));
    if (form !== '' && stands) {
      return form.length;
    }
  }
  return 0;
}

/** Letters without case, apostrophes of one kind: as long as the text itself. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function none(reason: NoOptionReason): NamedOption {
  return { kind: 'none', reason };
}
