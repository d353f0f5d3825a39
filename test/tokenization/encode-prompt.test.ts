import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { type ChatMessage, loadChatTemplate, renderChat } from '../../lib/prompts/chat-template.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import {
  answerSeparator,
  answerTextIds,
  encodePrompt,
  promptTokenIds,
} from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer, type Tokenizer } from '../../lib/tokenization/tokenizer.js';
import type { Prompt } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const mini = loadTokenizer(projectPath('data', 'models', 'mini', 'mini-100k'));
const plain = renderPrompt({ item: trustItem, template: lastTemplate, country: netherlands, order: 'given' });

/** A tokenizer of one id for each word or space, except for the words given: they swallow what stands before them. */
function toyTokenizer(special: Record<string, number[]>): Pick<Tokenizer, 'encode'> {
  const encode = (text: string): number[] => {
    const ending = Object.keys(special).find((word) => text.endsWith(word));
    const ids = [...text].map((letter) => letter.codePointAt(0) ?? 0);
    return ending === undefined ? ids : [...ids.slice(0, -ending.length), ...(special[ending] ?? [])];
  };
  return { encode };
}

describe('encodePrompt', () => {
  it('finds the letter with its space after a colon', () => {
    const result = encodePrompt(mini, plain);
    const tokens = result.kind === 'encoded' ? result.encoded.optionTokens : [];
    expect(tokens.map((token) => token.text)).toEqual([' A', ' B', ' C', ' D']);
    expect(tokens.map((token) => mini.decode([token.tokenId]))).toEqual([' A', ' B', ' C', ' D']);
  });

  it('finds the bare letter after a line break, as chat templates end', () => {
    const result = encodePrompt(mini, { ...plain, text: `${plain.text}\n` });
    const [token] = result.kind === 'encoded' ? result.encoded.optionTokens : [];
    expect(token?.text).toBe('A');
    expect(mini.decode([token?.tokenId ?? -1])).toBe('A');
  });

  it('refuses a letter that takes several tokens', () => {
    const result = encodePrompt(toyTokenizer({}), plain);
    expect(result).toMatchObject({ kind: 'unreadable', reason: 'option letter " A": it takes 2 tokens' });
  });

  it('refuses a letter that merges with the prompt', () => {
    const result = encodePrompt(toyTokenizer({ ': A': [999] }), plain);
    expect(result).toMatchObject({
      kind: 'unreadable',
      reason: 'option letter " A": tokenization merges across the border between prompt and answer',
    });
  });

  it('refuses two letters with one token', () => {
    const result = encodePrompt(toyTokenizer({ ' A': [7], ' B': [7] }), plain);
    expect(result).toMatchObject({
      kind: 'unreadable',
      reason: 'option letters " A" and " B" share token 7',
    });
  });
});

describe('answerTextIds', () => {
  it('gives the ids that an answer adds to the prompt', () => {
    const ids = answerTextIds(mini, plain, 'Not much') ?? [];
    expect(mini.decode(ids)).toBe(' Not much');
    expect(answerSeparator({ text: 'ends with a space ' })).toBe('');
    expect(answerSeparator({ text: 'ends with a word' })).toBe(' ');
  });
});

describe('a tokenizer with a BOS and a chat template that writes it', () => {
  const folder = projectPath('test', 'fixtures', 'onnx', 'chat');
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    date: string;
    renderings: { addGenerationPrompt: boolean; messages: ChatMessage[]; text: string; tokenIds: number[] }[];
  };
  const tokenizer = loadTokenizer(folder);
  const template = loadChatTemplate(folder);

  it.each(expected.renderings.filter((one) => one.addGenerationPrompt))(
    'renders $messages.length messages as Python does, and encodes them with one BOS',
    ({ messages, text, tokenIds }) => {
      const rendered =
        template === null ? '' : renderChat(template, messages, { date: expected.date, system: null });
      expect(rendered).toBe(text);
      const ids = promptTokenIds(tokenizer, { text: rendered, format: 'chat' });
      expect(ids).toEqual(tokenIds);
      // Encoded as a plain text the tokenizer would put a second one in front: that is the mistake guarded against.
      const doubled = promptTokenIds(tokenizer, { text: rendered, format: 'plain' });
      expect(doubled).toEqual([ids[0], ...ids]);
    },
  );
});

describe('loadTokenizer', () => {
  it('refuses a tokenizer whose ids could differ in silence', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tokenizer-'));
    cpSync(mini.folder, folder, { recursive: true });
    const definition = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    definition.pre_tokenizer = {
      type: 'Split',
      pattern: { Regex: '\\s+' },
      behavior: 'MergedWithNext',
      invert: false,
    };
    writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(definition));
    expect(() => loadTokenizer(folder)).toThrow(
      'it uses what cannot be reproduced exactly here: pre_tokenizer.behavior is MergedWithNext',
    );
  });

  it('finds a folder from the project, wherever it is called, as models are opened', () => {
    const before = process.cwd();
    process.chdir(tmpdir());
    try {
      expect(loadTokenizer('data/models/mini/mini-100k').folder).toBe(mini.folder);
    } finally {
      process.chdir(before);
    }
  });

  it('decodes nothing, and what it does not know, to nothing', () => {
    expect(mini.decode([])).toBe('');
    expect(mini.decode([mini.vocabularySize + 5])).toBe('');
  });

  it('leaves prompts of the project whole: decoding gives the text back', () => {
    const asked: Prompt = plain;
    expect(mini.decode(promptTokenIds(mini, asked))).toBe(asked.text);
  });
});
