import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asChatPrompt, DEFAULT_CHAT_SETTINGS, loadChatTemplate } from '../../lib/prompts/chat-template.js';
import { encodePrompt } from '../../lib/tokenization/encode-prompt.js';
import { createPromptEncoder } from '../../lib/tokenization/prompt-encoder.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import { drawPrompts, promptsOf, templates } from '../tokenization/default-study.js';
import { realFolder, requireWeights } from './reference.js';

requireWeights();

const folder = join(realFolder, 'out', 'genai-fp32');
const tokenizer = loadTokenizer(folder);
const chatTemplate = loadChatTemplate(folder);

describe.each(templates)('the tokenizer of SmolLM2-135M-Instruct, wording $id', (template) => {
  it.each(['plain', 'chat'] as const)('gives every prompt the ids of the plain definition, %s', (format) => {
    const plain = promptsOf(template);
    const prompts =
      format === 'chat' && chatTemplate !== null
        ? plain.map((prompt) => asChatPrompt(prompt, chatTemplate, DEFAULT_CHAT_SETTINGS))
        : plain;
    const encoder = createPromptEncoder(tokenizer);
    const start = performance.now();
    prompts.forEach(encoder.encode);
    const seconds = (performance.now() - start) / 1000;
    expect(encoder.whyWhole()).toBeNull();

    // The default wording whole, of the others one prompt of each item and order. A memory of its own, because the
    // encoder answers for first prompts by the plain definition.
    const compared = template === templates[0] ? prompts : drawPrompts(prompts, 1);
    const remembering = tokenizer.remembering();
    const different = compared.filter(
      (prompt) => !isDeepStrictEqual(encodePrompt(remembering, prompt), encodePrompt(tokenizer, prompt)),
    );
    expect(different).toEqual([]);
    console.log(
      `${template.id}, ${format}: ${prompts.length} prompts in ${seconds.toFixed(2)} s; ` +
        `${compared.length} compared; ${remembering.remembered()} pre-tokens remembered`,
    );
  });
});
