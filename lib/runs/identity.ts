import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256OfFile, sha256OfText } from '../files/hash.js';
import type { Prompt, Provider, ReadingKind } from '../types.js';
import { inReadingOrder } from './reading-kinds.js';

/**
 * Raise this number when the same model and prompts would be scored to other numbers: another way to resolve option
 * tokens, to join orders, to read logits. Runs made under another number are never mixed with new ones.
 */
export const SCORING_CONTRACT = 1;

/** Gives the SHA-256 of a file. */
export type FileHasher = (path: string) => Promise<string>;

/**
 * Remembered hashes by path, valid while size, times and place on the disk are the same. The time of change (ctime) and the
 * inode count as well, since copying tools can give other contents the same size and time of modification.
 */
export interface RememberedHash {
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
  readonly sha256: string;
}

/** A hasher that reads a file only when it differs from what is remembered. */
export function rememberingHasher(
  remembered: Map<string, RememberedHash>,
  onNew: (all: ReadonlyMap<string, RememberedHash>) => void | Promise<void>,
): FileHasher {
  return async (path) => {
    const { size, mtimeMs: modified, ctimeMs: changed, ino: inode } = statSync(path);
    const known = remembered.get(path);
    const now = { size, modified, changed, inode };
    if (known !== undefined && isDeepStrictEqual({ ...known, sha256: '' }, { ...now, sha256: '' })) {
      return known.sha256;
    }
    const sha256 = await sha256OfFile(path);
    remembered.set(path, { ...now, sha256 });
    await onNew(remembered);
    return sha256;
  };
}

/** One SHA-256 for several files of a folder: over their names and their hashes, in the order given. */
export async function combineHashes(
  folder: string,
  names: readonly string[],
  hasher: FileHasher,
): Promise<string> {
  const lines: string[] = [];
  for (const name of names) {
    lines.push(`${name} ${await hasher(join(folder, name))}`);
  }
  return sha256OfText(lines.join('\n'));
}

/** SHA-256 over all prompts of a run, in their order. It covers wording, option codes, countries, orders, chat. */
export function hashPrompts(prompts: readonly Prompt[]): string {
  const lines = prompts.map((prompt) =>
    JSON.stringify([
      prompt.variable,
      prompt.country,
      prompt.template,
      prompt.order,
      prompt.format,
      prompt.text,
      prompt.options.map(({ code }) => code),
      // Left out where it says nothing: the prompts of all other models keep the hash that they had.
      ...(prompt.answerFollowsAtOnce ? ['answer at once'] : []),
    ]),
  );
  return sha256OfText(lines.join('\n'));
}

/** What the numbers of a run depend on. Never a time, never a package version. */
export interface RunIdentityParts {
  /**
   * Of a folder: SHA-256 over graph, weights, tokenizer, chat template and configuration; fixes the element type, too. Of a server:
   * over what it says of itself, tokenizer and chat template. Of a recording or a log: over its own files.
   */
  readonly modelFiles: string;
  readonly prompts: string;
  /** `none` where this machine does not compute. */
  readonly provider: Provider | 'none';
  readonly scoringContract: number;
  /** What is read of each prompt. */
  readonly readingKinds: readonly ReadingKind[];
}

/** One SHA-256 that two runs share exactly when their numbers must be the same. */
export function runIdentity({
  scoringContract,
  modelFiles,
  prompts,
  provider,
  readingKinds,
}: RunIdentityParts): string {
  // Letters alone are what every run read before there was a choice: runs of then are the same run still.
  const kinds = readingKinds.join() === 'letter' ? [] : [inReadingOrder(readingKinds)];
  return sha256OfText(JSON.stringify([scoringContract, modelFiles, prompts, provider, ...kinds]));
}
