import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchPath, resultsPath, weightsFile, weightsPath } from './bench-folders.js';
import { runStep, sayProgress } from './run-step.js';

/** Installs @huggingface/transformers from its own lockfile, on first use and whenever the lockfile changes. */
export async function installTransformersJs(): Promise<void> {
  const folder = benchPath('transformers-js');
  const wanted = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules', 'made-from.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  sayProgress(`Installing @huggingface/transformers into ${folder} (about 0.5 GB, once) ...`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await runStep({
    what: 'Installing @huggingface/transformers',
    program: npm,
    arguments: ['ci', '--no-progress'],
    folder,
  });
  writeFileSync(stamp, wanted);
}

/** The plain export laid out as @huggingface/transformers wants it: the graph in a folder `onnx`. */
export function layOutForTransformersJs(): string {
  const folder = resultsPath('transformers-js', 'smollm2-135m-instruct');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const name of ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    symlinkSync(join(weightsPath('plain-fp32'), name), join(folder, name));
  }
  linkSync(weightsFile('plain-fp32'), join(folder, 'onnx', 'model.onnx'));
  return folder;
}
