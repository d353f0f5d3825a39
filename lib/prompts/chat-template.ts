import { Environment, parse, tokenize } from '@huggingface/jinja';
import { InputError, messageOf } from '../files/input-error.js';
import type { Prompt } from '../types.js';
import type { ChatTemplate } from './load-chat-template.js';
import { PythonInterpreter } from './python-interpreter.js';
import { strftime } from './strftime.js';

export { type ChatTemplate, loadChatTemplate } from './load-chat-template.js';

/** One turn of a conversation. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a rendering depends on beside the messages. */
export interface ChatSettings {
  /** The date that templates see as "today" (UTC, yyyy-mm-dd): prompts must not change from one day to the next. */
  readonly date: string;
  /** Content of a system turn; null for none (some templates then add their own). */
  readonly system: string | null;
}

/** Date that chat templates see unless a study says otherwise. */
export const DEFAULT_CHAT_SETTINGS: ChatSettings = { date: '2024-07-01', system: null };

/**
 * Renders a conversation up to the point where the assistant begins to speak.
 *
 * The text holds whatever special tokens the template writes (a BOS among them), so it must be tokenized *without*
 * adding special tokens again.
 *
 * @throws InputError with the template's own complaint, for example when it refuses a system turn
 */
export function renderChat(
  template: ChatTemplate,
  messages: readonly ChatMessage[],
  settings: ChatSettings,
): string {
  return render(template, messages, { date: settings.date, opensAnswer: true });
}

/** The same question as the user turn of a conversation. */
export function asChatPrompt(prompt: Prompt, template: ChatTemplate, settings: ChatSettings): Prompt {
  const system: ChatMessage[] =
    settings.system === null ? [] : [{ role: 'system', content: settings.system }];
  const messages: ChatMessage[] = [...system, { role: 'user', content: prompt.text }];
  const text = renderChat(template, messages, settings);
  const bare = !/\s$/.test(text) && writesAnswerAtOnce(template, messages, { text, settings });
  return { ...prompt, format: 'chat', text, ...(bare ? { answerFollowsAtOnce: true } : {}) };
}

/** Whether a template puts nothing between the opening of an answer and the answer, as far as one can see. */
function writesAnswerAtOnce(
  template: ChatTemplate,
  messages: readonly ChatMessage[],
  { text, settings }: { readonly text: string; readonly settings: ChatSettings },
): boolean {
  try {
    const answered: ChatMessage[] = [...messages, { role: 'assistant', content: 'A' }];
    return render(template, answered, { date: settings.date, opensAnswer: false }).startsWith(`${text}A`);
  } catch (error) {
    if (error instanceof InputError) {
      // A template that knows no answers does not say.
      return false;
    }
    throw error;
  }
}

function render(
  template: ChatTemplate,
  messages: readonly ChatMessage[],
  { date, opensAnswer }: { readonly date: string; readonly opensAnswer: boolean },
): string {
  const environment = new Environment();
  const globals: Record<string, unknown> = {
    true: true,
    True: true,
    false: false,
    False: false,
    none: null,
    None: null,
    range: (...bounds: number[]) => range(bounds),
    raise_exception: (message: string) => {
      throw new Error(message);
    },
    // The library's own strftime_now reads the clock and the system's language; ours does neither.
    strftime_now: (format: string) => strftime(date, format),
    ...template.specialTokens,
    messages: messages.map((message) => ({ ...message })),
    add_generation_prompt: opensAnswer,
    // Python passes these as None, and templates test them with "is none".
    tools: null,
    documents: null,
  };
  try {
    for (const [name, value] of Object.entries(globals)) {
      environment.set(name, value);
    }
    const program = parse(tokenize(template.source, { lstrip_blocks: true, trim_blocks: true }));
    const result = new PythonInterpreter(environment).run(program);
    return String(result.value);
  } catch (error) {
    throw new InputError(
      `Rendering the chat template of ${template.path}: ${messageOf(error)}. ` +
        'Ask this model with the plain format, or mend the template.',
    );
  }
}

function range(bounds: readonly number[]): number[] {
  const start = bounds.length < 2 ? 0 : (bounds[0] ?? 0);
  const stop = (bounds.length < 2 ? bounds[0] : bounds[1]) ?? 0;
  const step = bounds[2] ?? 1;
  return Array.from(
    { length: Math.max(0, Math.ceil((stop - start) / step)) },
    (_, index) => start + index * step,
  );
}
