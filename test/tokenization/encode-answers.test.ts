import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { encodeAnswers } from '../../lib/tokenization/encode-answers.js';
import { answerTextIds, promptTokenIds } from '../../lib/tokenization/encode-prompt.js';
import { createAnswerEncoder } from '../../lib/tokenization/prompt-encoder.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import type { Prompt } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';
import { promptsOf, templates } from './default-study.js';

const mini = loadTokenizer(projectPath('data', 'models', 'mini', 'mini-100k'));
const prompt = renderPrompt({
  item: trustItem,
  template: lastTemplate,
  country: netherlands,
  order: 'given',
});

/** One id for each letter; a text that ends with `swallowed` loses as many ids, prompt's own among them. */
const letterByLetter = (swallowed?: string) => ({
  encode: (text: string): number[] => {
    const ids = [...text].map((letter) => letter.codePointAt(0) ?? 0);
    return swallowed !== undefined && text.endsWith(swallowed)
      ? [...ids.slice(0, -swallowed.length), 999]
      : ids;
  },
});
const labelled = (...labels: string[]): Prompt => ({
  ...prompt,
  options: labels.map((label, place) => ({ letter: 'ABCD'.charAt(place), code: place, label })),
});
const reasonOf = (...parameters: Parameters<typeof encodeAnswers>): string | null => {
  const result = encodeAnswers(...parameters);
  return result.kind === 'unreadable' ? result.reason : null;
};

describe('encodeAnswers', () => {
  it("gives the prompt's ids and those that each label adds, in the order shown", () => {
    const reversed = renderPrompt({
      ...{ item: trustItem, template: lastTemplate, country: netherlands },
      order: 'reversed',
    });
    const result = encodeAnswers(mini, reversed);
    const encoded = result.kind === 'encoded' ? result.encoded : null;
    expect(encoded?.tokenIds).toEqual(promptTokenIds(mini, reversed));
    expect(encoded?.answerTokenIds.map((ids) => mini.decode(ids))).toEqual([
      ' Not at all',
      ' Not much',
      ' Somewhat',
      ' Completely',
    ]);
    expect(encoded?.answerTokenIds).toEqual(
      reversed.options.map(({ label }) => answerTextIds(mini, reversed, label)),
    );
  });

  it('takes a text that begins another, not one that has the same tokens', () => {
    expect(reasonOf(letterByLetter(), labelled('Agree', 'Agree strongly'))).toBeNull();
    expect(reasonOf(letterByLetter(), labelled('Yes', 'No', 'Yes'))).toBe(
      'answer text "Yes": it has the tokens of "Yes"',
    );
  });

  it('refuses a text that merges with the prompt, or has no token', () => {
    expect(reasonOf(letterByLetter(': No'), labelled('Yes', 'No'))).toBe(
      'answer text "No": tokenization merges across the border between prompt and answer',
    );
    const afterSpace = { ...labelled(''), text: 'ends with a space ' };
    expect(reasonOf(letterByLetter(), afterSpace)).toBe('answer text "": it has no token');
  });
});

describe('createAnswerEncoder', () => {
  it('gives what the plain definition gives, for every prompt of an item', () => {
    const [people = []] = templates.slice(0, 1).map(promptsOf);
    const few = people.slice(0, 220);
    const encoder = createAnswerEncoder(mini);
    expect(few.map(encoder.encode)).toEqual(few.map((one) => encodeAnswers(mini, one)));
    expect(encoder.whyWhole()).toBeNull();
  });
});
