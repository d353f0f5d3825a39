import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freeSpace } from '../../files/free-space.js';
import { messageOf } from '../../files/input-error.js';
import { sizeInWords } from '../../files/size-in-words.js';
import { lastLines } from '../python/run-process.js';
import type { Check } from './check.js';
import { checkMachine } from './check-machine.js';
import type { GpuFolders } from './gpu-folders.js';
import type { Machine } from './machine.js';
import { NEEDED } from './needed.js';
import { findPip, type Pip, wheelOptions } from './pip.js';
import { PROVIDER_PACKAGE } from './requirement.js';
import { setupState } from './setup-state.js';

/** What a set-up is checked against. */
export interface SetupInput {
  readonly machine: Machine;
  readonly folders: GpuFolders;
  readonly withoutGpu: boolean;
  /** Room that a set-up needs while it runs, in bytes. */
  readonly bytesForSetup: number;
  /** Of the child processes. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Looks at everything that a set-up needs, in the order in which it needs it, and changes nothing. */
export async function* checkSetup(input: SetupInput): AsyncGenerator<Check> {
  const { machine, folders, environment } = input;
  yield* checkMachine(machine, input);
  if (machine.platform !== NEEDED.platform || machine.architecture !== NEEDED.architecture) {
    return;
  }
  yield checkOnnxruntime(folders);
  const state = setupState(folders);
  if (state.kind === 'complete') {
    yield {
      state: 'met',
      what: 'CUDA libraries',
      found: `complete in ${folders.complete}; nothing has to be downloaded`,
    };
    return;
  }
  yield await checkRoom(input);
  try {
    const pip = await findPip(environment);
    yield { state: 'met', what: 'pip', found: pip.version };
    yield await checkIndex(pip, input);
  } catch (error) {
    yield {
      state: 'unmet',
      what: 'pip',
      found: messageOf(error),
      expected: `a Python with pip ${NEEDED.pip} or newer`,
      wayOut: '',
    };
  }
}

function checkOnnxruntime({ native, version }: GpuFolders): Check {
  const what = 'onnxruntime-node';
  return existsSync(join(native, 'libonnxruntime.so.1'))
    ? { state: 'met', what, found: version }
    : {
        state: 'unmet',
        what,
        found: `version ${version} without its library in ${native}`,
        expected: 'an installed package',
        wayOut: 'Run npm ci.',
      };
}

async function checkRoom({ folders, bytesForSetup }: SetupInput): Promise<Check> {
  const what = 'room on the disk';
  const free = await freeSpace(dirname(folders.complete));
  const sizes = `${sizeInWords(NEEDED.bytesToDownload)} to download, ${sizeInWords(NEEDED.bytesInstalled)} that stay`;
  if (free === null) {
    return { state: 'open', what, found: `the disk does not tell (${sizes})` };
  }
  return free >= bytesForSetup
    ? { state: 'met', what, found: `${sizeInWords(free)} free (${sizes})` }
    : {
        state: 'unmet',
        what,
        found: `${sizeInWords(free)} free in ${dirname(folders.complete)}`,
        expected: `${sizeInWords(bytesForSetup)} while setting up (${sizes})`,
        wayOut: 'Free some space, or move the project to a larger disk.',
      };
}

async function checkIndex(pip: Pip, { folders, machine }: SetupInput): Promise<Check> {
  const what = 'package index';
  const wheel = `${PROVIDER_PACKAGE} ${folders.version}`;
  const { status, standardOutput, standardError } = await pip.run([
    ...['index', 'versions', '--no-input', PROVIDER_PACKAGE],
    ...wheelOptions(machine.glibc ?? NEEDED.glibc),
  ]);
  const offered = /^Available versions: (.*)$/m.exec(standardOutput)?.[1]?.split(', ') ?? [];
  if (offered.includes(folders.version)) {
    return { state: 'met', what, found: `has ${wheel}` };
  }
  return {
    state: 'unmet',
    what,
    found: status === 0 ? `has ${offered.slice(0, 5).join(', ')}, ...` : `\n${lastLines(standardError, 3)}\n`,
    expected: `an index within reach that holds ${wheel}, the version of the installed onnxruntime-node`,
    wayOut: 'Check the network and pip settings.',
  };
}
