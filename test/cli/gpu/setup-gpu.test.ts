import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { gpuFindings } from '../../../lib/cli/gpu/gpu-findings.js';
import type { GpuFolders } from '../../../lib/cli/gpu/gpu-folders.js';
import { removeGpu } from '../../../lib/cli/gpu/remove-gpu.js';
import { setupGpu } from '../../../lib/cli/gpu/setup-gpu.js';
import { setupState } from '../../../lib/cli/gpu/setup-state.js';
import { projectPath } from '../../../lib/files/data-folder.js';
import { sha256OfText } from '../../../lib/files/hash.js';
import { temporaryFolders } from '../../runs/store/fixtures.js';
import { mountSmallDisk, whyNoMount } from '../../runs/store/tmpfs.js';
import {
  gpuMachine,
  nvidiaWheels,
  providerWheel,
  runtimeWheel,
  setupInput,
  type TinyWheel,
  tinyIndex,
  tinyProject,
} from './tiny-index.js';

const newFolder = temporaryFolders();
const wheels = [providerWheel('1.30.0'), ...nvidiaWheels];
/** Asks for the CUDA runtime alone. */
const provider = (version: string): TinyWheel => ({
  ...providerWheel(version),
  requires: ['nvidia-cuda-runtime~=13.0; extra == "cuda"'],
});
const PROVIDERS = ['libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so'];

function project(index: readonly TinyWheel[] = wheels) {
  const root = newFolder();
  const folders = tinyProject(join(root, 'lab'));
  const indexFolder = join(root, 'index');
  const input = setupInput(folders, tinyIndex(indexFolder, index));
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
  };
  return { folders, indexFolder, lines, options: { ...input, log } };
}

// pip takes a second for each package, so what only needs a finished set-up gets a copy of the first test's.
const finished = mkdtempSync(join(tmpdir(), 'culture-lens-gpu-'));

afterAll(() => rmSync(finished, { recursive: true }));

function copyFinished(folders: GpuFolders): void {
  rmSync(projectOf(folders), { recursive: true });
  cpSync(finished, projectOf(folders), { recursive: true, verbatimSymlinks: true });
}

function finishedProject(index: readonly TinyWheel[] = []) {
  const made = project(index);
  copyFinished(made.folders);
  return made;
}

/** Every file and link below a folder with its content or target. */
function contents(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [
          relative(folder, path),
          entry.isSymbolicLink() ? readlinkSync(path) : sha256OfText(readFileSync(path, 'latin1')),
        ];
      }),
  );
}

const projectOf = ({ complete }: GpuFolders): string => join(complete, '..');

// Each package is a start of pip, which takes seconds on a busy machine.
describe('setting up CUDA', { timeout: 240_000 }, () => {
  it('fetches what the metadata of the wheels names, unpacks libraries alone, and lays the provider', async () => {
    const { folders, options } = project();
    const manifest = await setupGpu(options);
    expect(manifest.packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'onnxruntime-gpu 1.30.0',
      'nvidia-cuda-runtime 13.5.37',
      'nvidia-cudnn-cu13 9.28.0.42',
      'nvidia-cublas 13.10.0.20',
    ]);
    expect(readdirSync(join(folders.complete, 'lib')).sort()).toEqual([
      'libcublas.so.13',
      'libcudart.so.13',
      'libcudnn.so.9',
      ...PROVIDERS,
    ]);
    expect(manifest.libraries['libcudart.so.13']).toEqual({ bytes: 6, sha256: sha256OfText('cudart') });
    expect(readdirSync(folders.native).sort()).toEqual(['libonnxruntime.so.1', ...PROVIDERS]);
    expect(readFileSync(join(folders.native, PROVIDERS[0] ?? ''), 'utf8')).toBe('cuda');
    expect(existsSync(folders.unfinished)).toBe(false);
    expect(setupState(folders)).toMatchObject({ kind: 'complete', laid: true });
    cpSync(projectOf(folders), finished, { recursive: true, verbatimSymlinks: true });
  });

  it('lays the links again after npm ci without asking for a package', async () => {
    const { folders, options } = finishedProject();
    for (const name of PROVIDERS) {
      rmSync(join(folders.native, name));
    }
    expect(setupState(folders)).toMatchObject({ kind: 'complete', laid: false });
    await setupGpu(options);
    expect(setupState(folders)).toMatchObject({ kind: 'complete', laid: true });
  });

  it('goes on after an interruption with what had been downloaded', async () => {
    const { folders, indexFolder, lines, options } = project(wheels.slice(0, 3));
    // nvidia-cublas is not in the index yet: as if the line had broken there.
    await expect(setupGpu(options)).rejects.toThrow(
      /pip could not download nvidia-cublas\.\n[\s\S]*What has been downloaded stays/,
    );
    expect(existsSync(folders.complete)).toBe(false);
    expect(readdirSync(folders.native)).toEqual(['libonnxruntime.so.1']);
    tinyIndex(indexFolder, nvidiaWheels.slice(2));
    lines.length = 0;
    await setupGpu(options);
    expect(lines.filter((line) => line.startsWith('Already here'))).toEqual([
      'Already here: onnxruntime-gpu==1.30.0',
      'Already here: nvidia-cuda-runtime~=13.0',
      'Already here: nvidia-cudnn-cu13~=9.0',
    ]);
    expect(setupState(folders)).toMatchObject({ kind: 'complete', laid: true });
  });

  it('replaces what belongs to another release of onnxruntime', async () => {
    const { folders, options } = finishedProject([provider('1.31.0'), runtimeWheel]);
    const newer = { ...options, folders: { ...folders, version: '1.31.0' } };
    expect(setupState(newer.folders)).toMatchObject({
      kind: 'unusable',
      reason: 'made for onnxruntime 1.30.0, installed is 1.31.0',
    });
    expect((await setupGpu(newer)).onnxruntime).toBe('1.31.0');
    expect(setupState(newer.folders)).toMatchObject({ kind: 'complete', laid: true });
  });

  it('makes a folder whole again in which a library is missing', async () => {
    const { folders, options } = finishedProject([provider('1.30.0'), runtimeWheel]);
    rmSync(join(folders.complete, 'lib', 'libcudnn.so.9'));
    expect(setupState(folders)).toMatchObject({
      kind: 'unusable',
      reason: 'libcudnn.so.9 not there or not whole',
    });
    await setupGpu(options);
    expect(setupState(folders)).toMatchObject({ kind: 'complete' });
  });

  it('stops at a release for another CUDA than the machine was checked for', async () => {
    const requires = ['nvidia-cuda-runtime~=14.0'];
    const index = [
      { ...provider('1.30.0'), requires },
      { ...runtimeWheel, version: '14.0.1' },
    ];
    const { folders, options } = project(index);
    await expect(setupGpu(options)).rejects.toThrow(
      /asks for the CUDA runtime 14\.0\.1, and the machine was checked for CUDA 13\./,
    );
    expect(existsSync(folders.complete)).toBe(false);
  });

  it('lays nothing over a file that it did not lay', async () => {
    const { folders, options } = finishedProject();
    rmSync(join(folders.native, PROVIDERS[1] ?? ''));
    writeFileSync(join(folders.native, PROVIDERS[1] ?? ''), "a user's own");
    await expect(setupGpu(options)).rejects.toThrow(
      /is there already and was not laid by this command\. Expected no file of that name/,
    );
    expect(readFileSync(join(folders.native, PROVIDERS[1] ?? ''), 'utf8')).toBe("a user's own");
  });
});

