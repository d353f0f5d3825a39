import { Command } from 'commander';
import { InputError } from '../../files/input-error.js';
import { tryProvider } from '../../inference/provider.js';
import { describeCheck } from '../gpu/check.js';
import { checkSetup, type SetupInput } from '../gpu/check-setup.js';
import { gpuFolders } from '../gpu/gpu-folders.js';
import { readMachine } from '../gpu/machine.js';
import { NEEDED } from '../gpu/needed.js';
import { removeGpu } from '../gpu/remove-gpu.js';
import { setupGpu } from '../gpu/setup-gpu.js';
import { describeVersions } from '../gpu/setup-state.js';

interface Options {
  readonly check?: boolean;
  readonly remove?: boolean;
  readonly withoutGpu?: boolean;
}

const TFJS_STAYS =
  "Matrix backend: not touched. @tensorflow/tfjs-node-gpu's native part exists neither on npm nor on PyPI, wants CUDA 11 and does not load " +
  'on Node 23 and later; wasm computes the one column that needs a matrix product.';

/** `culture-lens setup-gpu`: onnxruntime's CUDA provider. */
export function setupGpuCommand(): Command {
  return new Command('setup-gpu')
    .description(
      "Set up onnxruntime's CUDA provider (Linux x64, NVIDIA) from PyPI packages: 1.6 GB to download, 2.3 GB in .cuda; WebGPU needs none of it.",
    )
    .option('--check', 'only look whether it can be set up here; change nothing')
    .option('--remove', 'take away what this command has laid and downloaded, and nothing else')
    .option('--without-gpu', 'set up although no NVIDIA driver is there, for an image that runs elsewhere')
    .action(async (options: Options) => {
      if (options.remove === true) {
        const removed = await removeGpu(gpuFolders());
        console.log(removed.length === 0 ? 'Nothing was set up.' : `Removed: ${removed.join(', ')}`);
        return;
      }
      const input: SetupInput = {
        machine: await readMachine(),
        folders: gpuFolders(),
        withoutGpu: options.withoutGpu === true,
        bytesForSetup: NEEDED.bytesForSetup,
        environment: process.env,
      };
      await (options.check === true ? look(input) : setUp(input));
    });
}

async function look(input: SetupInput): Promise<void> {
  const unmet: string[] = [];
  for await (const check of checkSetup(input)) {
    console.log(describeCheck(check));
    if (check.state === 'unmet') {
      unmet.push(check.what);
    }
  }
  console.log(TFJS_STAYS);
  if (unmet.length > 0) {
    throw new InputError(
      `Checking for CUDA: ${unmet.join(', ')} not as needed; see above. Nothing has been changed.`,
    );
  }
}

async function setUp(input: SetupInput): Promise<void> {
  const manifest = await setupGpu({ ...input, log: console.log });
  console.log(`Set up: onnxruntime ${manifest.onnxruntime}, ${describeVersions(manifest)}.\n${TFJS_STAYS}`);
  const { runs, reason } = await tryProvider('cuda');
  if (runs) {
    console.log(
      'The provider runs: --provider auto now takes it. Compare it with the CPU: npm run check:gpu',
    );
    return;
  }
  if (!input.withoutGpu) {
    throw new InputError(
      `Trying CUDA: set up, but it does not run ("${reason}"). Expected a session on the GPU. See npm run doctor; to undo: npm run setup:gpu -- --remove.`,
    );
  }
  console.log(`Here it does not run yet ("${reason}"); where driver and GPU are, npm run doctor tells.`);
}
