import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { asChatPrompt, DEFAULT_CHAT_SETTINGS, loadChatTemplate } from '../../lib/prompts/chat-template.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { hashPrompts } from '../../lib/runs/identity.js';
import { encodePrompt } from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';
import { kindFolder } from './family-fixtures.js';

const plain = renderPrompt({ item: trustItem, template: lastTemplate, country: netherlands, order: 'given' });

function chatPrompt(name: string) {
  const path = projectPath('test', 'fixtures', 'chat-templates', `${name}.jinja`);
  const specialTokens = { bos_token: '<s>', eos_token: '</s>' };
  return asChatPrompt(
    plain,
    { source: readFileSync(path, 'utf8'), path, specialTokens },
    DEFAULT_CHAT_SETTINGS,
  );
}

describe('the answer after a chat prompt', () => {
  // How each template itself writes an answer "A": right behind its opening, or behind a space.
  it.each([
    ['phi4-separator', '<|im_sep|>', 'phi-4', 'A'],
    ['granite-date', '<|end_of_role|>', 'granite', 'A'],
    ['command-r-macros', '<|CHATBOT_TOKEN|>', 'command-r', 'A'],
    ['mistral-v7', '[/INST]', 'mistral-tekken', 'A'],
    ['chatml-default-system', 'assistant\n', 'qwen2', 'A'],
    ['gemma-refuses-system', 'model\n', 'gemma', 'A'],
  ])('of %s, which ends in %j, is the letter alone', (name, ending, kind, letter) => {
    const prompt = chatPrompt(name);
    expect(prompt.text.endsWith(ending)).toBe(true);
    const result = encodePrompt(loadTokenizer(kindFolder(kind)), prompt);
    expect(result.kind === 'encoded' ? result.encoded.optionTokens[0]?.text : result.reason).toBe(letter);
  });

  it.each(['llama2-inst', 'mistral-v3'])('of %s comes behind a space, which it writes itself', (name) => {
    const prompt = chatPrompt(name);
    expect(prompt.text.endsWith('[/INST]')).toBe(true);
    expect(prompt.answerFollowsAtOnce).toBeUndefined();
  });

  it('changes the hash of the prompts where it is at once, and no other', () => {
    const { answerFollowsAtOnce, ...before } = chatPrompt('phi4-separator');
    expect(answerFollowsAtOnce).toBe(true);
    expect(hashPrompts([chatPrompt('phi4-separator')])).not.toBe(hashPrompts([before]));
  });

  it('is as it was for SmolLM2 and the mini models', () => {
    for (const folder of ['smollm2-135m-instruct/tokenizer', 'mini/mini-100k']) {
      const template = loadChatTemplate(join('data', 'models', folder));
      const prompt = template === null ? plain : asChatPrompt(plain, template, DEFAULT_CHAT_SETTINGS);
      expect(prompt.text.endsWith('\n')).toBe(true);
      expect('answerFollowsAtOnce' in prompt).toBe(false);
    }
  });
});
