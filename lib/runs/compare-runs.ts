import { basename, dirname } from 'node:path';
import { type PairedModel, pairedComparison } from '../analysis/paired-comparison.js';
import type { PairedComparison } from '../analysis/paired-record.js';
import { InputError } from '../files/input-error.js';
import type { OrderJoin } from '../scoring/join-orders.js';
import { loadCategories } from '../survey/categories.js';
import { loadHumanAnswers } from '../survey/human-answers.js';
import type { PromptFormat, Reading, ReadingKind } from '../types.js';
import { loadQuestionnaire } from './questionnaire.js';
import { scoreQuestionnaire } from './score-questionnaire.js';
import { keyOf, type Manifest, readManifest, readReadings } from './store/index.js';

/** Raise when a field of the comparison changes its name or meaning. */
export const COMPARISON_CONTRACT = 1;

/** Two runs to compare, and how their readings become scores. */
export interface RunComparisonRequest {
  /** Run folders, `data/runs/<study>/<model>`: complete, of the same questionnaire. */
  readonly first: string;
  readonly second: string;
  readonly template: string;
  readonly format: PromptFormat;
  /** What the scores are made from; option letters unless answer texts are named. */
  readonly reading?: ReadingKind;
  readonly join: OrderJoin;
  readonly weights: 'weighted' | 'unweighted';
}

/** A comparison of two runs, and the choices that it rests on. */
export interface RunComparison extends PairedComparison {
  readonly contract: number;
  readonly settings: Required<
    Pick<RunComparisonRequest, 'template' | 'format' | 'reading' | 'join' | 'weights'>
  > & {
    readonly orders: Manifest['settings']['orders'];
  };
}

/**
 * Compares two finished runs of the same questions. Needs no model.
 *
 * @throws InputError for a run that is not complete, and for runs that differ in items, countries, option orders or chat
 *   settings or lack the template, format or kind of reading: the differences are listed
 */
export async function compareRuns(request: RunComparisonRequest): Promise<RunComparison> {
  const { template, format, reading = 'letter', join, weights } = request;
  const folders = [request.first, request.second] as const;
  const runs = folders.map((folder) => ({ folder, manifest: readManifest(folder) }));
  const [one, other] = runs as [Run, Run];
  for (const run of runs) {
    requireComplete(run);
    requireAsked(run, { template, format, reading });
  }
  requireSameQuestions(one, other, request);
  const { orders, items } = one.manifest.settings;
  const countries = countriesOf(one);
  // The country-free wording names no country: its answers are set against the people of every default country.
  const questionnaire = loadQuestionnaire({
    items,
    countries: countries.length === 0 ? 'default-55' : countries,
  });
  const readingsOf = async ({ folder }: Run): Promise<Reading[]> =>
    (await readReadings(folder)).filter(
      (stored) => stored.template === template && stored.format === format && stored.readingKind === reading,
    );
  const answers = { one: await readingsOf(one), other: await readingsOf(other) };
  if (format === 'plain') {
    // A chat prompt is worded by each model's own chat template as well.
    requireSameWording(answers);
  }
  const scored = (run: Run, own: readonly Reading[]): PairedModel => ({
    name: nameOf(run, runs),
    cells: scoreQuestionnaire(own, questionnaire, { orders, join }),
  });
  const comparison = pairedComparison({
    first: scored(one, answers.one),
    second: scored(other, answers.other),
    human: loadHumanAnswers(questionnaire.items, { weights }),
    items: questionnaire.items,
    countries: questionnaire.countries,
    categories: loadCategories(),
  });
  return {
    contract: COMPARISON_CONTRACT,
    settings: { template, format, reading, join, weights, orders },
    ...comparison,
  };
}

interface Run {
  readonly folder: string;
  readonly manifest: Manifest;
}

function requireComplete({ folder, manifest }: Run): void {
  if (manifest.status !== 'complete') {
    throw new InputError(
      `Comparing runs: ${folder} is ${manifest.status}. Expected a complete run. Repeat the command that began it: it ` +
        'goes on from there.',
    );
  }
}

function requireAsked(
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

function countriesOf({ manifest }: Run): string[] {
  return manifest.settings.countries.filter((country) => country !== null);
}

function requireSameQuestions(one: Run, other: Run, { format }: RunComparisonRequest): void {
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

/** @throws InputError where a prompt of both runs had another text, because a template or an item was reworded between them */
function requireSameWording(answers: {
  readonly one: readonly Reading[];
  readonly other: readonly Reading[];
}): void {
  const texts = new Map(answers.one.map((reading) => [keyOf(reading), reading.promptHash]));
  const reworded = answers.other.filter((reading) => {
    const text = texts.get(keyOf(reading));
    return text !== undefined && text !== reading.promptHash;
  });
  const [first] = reworded;
  if (first !== undefined) {
    const items = [...new Set(reworded.map(({ variable }) => variable))];
    throw new InputError(
      `Comparing runs: ${reworded.length} prompts of template ${first.template} were worded otherwise in the two runs ` +
        `(${items.slice(0, 10).join(', ')}${items.length > 10 ? ' ...' : ''}). Expected the same text: an item or a template was ` +
        'changed between them. Probe again the run that is older.',
    );
  }
}

/** The model's name; with its study where both runs are of models of one name. */
function nameOf({ folder, manifest }: Run, runs: readonly Run[]): string {
  const { name } = manifest.model;
  const alike = runs.every((run) => run.manifest.model.name === name);
  return alike ? `${basename(dirname(folder))}/${name}` : name;
}
