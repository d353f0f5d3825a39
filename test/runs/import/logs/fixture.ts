import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../../lib/files/data-folder.js';
import { newFolder } from '../../../support/small-run.js';

const folder = projectPath('test', 'fixtures', 'lm-eval');

const named = (beginning: string): string =>
  join(folder, readdirSync(folder).find((name) => name.startsWith(beginning)) ?? beginning);

/** The log that the harness wrote of mini-6k. */
export const SAMPLES = named('samples_');
export const RESULTS = named('results_');

/** The lines of the log, each as it can be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a log is changed here in ways that no type allows
export const sampleLines = (): any[] =>
  readFileSync(SAMPLES, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Writes a log of these lines. */
export function logOf(lines: readonly unknown[]): string {
  const path = join(newFolder(), 'samples.jsonl');
  writeFileSync(
    path,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  return path;
}
