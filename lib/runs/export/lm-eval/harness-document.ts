import { sha256OfText } from '../../../files/hash.js';
import { scoreOf } from '../../../scoring/make-reading.js';
import type { HumanAnswer, Item, Prompt, ReadingKind } from '../../../types.js';
import { type HarnessRequest, harnessRequest } from './harness-request.js';

/** One line of documents.jsonl. */
export interface HarnessDocument extends HarnessRequest {
  readonly variable: string;
  readonly country: string | null;
  readonly template: string;
  readonly order: Prompt['order'];
  readonly format: Prompt['format'];
  readonly reading: ReadingKind;
  /** SHA-256 of the whole prompt. */
  readonly prompt_hash: string;
  readonly letters: readonly string[];
  /** The survey's codes, along the letters, as are labels, scores and shares. */
  readonly codes: readonly number[];
  readonly labels: readonly string[];
  readonly scores: readonly (number | null)[];
  readonly human_mean_score: number | null;
  /** Null where the survey tells no shares; volunteered answers are not among them. */
  readonly human_shares: readonly number[] | null;
  /** Letter of the most common of these answers; null where shares are unknown. */
  readonly most_people: string | null;
}

/** A prompt with all that is known about it. */
export function harnessDocument(
  prompt: Prompt,
  about: { readonly item: Item; readonly people: HumanAnswer | null; readonly readingKind: ReadingKind },
): HarnessDocument {
  const { item, people, readingKind } = about;
  const { variable, country, template, order, format, options } = prompt;
  const known = people?.shares ?? null;
  const shares = known && options.map(({ code }) => known.find((one) => one.code === code)?.share ?? 0);
  return {
    ...{ variable, country, template, order, format, reading: readingKind },
    prompt_hash: sha256OfText(prompt.text),
    ...harnessRequest(prompt, readingKind),
    letters: options.map(({ letter }) => letter),
    codes: options.map(({ code }) => code),
    labels: options.map(({ label }) => label),
    scores: options.map(({ code }) => scoreOf(item, code)),
    human_mean_score: people?.meanScore ?? null,
    human_shares: shares,
    most_people: shares && (options[shares.indexOf(Math.max(...shares))]?.letter ?? null),
  };
}
