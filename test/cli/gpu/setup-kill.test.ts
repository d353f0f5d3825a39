import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { type SetupGpuOptions, setupGpu } from '../../../lib/cli/gpu/setup-gpu.js';
import { setupState } from '../../../lib/cli/gpu/setup-state.js';
import { projectPath } from '../../../lib/files/data-folder.js';
import { temporaryFolders } from '../../runs/store/fixtures.js';
import { providerWheel, runtimeWheel, setupInput, tinyIndex, tinyProject } from './tiny-index.js';

const newFolder = temporaryFolders();
const PATIENCE = 240_000;

/** Starts a set-up and kills it once it has said a line. @returns how it ended */
function killAt(said: RegExp, options: Omit<SetupGpuOptions, 'log'>): Promise<string | null> {
  const program = projectPath('test', 'cli', 'gpu', 'setup-child.js');
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (said.test(line)) {
      child.kill('SIGKILL');
    }
  });
  return new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
}

it(
  'killed before and in between the downloads: nothing passes for complete, and the next one goes on',
  async () => {
    const folders = tinyProject(join(newFolder(), 'lab'));
    const wheels = [
      { ...providerWheel('1.30.0'), requires: ['nvidia-cuda-runtime~=13.0; extra == "cuda"'] },
      runtimeWheel,
    ];
    const environment = tinyIndex(join(newFolder(), 'index'), wheels);
    const options = setupInput(folders, environment);
    for (const line of [/^ok +package index/, /^Fetching nvidia/]) {
      expect(await killAt(line, options)).toBe('SIGKILL');
      expect(setupState(folders)).toEqual({ kind: 'none' });
      expect(readdirSync(folders.native)).toEqual(['libonnxruntime.so.1']);
    }
    const lines: string[] = [];
    await setupGpu({ ...options, log: (line) => lines.push(line) });
    expect(lines.filter((line) => line.startsWith('Already here'))).toEqual([
      'Already here: onnxruntime-gpu==1.30.0',
    ]);
    expect(setupState(folders)).toMatchObject({ kind: 'complete', laid: true });
    expect(readdirSync(join(folders.complete, '..')).sort()).toEqual(['.cuda', 'node_modules']);
  },
  PATIENCE,
);
