import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findPythonToBuildWith, pythonInside } from '../../lib/cli/python/python.js';
import { runProcess } from '../../lib/cli/python/run-process.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';

/** What transformers says of a checkpoint: tokens of texts, and log-probabilities after each. */
export interface Expected {
  readonly listedTokenIds: readonly number[];
  readonly sequences: readonly {
    readonly text: string;
    readonly tokenIds: readonly number[];
    readonly logProbs: readonly number[];
  }[];
}
export type Exporter = 'genai' | 'optimum';
export interface Wanted {
  /** null leaves the choice to the program. */
  readonly exporter: Exporter | null;
  readonly dtype: string;
}

/** Of a log-probability of a float32 export, from transformers on the checkpoint as it is, in nats. */
export const ROUNDING = 1e-4;
export const converter = projectPath('data', 'models', 'convert');
export const program = projectPath('lib', 'bin', 'culture-lens.js');

/** Installs what is missing, as --make-environment does. */
export async function prepareEnvironments(): Promise<void> {
  const what = 'Checking conversions';
  const base = await findPythonToBuildWith({ what, oldest: { major: 3, minor: 11 }, retry: 'repeat this' });
  const code = 'import sys; sys.path.append(sys.argv[1]); import environments; environments.prepare(True)';
  const run = await runProcess(base.program, [...base.leadingArguments, '-c', code, converter]);
  expect(run.status, run.standardError).toBe(0);
}

/** Runs the exporters' Python, with sentencepiece laid over it; returns what it printed. */
export function python(...words: string[]): string {
  const environment = { ...process.env, PYTHONPATH: join(converter, '.venv-sentencepiece') };
  const run = spawnSync(pythonInside(join(converter, '.venv-exporter')), words, {
    encoding: 'utf8',
    env: environment,
  });
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
}

export function convert(source: string, out: string, { exporter, dtype }: Wanted) {
  const chosen = exporter === null ? [] : ['--exporter', exporter];
  const words = [program, 'convert', source, out, ...chosen, '--dtype', dtype, '--replace'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words, '--make-environment'], {
    encoding: 'utf8',
  });
  console.log(`${source} ${exporter} ${dtype}\n${stderr}${stdout}`);
  return { status, stdout, stderr };
}

/** Largest difference of what the library reads in a folder from what transformers said of the checkpoint. */
export async function largestDifference(
  folder: string,
  { listedTokenIds, sequences }: Expected,
): Promise<number> {
  const tokenizer = loadTokenizer(folder);
  for (const { text, tokenIds } of sequences) {
    expect(tokenizer.encode(text, { specialTokens: true })).toEqual(tokenIds);
  }
  // Whole prompts: some are longer than the tiny attention windows, in which no row of prompts has room.
  const { model } = await openModelFolder(folder, { provider: 'cpu', packing: 'off' });
  const found = await model.continuationLogProbs(
    sequences.map(({ tokenIds }) => tokenIds),
    sequences.map(() => listedTokenIds.map((id) => [id])),
  );
  await model.close();
  const differences = sequences.flatMap(({ logProbs }, prompt) =>
    logProbs.map((logProb, token) => Math.abs(logProb - (found[prompt]?.[token]?.logProb ?? Number.NaN))),
  );
  return Math.max(...differences);
}
