import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../lib/files/data-folder.js';
import { sha256OfText } from '../../lib/files/hash.js';
import { exportersPython } from '../support/exporters-python.js';

/** What Python transformers is asked (see test/oracle/reference.py). */
export interface ReferencePrompt {
  readonly text: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[] | null;
  readonly letters: readonly string[];
  readonly continuations: readonly string[];
}

/** What it answers. */
export interface ReferenceAnswer {
  readonly renderedText: string;
  readonly tokenIds: readonly number[];
  readonly letterTokenIds: readonly number[];
  readonly letterLogProbs: readonly number[];
  readonly letterLogMass: number;
  readonly continuations: readonly { readonly logProb: number; readonly tokens: number }[];
  readonly greedy: readonly number[];
}

export const realFolder = projectPath('data', 'models', 'smollm2-135m-instruct');
export const resultsFolder = projectPath('test', 'results', 'real');

/** Says how to make the weights where they are missing. */
export function requireWeights(): void {
  if (!existsSync(join(realFolder, 'out', 'hf', 'model.safetensors'))) {
    throw new Error(
      'The weights of SmolLM2-135M-Instruct have not been made here. Make them once: ' +
        'python3 data/models/smollm2-135m-instruct/make/make.py (about five minutes and 7 GB), then repeat npm run check:real.',
    );
  }
}

/** Asks Python transformers, once for each set of questions: its answers are kept below test/results. */
export function askReference(prompts: readonly ReferencePrompt[], generateTokens: number): ReferenceAnswer[] {
  const input = JSON.stringify({ model: join(realFolder, 'out', 'hf'), generateTokens, prompts });
  const weights = (JSON.parse(readFileSync(join(realFolder, 'card.json'), 'utf8')) as { files?: unknown })
    .files;
  const name = sha256OfText(input + JSON.stringify(weights)).slice(0, 16);
  const output = join(resultsFolder, `reference-${name}.json`);
  if (!existsSync(output)) {
    mkdirSync(resultsFolder, { recursive: true });
    const question = join(resultsFolder, `reference-${name}.input.json`);
    writeFileSync(question, input);
    const script = projectPath('test', 'oracle', 'reference.py');
    console.log(`transformers reads ${prompts.length} prompts ...`);
    const run = spawnSync(exportersPython, [script, question, output], { encoding: 'utf8' });
    if (run.status !== 0) {
      throw new Error(
        `The reference ended with status ${run.status}: ${run.stderr.split('\n').slice(-5).join('\n')}`,
      );
    }
  }
  return (JSON.parse(readFileSync(output, 'utf8')) as { prompts: ReferenceAnswer[] }).prompts;
}
