import type { ModelCard, ModelOrigin, OptionOrder, PromptFormat, Reading, RunPlan } from '../../types.js';
import type { STORE_CONTRACT } from './contract.js';

/** What was asked for: the same settings give the same list of prompts in the same order. */
export interface RunSettings {
  /** Template ids. */
  readonly templates: readonly string[];
  readonly orders: readonly OptionOrder[];
  readonly formats: readonly PromptFormat[];
  /** ISO3 codes; null stands for the country-free wording. */
  readonly countries: readonly (string | null)[];
  /** Variable names of the items. */
  readonly items: readonly string[];
  readonly readingKinds: readonly Reading['readingKind'][];
  /** What chat prompts show beside the question; without effect on plain ones. */
  readonly chat: { readonly date: string; readonly system: string | null };
  /** Most probable next tokens kept with a reading. */
  readonly topTokens: number;
}

/** Everything about a run but its readings: the content of manifest.json. */
export interface Manifest {
  /** {@link STORE_CONTRACT} of the code that wrote the folder. */
  readonly contract: number;
  /** For people. What is left to do follows from the readings that are there, never from this. */
  readonly status: 'running' | 'complete';
  readonly study: string;
  readonly model: ModelCard;
  /** Where the model came from at the first start; null where only its folder was known. */
  readonly origin: ModelOrigin | null;
  readonly settings: RunSettings;
  /** Fixed at the first start and used again on resume, so that every prompt meets the same neighbours. */
  readonly plan: RunPlan;
  /** SHA-256 over all prompts in the order planned. */
  readonly promptsHash: string;
  readonly promptCount: number;
  /** Name of a program or package -> its version, as last used. */
  readonly versions: Readonly<Record<string, string>>;
  /** Run identity: SHA-256 over all that the numbers depend on. No time is part of it. */
  readonly identity: string;
  /** ISO time of the first start. */
  readonly startedAt: string;
  /** ISO time at which the last reading was there; null while running. */
  readonly finishedAt: string | null;
}
