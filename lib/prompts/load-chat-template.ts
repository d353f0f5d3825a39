import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { projectPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import { readJsonFile, readTextFile } from '../files/read-json.js';

/** A model's chat template and the special tokens that it may name. */
export interface ChatTemplate {
  /** Jinja source. */
  readonly source: string;
  /** File it came from. */
  readonly path: string;
  readonly specialTokens: Readonly<Record<string, string>>;
}

const token = z.union([z.string(), z.looseObject({ content: z.string() })]);
const namedTemplate = z.looseObject({ name: z.string(), template: z.string() });
const templates = z.union([z.string(), z.array(namedTemplate)]).nullish();
const olderTemplate = z.looseObject({ chat_template: templates });
const tokenizerConfig = z.looseObject({
  chat_template: templates,
});

/**
 * Reads a model's chat template: `chat_template.jinja` if the folder has one, else `tokenizer_config.json`, else the
 * `chat_template.json` of older models that see, too. Of several named templates it is the one called "default"; those of
 * `additional_chat_templates` have other names.
 *
 * @param folder absolute, or relative to the project, for example "data/models/mini/mini-600k"
 * @returns null for a model without a chat template
 * @throws InputError when a file is broken, or has named templates of which none is called "default"
 */
export function loadChatTemplate(folder: string): ChatTemplate | null {
  const place = resolve(projectPath(), folder);
  const configPath = join(place, 'tokenizer_config.json');
  const config = readJsonFile(configPath, tokenizerConfig, 'the tokenizer configuration');
  const specialTokens = Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) => {
      const text = name.endsWith('_token') ? token.safeParse(value).data : undefined;
      return text === undefined ? [] : [[name, typeof text === 'string' ? text : text.content]];
    }),
  );
  const ownFile = join(place, 'chat_template.jinja');
  if (existsSync(ownFile)) {
    return { source: readTextFile(ownFile, 'the chat template'), path: ownFile, specialTokens };
  }
  const inConfig = sourceOf(config.chat_template, configPath);
  if (inConfig !== null) {
    return { source: inConfig, path: configPath, specialTokens };
  }
  const olderFile = join(place, 'chat_template.json');
  const older = existsSync(olderFile) ? readJsonFile(olderFile, olderTemplate, 'the chat template') : null;
  const source = sourceOf(older?.chat_template, olderFile);
  return source === null ? null : { source, path: olderFile, specialTokens };
}

function sourceOf(given: z.infer<typeof templates>, path: string): string | null {
  if (!Array.isArray(given) || given.length === 0) {
    return typeof given === 'string' ? given : null;
  }
  const found = given.find(({ name }) => name === 'default');
  if (found === undefined) {
    const names = given.map(({ name }) => name).join(', ');
    throw new InputError(
      `Reading the chat template: ${path} has templates called ${names}. Expected one called default. Ask this model with ` +
        'the plain format, or write the template for questions to chat_template.jinja beside it.',
    );
  }
  return found.template;
}
