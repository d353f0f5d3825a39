import { basename, dirname } from 'node:path';
import { type PairedModel, pairedComparison } from '../analysis/paired-comparison.js';
import type { PairedComparison } from '../analysis/paired-record.js';
import { InputError } from '../files/input-error.js';
import type { OrderJoin } from '../scoring/join-orders.js';
import { loadCategories } from '../survey/categories.js';
import { loadHumanAnswers } from '../survey/human-answers.js';
import type { PromptFormat } from '../types.js';
import { loadQuestionnaire } from './questionnaire.js';
import { scoreQuestionnaire } from './score-questionnaire.js';
import { type Manifest, readManifest, readReadings } from './store/index.js';

/** Raise when a field of the comparison changes its name or meaning. */
export const COMPARISON_CONTRACT = 1;

/** Two runs to compare, and how their readings become scores. */
export interface RunComparisonRequest {
  /** Run folders, `data/runs/<study>/<model>`: complete, of the same questionnaire. */
  readonly first: string;
  readonly second: string;
  readonly template: string;
  readonly format: PromptFormat;
  readonly join: OrderJoin;
  readonly weights: 'weighted' | 'unweighted';
}

/** A comparison of two runs, and the choices that it rests on. */
export interface RunComparison extends PairedComparison {
  readonly contract: number;
  readonly settings: Pick<RunComparisonRequest, 'template' | 'format' | 'join' | 'weights'> & {
    readonly orders: Manifest['settings']['orders'];
  };
}

/**
 * Compares two finished runs of the same questions. Needs no model.
 *
 * @throws InputError for a run that is not complete, and for runs that differ in items, countries, option orders or chat
 *   settings or lack the template or format: the differences are listed
 */
export async function compareRuns(request: RunComparisonRequest): Promise<RunComparison> {
  const { template, format, join, weights } = request;
  const folders = [request.first, request.second] as const;
  const runs = folders.map((folder) => ({ folder, manifest: readManifest(folder) }));
  const [one, other] = runs as [Run, Run];
  for (const run of runs) {
    requireComplete(run);
    requireAsked(run, request);
  }
  requireSameQuestions(one, other, request);
  const { orders, items } = one.manifest.settings;
  const countries = countriesOf(one);
  // The country-free wording names no country: its answers are set against the people of every default country.
  const questionnaire = loadQuestionnaire({
    items,
    countries: countries.length === 0 ? 'default-55' : countries,
  });
  const scored = async ({ folder, manifest }: Run): Promise<PairedModel> => {
    const readings = await readReadings(folder);
    const own = readings.filter((reading) => reading.template === template && reading.format === format);
    return {
      name: nameOf({ folder, manifest }, runs),
      cells: scoreQuestionnaire(own, questionnaire, { orders, join }),
    };
  };
  const comparison = pairedComparison({
    first: await scored(one),
    second: await scored(other),
    human: loadHumanAnswers(questionnaire.items, { weights }),
    items: questionnaire.items,
    countries: questionnaire.countries,
    categories: loadCategories(),
  });
  return {
    contract: COMPARISON_CONTRACT,
    settings: { template, format, join, weights, orders },
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

function requireAsked({ folder, manifest }: Run, { template, format }: RunComparisonRequest): void {
  const { templates, formats } = manifest.settings;
  if (!templates.includes(template) || !formats.includes(format)) {
    throw new InputError(
      `Comparing runs: ${folder} holds the templates ${templates.join(', ')} in the formats ${formats.join(', ')}. ` +
        `Expected ${template}, ${format}. Choose others with --template and --format, or probe again.`,
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

/** The model's name; with its study where both runs are of models of one name. */
function nameOf({ folder, manifest }: Run, runs: readonly Run[]): string {
  const { name } = manifest.model;
  const alike = runs.every((run) => run.manifest.model.name === name);
  return alike ? `${basename(dirname(folder))}/${name}` : name;
}
