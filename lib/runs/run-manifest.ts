import { InputError } from '../files/input-error.js';
import { TOP_TOKENS } from '../inference/sequence-reader.js';
import type { EncodingResult } from '../tokenization/encode-prompt.js';
import type { Prompt, Provider } from '../types.js';
import { hashPrompts } from './identity.js';
import type { OpenedModel } from './models/model-source.js';
import { planWithoutLetters } from './plan/answer-text-units.js';
import { planRun } from './plan/work-units.js';
import { inReadingOrder } from './reading-kinds.js';
import { type Manifest, type RunSettings, STORE_CONTRACT } from './store/index.js';
import type { Study, StudySettings } from './study.js';
import { readVersions } from './versions.js';

/** Why a folder cannot be continued: what changed, and the way out. */
export function anotherRun(
  earlier: Manifest,
  folder: string,
  now: {
    readonly prompts: string;
    readonly modelFiles: string;
    readonly provider: Provider | 'none';
    readonly settings: RunSettings;
  },
): InputError {
  const changes = [
    ...(earlier.model.identity === now.modelFiles ? [] : ['the model files']),
    ...(earlier.promptsHash === now.prompts
      ? []
      : [`the prompts (${whatDiffers(earlier.settings, now.settings)})`]),
    ...(earlier.model.provider === now.provider
      ? []
      : [`the provider (was ${earlier.model.provider}, now ${now.provider})`]),
    ...(earlier.settings.readingKinds.join() === now.settings.readingKinds.join()
      ? []
      : [`what is read (was ${earlier.settings.readingKinds}, now ${now.settings.readingKinds})`]),
  ];
  const what = changes.length === 0 ? 'the scoring contract' : changes.join(' and ');
  return new InputError(
    `Resuming the run in ${folder}: ${what} changed since it began, and readings of two kinds are never mixed. ` +
      'Use another study id (--study <id>) or model name, or delete that folder to begin anew.',
  );
}

/** Plans the runs of the model over all encoded prompts, and writes down what the run is. */
export async function startManifest(
  study: Study,
  parts: {
    readonly opened: OpenedModel;
    readonly prompts: readonly Prompt[];
    /** With option letters; none where only answer texts are read. */
    readonly encodings: readonly EncodingResult[];
    readonly identity: string;
  },
): Promise<Manifest> {
  const { opened, prompts, encodings, identity } = parts;
  const settings = runSettings(study.settings, prompts);
  return {
    contract: STORE_CONTRACT,
    status: 'running',
    study: study.id,
    model: opened.model.card,
    origin: opened.origin,
    settings,
    plan: settings.readingKinds.includes('letter')
      ? await planRun(opened, encodings)
      : planWithoutLetters(opened.model.card),
    promptsHash: hashPrompts(prompts),
    promptCount: prompts.length,
    versions: readVersions(),
    identity,
    startedAt: new Date().toISOString(),
    finishedAt: null,
  };
}

/** The settings in which two runs differ, each with its values; wording where no setting does. */
function whatDiffers(before: RunSettings, now: RunSettings): string {
  const fields = ['items', 'countries', 'templates', 'orders', 'formats'] as const;
  const short = (values: readonly unknown[]): string =>
    values.length > 6 ? `${values.slice(0, 6).join(',')} ... (${values.length})` : values.join(',');
  const changed = fields.filter((field) => before[field].join() !== now[field].join());
  return changed.length === 0
    ? 'their wording, the options, or the chat template'
    : changed.map((field) => `${field} were ${short(before[field])}, now ${short(now[field])}`).join('; ');
}

/** What a run asks, as its manifest tells it. */
export function runSettings(settings: StudySettings, prompts: readonly Prompt[]): RunSettings {
  return {
    templates: settings.templates,
    orders: settings.orders,
    formats: settings.formats,
    countries: [...new Set(prompts.map((prompt) => prompt.country))],
    items: [...new Set(prompts.map((prompt) => prompt.variable))],
    readingKinds: inReadingOrder(settings.readings),
    chat: settings.chat,
    topTokens: TOP_TOKENS,
  };
}

/** The manifest of a run whose last reading is stored. */
export function completed(manifest: Manifest): Manifest {
  return manifest.status === 'complete'
    ? manifest
    : { ...manifest, status: 'complete', finishedAt: new Date().toISOString() };
}
