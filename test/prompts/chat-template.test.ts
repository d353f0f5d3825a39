import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import {
  asChatPrompt,
  type ChatTemplate,
  DEFAULT_CHAT_SETTINGS,
  loadChatTemplate,
  renderChat,
} from '../../lib/prompts/chat-template.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { strftime } from '../../lib/prompts/strftime.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const template = (source: string): ChatTemplate => ({
  source,
  path: 'somewhere/chat_template.jinja',
  specialTokens: { bos_token: '<s>', eos_token: '</s>' },
});

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('loadChatTemplate', () => {
  it('prefers chat_template.jinja to tokenizer_config.json', () => {
    const folder = folderWith({
      'tokenizer_config.json': '{"chat_template": "from the configuration", "bos_token": {"content": "<s>"}}',
      'chat_template.jinja': 'from the file',
    });
    const loaded = loadChatTemplate(folder);
    expect(loaded?.source).toBe('from the file');
    expect(loaded?.specialTokens).toEqual({ bos_token: '<s>' });
  });

  it('takes the template called "default" where there are several', () => {
    const config = {
      chat_template: [
        { name: 'tools', template: 'T' },
        { name: 'default', template: 'D' },
      ],
    };
    expect(loadChatTemplate(folderWith({ 'tokenizer_config.json': JSON.stringify(config) }))?.source).toBe(
      'D',
    );
  });

  it('finds a folder from the project, wherever it is called, as models are opened', () => {
    const before = process.cwd();
    process.chdir(tmpdir());
    try {
      const loaded = loadChatTemplate('test/fixtures/onnx/chat');
      expect(loaded).toEqual(loadChatTemplate(projectPath('test', 'fixtures', 'onnx', 'chat')));
      expect(loaded?.source).toContain('[assistant]');
    } finally {
      process.chdir(before);
    }
  });

  it('takes chat_template.json only where nothing else has one', () => {
    const older = { 'chat_template.json': '{"chat_template": "older"}' };
    expect(loadChatTemplate(folderWith({ ...older, 'tokenizer_config.json': '{}' }))?.source).toBe('older');
    const config = '{"chat_template": "from the configuration"}';
    expect(loadChatTemplate(folderWith({ ...older, 'tokenizer_config.json': config }))?.source).toBe(
      'from the configuration',
    );
  });

  it('refuses named templates of which none is the default', () => {
    const config = { chat_template: [{ name: 'tool_use', template: 'T' }] };
    expect(() => loadChatTemplate(folderWith({ 'tokenizer_config.json': JSON.stringify(config) }))).toThrow(
      'has templates called tool_use. Expected one called default',
    );
  });

  it('gives templates every token that the configuration names, as a text or with flags', () => {
    const config = {
      bos_token: { content: '<s>', lstrip: true },
      sep_token: '<sep>',
      pad_token: null,
      add_bos_token: true,
    };
    const folder = folderWith({ 'tokenizer_config.json': JSON.stringify({ ...config, chat_template: 'x' }) });
    expect(loadChatTemplate(folder)?.specialTokens).toEqual({ bos_token: '<s>', sep_token: '<sep>' });
  });

  it('is null for a model without one', () => {
    expect(loadChatTemplate(folderWith({ 'tokenizer_config.json': '{}' }))).toBeNull();
  });
});

describe('renderChat', () => {
  it('writes the turns and opens the answer', () => {
    const source =
      "{{ bos_token }}{% for m in messages %}[{{ m['role'] }}]{{ m['content'] }}{{ eos_token }}{% endfor %}" +
      '{% if add_generation_prompt %}[assistant]{% endif %}';
    const text = renderChat(template(source), [{ role: 'user', content: 'Hi' }], DEFAULT_CHAT_SETTINGS);
    expect(text).toBe('<s>[user]Hi</s>[assistant]');
  });

  it('shows templates a pinned date in English, whatever the clock and the language of the machine', () => {
    const text = renderChat(template("{{ strftime_now('%d %b %Y') }}"), [], {
      date: '2023-05-09',
      system: null,
    });
    expect(text).toBe('09 May 2023');
  });

  it('gives templates no tools and no documents, as Python does', () => {
    // transformers 5.23 renders this to "none|none|".
    const source =
      '{% if tools is none %}none{% endif %}|{% if documents is not none %}some{% else %}none{% endif %}|';
    expect(renderChat(template(source), [], DEFAULT_CHAT_SETTINGS)).toBe('none|none|');
  });

  it("passes a template's own complaint on, with the way out", () => {
    const refusing = template("{{ raise_exception('System role not supported') }}");
    expect(() => renderChat(refusing, [], DEFAULT_CHAT_SETTINGS)).toThrow(
      'Rendering the chat template of somewhere/chat_template.jinja: System role not supported. Ask this model with the plain format',
    );
  });

  it('puts the question into the user turn, after a system turn if one is wanted', () => {
    const plain = renderPrompt({
      item: trustItem,
      template: lastTemplate,
      country: netherlands,
      order: 'given',
    });
    const roles = template("{% for m in messages %}{{ m['role'] }}:{{ m['content'] }}|{% endfor %}");
    const chat = asChatPrompt(plain, roles, { date: '2024-07-01', system: 'Be brief.' });
    expect(chat.text).toBe(`system:Be brief.|user:${plain.text}|`);
    expect(chat.format).toBe('chat');
    expect(chat.options).toEqual(plain.options);
  });
});

describe('strftime', () => {
  // Checked with Python 3.11: datetime.date(2024, 3, 5).strftime(...)
  it.each([
    ['%Y-%m-%d', '2024-03-05'],
    ['%-d %B %Y', '5 March 2024'],
    ['%a %d %b %y', 'Tue 05 Mar 24'],
    ['%A, day %j', 'Tuesday, day 065'],
    ['%e|%-m|%%', ' 5|3|%'],
  ])('writes %s as Python does', (format, expected) => {
    expect(strftime('2024-03-05', format)).toBe(expected);
  });

  it('refuses unknown codes and impossible dates', () => {
    expect(() => strftime('2024-03-05', '%Q')).toThrow('strftime code "%Q" is not known');
    expect(() => strftime('2024-02-30', '%Y')).toThrow('"2024-02-30" is not a date');
  });
});
