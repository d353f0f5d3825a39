import { z } from 'zod';
import type { ChatTemplate } from '../../../prompts/chat-template.js';
import type { StudySettings } from '../../study.js';

/** Raise when a field of the documents or of the metadata changes its name or meaning. */
export const TASK_CONTRACT = 1;

/** What a task asks: travels in the other program's own record of the task, so that a log can be brought back by itself. */
export interface TaskMetadata {
  readonly contract: number;
  readonly study: string;
  readonly settings: Pick<
    StudySettings,
    'items' | 'countries' | 'templates' | 'orders' | 'formats' | 'readings' | 'chat'
  >;
  /** Prompts, and SHA-256 over all of them. */
  readonly prompts: { readonly count: number; readonly sha256: string };
  /** Of the model that chat prompts were made for; null for a task without chat prompts. */
  readonly chatTemplate: ChatTemplate | null;
}

/** The key of the metadata in that record. */
export const METADATA_KEY = 'culture_lens';

const texts = z.array(z.string());

/** Settings are checked again when a study is made of them. */
export const taskMetadata: z.ZodType<TaskMetadata> = z.looseObject({
  contract: z.literal(TASK_CONTRACT),
  study: z.string(),
  settings: z.looseObject({
    ...{ items: texts, countries: z.union([z.string(), texts]), templates: texts },
    orders: z.array(z.enum(['given', 'reversed'])),
    formats: z.array(z.enum(['plain', 'chat'])),
    readings: z.array(z.enum(['letter', 'answer-text'])),
    chat: z.strictObject({ date: z.string(), system: z.string().nullable() }),
  }),
  prompts: z.strictObject({ count: z.int().positive(), sha256: z.string() }),
  chatTemplate: z
    .strictObject({ source: z.string(), path: z.string(), specialTokens: z.record(z.string(), z.string()) })
    .nullable(),
});
