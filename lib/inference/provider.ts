import { spawn } from 'node:child_process';
import { projectPath } from '../files/data-folder.js';
import { InputError } from '../files/input-error.js';
import type { Provider } from '../types.js';
import { cudaLibraries } from './cuda/cuda-libraries.js';
import { keepLoaded } from './cuda/keep-loaded.js';
import { complaintOf } from './provider-complaint.js';

/** What a user may ask for: a provider by name, or the first that really runs. */
export type ProviderChoice = Provider | 'auto';

/** Whether a provider ran a small graph on this machine, and if not, what it said. */
export interface ProviderTrial {
  readonly provider: Provider;
  readonly runs: boolean;
  readonly reason: string | null;
}

/** Fastest first. */
export const PROVIDERS: readonly Provider[] = ['cuda', 'webgpu', 'cpu'];

// One MatMul of a 2x2 matrix with itself: ONNX opset 13, 94 bytes.
const TRIAL_GRAPH =
  'CAhCBAoAEA06RAoRCgF4CgF4EgF5IgZNYXRNdWwSBXRyaWFsWhMKAXgSDgoMCAESCAoCCAIKAggCYhMKAXkSDgoMCAESCAoCCAIKAggC';

const TRIAL_PROGRAM = `
  const [graph, provider, ...libraries] = process.argv.slice(1);
  libraries.forEach(${keepLoaded});
  const ort = require('onnxruntime-node');
  const x = new ort.Tensor('float32', new Float32Array([1, 2, 3, 4]), [2, 2]);
  ort.InferenceSession.create(Buffer.from(graph, 'base64'), { executionProviders: [provider], logSeverityLevel: 4 })
    .then((session) => session.run({ x }))
    .then(({ y }) => { process.stdout.write('result ' + Array.from(y.data).join()); process.exit(0); })
    .catch((error) => { process.stdout.write('error ' + error.message); process.exit(1); });
`;
const TRIAL_SECONDS = 60;

/**
 * Tries a provider on a tiny graph, in a child process: an absent one prints native error lines and may even crash,
 * and neither may reach a notebook.
 */
export async function tryProvider(provider: Provider): Promise<ProviderTrial> {
  const libraries = provider === 'cuda' ? cudaLibraries() : [];
  const child = spawn(process.execPath, ['-e', TRIAL_PROGRAM, TRIAL_GRAPH, provider, ...libraries], {
    cwd: projectPath(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TRIAL_SECONDS * 1000,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const ending = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) =>
      resolve(signal === null ? `exit status ${code}` : `signal ${signal}`),
    );
  });
  if (output === 'result 7,10,15,22') {
    return { provider, runs: true, reason: null };
  }
  return { provider, runs: false, reason: complaintOf({ output, errors, ending }) };
}

/**
 * Settles which provider to use.
 *
 * @param choice `auto` takes the first of {@link PROVIDERS} that really runs
 * @throws InputError when the provider asked for does not run, with its own words
 */
export async function resolveProvider(choice: ProviderChoice): Promise<Provider> {
  // The CPU is always there; only what may be missing is tried.
  for (const provider of choice === 'auto' ? PROVIDERS : [choice]) {
    if (provider === 'cpu') {
      return provider;
    }
    const trial = await tryProvider(provider);
    if (trial.runs) {
      return provider;
    }
    if (choice !== 'auto') {
      throw new InputError(
        `Choosing the provider: ${provider} does not run on this machine ("${trial.reason}"). ` +
          'Use --provider auto or cpu, and see `npm run doctor`.',
      );
    }
  }
  return 'cpu';
}