describe('checks before anything is downloaded', { timeout: 240_000 }, () => {
  it.each([
    [
      'no driver',
      { machine: { ...gpuMachine, driver: { version: null, gpus: [], hasLibrary: false } } },
      /NVIDIA driver: found none answers/,
    ],
    [
      'another release in the index',
      {},
      /package index: found has 1\.29\.0.*Expected an index within reach that holds onnxruntime-gpu 1\.30\.0/,
    ],
    [
      'no room',
      { bytesForSetup: 1e18 },
      /room on the disk: found .* free in .*Expected 1,000,000,000\.0 GB while/,
    ],
    [
      'no Python that works',
      { environment: { ...process.env, PYTHONHOME: '/absent' } },
      /pip: found Looking for pip: python3 has no pip that works/,
    ],
  ])('%s: stops and leaves nothing', async (_, change, message) => {
    const { folders, options } = project([providerWheel('1.29.0'), ...nvidiaWheels]);
    const before = contents(projectOf(folders));
    await expect(setupGpu({ ...options, ...change })).rejects.toThrow(message);
    expect(contents(projectOf(folders))).toEqual(before);
  });
});

describe('removing it', () => {
  it('leaves the installation as it was, whatever is missing', async () => {
    const before = contents(projectOf(project().folders));
    const { folders } = finishedProject();
    expect(await removeGpu(folders)).toEqual([...PROVIDERS, folders.complete]);
    expect(contents(projectOf(folders))).toEqual(before);
    expect(await removeGpu(folders)).toEqual([]);

    copyFinished(folders);
    rmSync(folders.complete, { recursive: true });
    mkdirSync(folders.unfinished);
    expect(await removeGpu(folders)).toEqual([...PROVIDERS, folders.unfinished]);
    expect(contents(projectOf(folders))).toEqual(before);
  });

  it("leaves links and files of the user's", async () => {
    const { folders } = finishedProject();
    symlinkSync('/opt/onnxruntime/libmine.so', join(folders.native, 'libmine.so'));
    await removeGpu(folders);
    expect(readdirSync(folders.native).sort()).toEqual(['libmine.so', 'libonnxruntime.so.1']);
  });
});

describe.skipIf(whyNoMount !== null)(`a full disk${whyNoMount === null ? '' : ` (${whyNoMount})`}`, () => {
  it('is named, nothing passes for complete, and the next set-up goes on', async () => {
    const disk = mountSmallDisk('300k');
    try {
      const root = newFolder();
      const files = { 'nvidia/cu13/lib/libcudart.so.13': 'x'.repeat(200_000) };
      const index = [provider('1.30.0'), { ...runtimeWheel, files }];
      const folders = tinyProject(disk.folder);
      const environment = tinyIndex(join(root, 'index'), index);
      const options = { ...setupInput(folders, environment), bytesForSetup: 1, log: () => {} };
      await expect(setupGpu(options)).rejects.toThrow(
        /the disk is full .*Free some space and repeat the command/,
      );
      expect(setupState(folders)).toEqual({ kind: 'none' });
      expect(readdirSync(folders.native)).toEqual(['libonnxruntime.so.1']);
      disk.remount('size=2m');
      await setupGpu(options);
      expect(setupState(folders)).toMatchObject({ kind: 'complete', laid: true });
    } finally {
      disk.unmount();
    }
  });
});

describe.runIf(process.platform === 'linux')('doctor on Linux', () => {
  it('says what there is of driver, libraries and Vulkan', async () => {
    const findings = await gpuFindings();
    expect(findings.map(({ what }) => what)).toEqual(['NVIDIA driver', 'CUDA libraries', 'Vulkan (WebGPU)']);
    expect(existsSync(projectPath('.cuda')) || /^not set up/.test(findings[1]?.state ?? '')).toBe(true);
  });
});
