import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { type ChatMessage, loadChatTemplate, renderChat } from '../../lib/prompts/chat-template.js';
import { promptTokenIds } from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import { kindFolder } from '../tokenization/family-fixtures.js';
import { DIFFERENT, REFUSED } from './template-differences.js';

interface Rendering {
  readonly chat: string;
  readonly text?: string;
  readonly complaint?: string;
  /** JSON. */
  readonly tokenIds?: string;
}

const folder = projectPath('test', 'fixtures', 'chat-templates');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
  readonly date: string;
  readonly chats: Readonly<Record<string, readonly ChatMessage[]>>;
  readonly templates: Readonly<Record<string, { tokenizer: string; renderings: readonly Rendering[] }>>;
  readonly constructs: readonly { source: string; text?: string; complaint?: string }[];
};
const settings = { date: expected.date, system: null };

/** A conversation as Python was given it: the order of a turn's fields shows where a template prints them. */
const turns = (chat: string): ChatMessage[] =>
  (expected.chats[chat] ?? []).map(({ role, content }) => ({ role, content }));

function rendered(source: string, chat: string, kind = 'gpt2'): { text: string } | { refusal: string } {
  const specialTokens = loadChatTemplate(kindFolder(kind))?.specialTokens ?? specialTokensOf(kind);
  try {
    return { text: renderChat({ source, path: 'the template', specialTokens }, turns(chat), settings) };
  } catch (error) {
    return { refusal: (error as Error).message };
  }
}

function specialTokensOf(kind: string): Record<string, string> {
  const config = JSON.parse(readFileSync(join(kindFolder(kind), 'tokenizer_config.json'), 'utf8')) as object;
  const named = Object.entries(config).filter(
    ([name, token]) => /^[a-z]+_token$/.test(name) && token !== null,
  );
  return Object.fromEntries(named.filter(([, token]) => typeof token === 'string'));
}

describe.each(Object.entries(expected.templates))(
  'the template %s',
  (name, { tokenizer: kind, renderings }) => {
    const source = readFileSync(join(folder, `${name}.jinja`), 'utf8');
    const tokenizer = loadTokenizer(kindFolder(kind));

    it.each(renderings)(
      'renders $chat as Python does, and has its ids',
      ({ chat, text, complaint, tokenIds }) => {
        const result = rendered(source, chat, kind);
        if (text === undefined) {
          expect(result).toMatchObject({ refusal: expect.stringContaining(complaint ?? 'no complaint') });
          return;
        }
        expect(result).toEqual({ text });
        const ids = promptTokenIds(tokenizer, { text, format: 'chat' });
        expect(JSON.stringify(ids)).toBe(tokenIds);
      },
    );

    it('never has two tokens of beginning', () => {
      const begin = tokenizer.encode(specialTokensOf(kind).bos_token ?? '', { specialTokens: false });
      const result = rendered(source, 'one turn', kind);
      const ids = 'text' in result ? promptTokenIds(tokenizer, { text: result.text, format: 'chat' }) : [];
      expect(ids.length).toBeGreaterThan(10);
      expect(begin.length === 1 && ids[0] === begin[0] && ids[1] === begin[0]).toBe(false);
    });
  },
);

describe('constructs of templates', () => {
  const cases = expected.constructs.map((one) => ({ ...one, result: rendered(one.source, 'three turns') }));

  it('are rendered as Python renders them, refused by name, or listed here as different', () => {
    const wrong = cases.filter(({ source, text, result }) => {
      const asListed = DIFFERENT[source] === undefined ? text : DIFFERENT[source];
      return 'text' in result && result.text !== asListed;
    });
    expect(wrong).toEqual([]);
    expect(
      cases.filter(({ text, result }) => 'text' in result && result.text === text).length,
    ).toBeGreaterThan(40);
  });

  it('are refused where they are listed as refused, with the reason', () => {
    const refused = cases.flatMap(({ source, text, result }) =>
      text !== undefined && 'refusal' in result ? [[source, result.refusal]] : [],
    );
    expect(refused.map(([source]) => source)).toEqual(REFUSED);
    for (const [, refusal] of refused) {
      expect(refusal).toMatch(
        /^Rendering the chat template of the template: .+ Ask this model with the plain format/s,
      );
    }
  });
});
