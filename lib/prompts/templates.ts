import { z } from 'zod';
import { dataPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import { readJsonFile } from '../files/read-json.js';
import type { PromptTemplate } from '../types.js';

/** The prompt templates of `data/prompts/templates.json`. */
export interface TemplateBook {
  /** Id of the template that is used where none is named. */
  readonly default: string;
  readonly templates: readonly PromptTemplate[];
}

const template = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by hyphens'),
    country: z.enum(['first', 'last', 'none']),
    description: z.string().min(1),
    text: z.string(),
  })
  .superRefine((value, context) => {
    const needed = ['{question}', '{options}', ...(value.country === 'none' ? [] : ['{country}'])];
    for (const slot of needed) {
      if (value.text.split(slot).length !== 2) {
        context.addIssue({ code: 'custom', path: ['text'], message: `expected ${slot} exactly once` });
      }
    }
    if (value.country === 'none' && value.text.includes('{country}')) {
      context.addIssue({
        code: 'custom',
        path: ['text'],
        message: 'expected no {country}: "country" says none',
      });
    }
  });

const templateBook = z
  .strictObject({ default: z.string(), templates: z.array(template).min(1) })
  .superRefine((value, context) => {
    const ids = value.templates.map((one) => one.id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['templates', index, 'id'],
          message: 'duplicate template id',
        });
      }
    }
    if (!ids.includes(value.default)) {
      context.addIssue({ code: 'custom', path: ['default'], message: `expected one of ${ids.join(', ')}` });
    }
  });

/**
 * Reads the prompt templates.
 *
 * @param path by default the project's `data/prompts/templates.json`
 * @throws InputError naming the field: a missing or repeated slot, a duplicate id, an unknown field
 */
export function loadTemplates(path: string = dataPath('prompts', 'templates.json')): TemplateBook {
  return readJsonFile(path, templateBook, 'the prompt templates');
}

/** The template with the given id. @throws InputError that lists the known ids */
export function findTemplate(book: TemplateBook, id: string): PromptTemplate {
  const found = book.templates.find((one) => one.id === id);
  if (found === undefined) {
    const known = book.templates.map((one) => one.id).join(', ');
    throw new InputError(`Choosing a prompt template: there is no "${id}". Expected one of: ${known}.`);
  }
  return found;
}
