import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../lib/files/data-folder.js';

/** A Python that has lm-eval; the bench's own by default. */
const python =
  process.env.CULTURE_LENS_HARNESS_PYTHON ?? projectPath('test', 'bench', '.venv-bench', 'bin', 'python');

/** Says how to make the Python environment where it is missing. */
export function requireHarness(): void {
  if (!existsSync(python)) {
    throw new Error(
      `There is no ${python}. Make it once: python3 -m venv test/bench/.venv-bench && ` +
        'test/bench/.venv-bench/bin/pip install -r test/bench/requirements.txt, or name a Python that has lm-eval in CULTURE_LENS_HARNESS_PYTHON.',
    );
  }
}

/** Writes a bundled mini model as a Hugging Face folder. */
export function miniAsHuggingFace(name: string, folder: string): void {
  runPython([
    projectPath('test', 'exchange', 'mini_as_hf.py'),
    projectPath('data', 'models', 'mini', name),
    folder,
  ]);
}

/** Runs an exported task on a model folder and returns the path of its samples. */
export function runHarness(
  task: { readonly folder: string; readonly task: string },
  model: string,
  logs: string,
): string {
  runPython([
    ...['-m', 'lm_eval', 'run', '--model', 'hf', '--model_args', `pretrained=${model},dtype=float32`],
    ...['--include_path', task.folder, '--tasks', task.task, '--log_samples', '--output_path', logs],
    ...['--device', 'cpu', '--batch_size', '8'],
  ]);
  const [folder = ''] = readdirSync(logs);
  const samples = readdirSync(join(logs, folder)).find((name) => name.startsWith('samples_'));
  if (samples === undefined) {
    throw new Error(`lm_eval ended without a log in ${logs}.`);
  }
  return join(logs, folder, samples);
}

function runPython(words: readonly string[]): void {
  const run = spawnSync(python, words, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1' },
  });
  if (run.status !== 0) {
    throw new Error(
      `${words.slice(0, 3).join(' ')} ended with status ${run.status}: ${run.stderr.split('\n').slice(-8).join('\n')}`,
    );
  }
}
