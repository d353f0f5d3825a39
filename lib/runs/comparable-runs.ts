import { InputError } from '../files/input-error.js';
import type { PromptFormat, Reading, ReadingKind } from '../types.js';
import { keyOf, type Manifest } from './store/index.js';

/** A run that is compared. */
export interface Run {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** @throws InputError for a run that still lacks readings */
export function requireComplete({ folder, manifest }: Run): void {
  if (manifest.status !== 'complete') {
    throw new InputError(
      `Comparing runs: ${folder} is ${manifest.status}. Expected a complete run. Repeat the command that began it: it ` +
        'goes on from there.',
    );
  }
}

/** @throws InputError for a run without the template, format or kind of reading */
export function requireAsked(
  { folder, manifest }: Run,
  { template, format, reading }: { template: string; format: PromptFormat; reading: ReadingKind },
): void {
  const { templates, formats, readingKinds } = manifest.settings;
  if (!templates.includes(template) || !formats.includes(format)) {
    throw new InputError(
      `Comparing runs: ${folder} holds the templates ${templates.join(', ')} in the formats ${formats.join(', ')}. ` +
        `Expected ${template}, ${format}. Choose others with --template and --format, or probe again.`,
    );
  }
  if (!readingKinds.includes(reading)) {
    throw new InputError(
      `Comparing runs: ${folder} holds readings of the kind ${readingKinds.join(', ')}. Expected ${reading}. Choose another ` +
        'with --reading, or probe again.',
    );
  }
}

/** The countries that a run names; none in a country-free wording. */
export function countriesOf({ manifest }: Run): string[] {
  return manifest.settings.countries.filter((country) => country !== null);
}

/** @throws InputError listing in which items, countries, option orders or chat settings two runs differ */
export function requireSameQuestions(
  one: Run,
  other: Run,
  { format }: { readonly format: PromptFormat },
): void {
  const lists = [
    { what: 'items', of: ({ manifest }: Run): readonly string[] => manifest.settings.items },
    { what: 'countries', of: countriesOf },
    { what: 'option orders', of: ({ manifest }: Run): readonly string[] => manifest.settings.orders },
    {
      what: 'chat settings',
      of: ({ manifest }: Run) => (format === 'chat' ? [JSON.stringify(manifest.settings.chat)] : []),
    },
  ];
  const differences = lists.flatMap(({ what, of }) => {
    const [a, b] = [new Set(of(one)), new Set(of(other))];
    const only = { a: [...a].filter((id) => !b.has(id)), b: [...b].filter((id) => !a.has(id)) };
    return [
      ...(only.a.length === 0 ? [] : [`${what} only in ${one.folder}: ${only.a.join(', ')}`]),
      ...(only.b.length === 0 ? [] : [`${what} only in ${other.folder}: ${only.b.join(', ')}`]),
    ];
  });
  if (differences.length > 0) {
    throw new InputError(
      `Comparing runs: they asked different questions (${differences.join('; ')}). Expected the same ones of both. Probe ` +
        'both with the same --items, --countries, --order and --system.',
    );
  }
}

/**
 * Prompts of both runs must have had the same text. A chat prompt is worded by its model's own chat template as well: where all
 * prompts differ that is why, and only where some do was an item or a template reworded.
 *
 * @throws InputError naming the items that were reworded between the runs
 */
export function requireSameWording(
  answers: { readonly one: readonly Reading[]; readonly other: readonly Reading[] },
  format: PromptFormat,
): void {
  const texts = new Map(answers.one.map((reading) => [keyOf(reading), reading.promptHash]));
  const common = answers.other.filter((reading) => texts.has(keyOf(reading)));
  const reworded = common.filter((reading) => texts.get(keyOf(reading)) !== reading.promptHash);
  const [first] = reworded;
  if (first === undefined || (format === 'chat' && reworded.length === common.length)) {
    return;
  }
  const items = [...new Set(reworded.map(({ variable }) => variable))];
  throw new InputError(
    `Comparing runs: ${reworded.length} prompts of template ${first.template} were worded otherwise in the two runs ` +
      `(${items.slice(0, 10).join(', ')}${items.length > 10 ? ' ...' : ''}). Expected the same text: an item or a template was ` +
      'changed between them. Probe again the run that is older.',
  );
}
