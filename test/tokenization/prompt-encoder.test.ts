import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { encodePrompt } from '../../lib/tokenization/encode-prompt.js';
import { createPromptEncoder } from '../../lib/tokenization/prompt-encoder.js';
import { loadTokenizer, type Tokenizer } from '../../lib/tokenization/tokenizer.js';
import { drawPrompts, promptsOf, templates } from './default-study.js';

const mini = loadTokenizer(projectPath('data', 'models', 'mini', 'mini-100k'));
const [people = []] = templates.slice(0, 1).map(promptsOf);

/** The mini tokenizer, with a remembering encoder that is wrong about one word. */
function wrongAbout(word: string): Tokenizer {
  const remembering = mini.remembering();
  return {
    ...mini,
    remembering: () => ({
      ...remembering,
      encode: (text, options) => remembering.encode(text.replaceAll(word, 'nobody'), options),
    }),
  };
}

describe('encoding the default study', () => {
  it('gives what the plain definition gives, for every prompt that a seed draws', () => {
    const remembering = mini.remembering();
    const encodings = new Map(people.map((prompt) => [prompt, encodePrompt(remembering, prompt)]));
    expect(encodings.size).toBe(208 * 55 * 2);
    const drawn = [...drawPrompts(people, 1), ...drawPrompts(people, 2), ...drawPrompts(people, 3)];
    for (const prompt of drawn) {
      expect(encodings.get(prompt)).toEqual(encodePrompt(mini, prompt));
    }
    expect(remembering.remembered()).toBeLessThan(1_000);
  });

  it.each(templates.slice(1))('does so in the wording $id', (template) => {
    const remembering = mini.remembering();
    for (const prompt of drawPrompts(promptsOf(template), 4)) {
      expect(encodePrompt(remembering, prompt)).toEqual(encodePrompt(mini, prompt));
    }
  });
});

describe('createPromptEncoder', () => {
  it('remembers, as long as what it compares is equal', () => {
    const encoder = createPromptEncoder(mini);
    const few = people.slice(0, 500);
    expect(few.map(encoder.encode)).toEqual(few.map((prompt) => encodePrompt(mini, prompt)));
    expect(encoder.whyWhole()).toBeNull();
  });

  it('compares the first prompt of each item and country, and no more', () => {
    const asked: string[] = [];
    const encoder = createPromptEncoder({
      ...mini,
      encode: (text, options) => {
        asked.push(text);
        return mini.encode(text, options);
      },
    });
    // The prompt and each of its four letters, for 55 countries; both items that follow have as many.
    people.slice(0, 110).map(encoder.encode);
    expect(asked).toHaveLength(55 * 5);
    people.slice(0, 110).map(encoder.encode);
    expect(asked).toHaveLength(55 * 5);
    people.slice(110, 330).map(encoder.encode);
    expect(asked).toHaveLength(57 * 5);
  });

  it('stops for good at a difference, names the prompt, and is right from there on', () => {
    const encoder = createPromptEncoder(wrongAbout('Japan'));
    const few = people.slice(0, 110);
    const encodings = few.map(encoder.encode);
    expect(encoder.whyWhole()).toBe(
      'the prompt about Q1 in JPN (template people-answer, plain, order given) has other token ids with remembered ' +
        'pre-tokens than encoded whole',
    );
    // The second prompt about Japan is not compared: only the difference found in the first one makes it right.
    expect(encodings).toEqual(few.map((prompt) => encodePrompt(mini, prompt)));
  });
});
