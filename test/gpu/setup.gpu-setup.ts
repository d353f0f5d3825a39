import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gpuFolders } from '../../lib/cli/gpu/gpu-folders.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { sha256OfFile } from '../../lib/files/hash.js';

const folders = gpuFolders();
const onnxruntime = projectPath('node_modules', 'onnxruntime-node');
const NO_DRIVER = 'libcuda.so.1: cannot open shared object file: No such file or directory';
let before: Record<string, string>;

function command(...words: string[]) {
  const program = projectPath('lib', 'bin', 'culture-lens.js');
  const run = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  console.log(`culture-lens ${words.join(' ')}\n${run.stdout}${run.stderr}`);
  return run;
}

/** SHA-256 of every file that onnxruntime-node consists of, links as what they lead to. */
async function installed(): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const entry of readdirSync(onnxruntime, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory()) {
      hashes[path] = await sha256OfFile(path);
    }
  }
  return hashes;
}

beforeAll(async () => {
  if (existsSync(folders.complete) || existsSync(folders.unfinished)) {
    throw new Error(
      'CUDA is set up here already, and this check would remove it: npm run setup:gpu -- --remove, then repeat.',
    );
  }
  before = await installed();
});

afterAll(() => {
  command('setup-gpu', '--remove');
});

it('sets up from the package index, and adds two links to onnxruntime-node', async () => {
  expect(command('setup-gpu', '--without-gpu').status).toBe(0);
  const after = await installed();
  const added = Object.keys(after).filter((path) => !(path in before));
  expect(added.map((path) => basename(path)).sort()).toEqual([
    'libonnxruntime_providers_cuda.so',
    'libonnxruntime_providers_shared.so',
  ]);
  expect(Object.fromEntries(Object.entries(after).filter(([path]) => path in before))).toEqual(before);
});

it('every library and every function that the provider needs is there, but for the driver', () => {
  const libraries = join(folders.complete, 'lib');
  const { stdout, stderr } = spawnSync('ldd', ['-r', join(libraries, 'libonnxruntime_providers_cuda.so')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      LD_LIBRARY_PATH: libraries,
      // onnxruntime has loaded it before; it stands for onnxruntime's own functions.
      LD_PRELOAD: join(libraries, 'libonnxruntime_providers_shared.so'),
    },
  });
  const said = `${stdout}${stderr}`;
  const absent = [...said.matchAll(/(\S+) => not found/g)].map((found) => found[1]);
  const undefinedNames = [...said.matchAll(/undefined symbol: (\w+)/g)].map((found) => found[1] ?? '');
  console.log(
    `not found: ${absent.join(', ') || 'nothing'}; undefined: ${undefinedNames.join(', ') || 'nothing'}`,
  );
  expect(said).toContain('libcublasLt.so.13 => ');
  expect(absent.filter((name) => name !== 'libcuda.so.1')).toEqual([]);
  // The driver's own functions are called cuSomething; libraries of CUDA say cublas..., cudaSomething.
  expect(undefinedNames.filter((name) => !/^cu[A-Z]/.test(name))).toEqual([]);
});

it('a session in a process without any variable finds them too', () => {
  const session = projectPath('lib', 'dist', 'inference', 'session.js');
  const graph = projectPath('data', 'models', 'mini', 'mini-6k', 'model.onnx');
  const program = `
    const { loadSession } = await import(${JSON.stringify(session)});
    await loadSession(${JSON.stringify(graph)}, { provider: 'cuda', threads: null });
  `;
  const { LD_LIBRARY_PATH: _, ...environment } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: environment,
  });
  console.log(stderr);
  expect(status === 0 || stderr.includes(`providers_cuda.so with error: ${NO_DRIVER}`)).toBe(true);
});

it('doctor: the provider runs, or nothing is missing but the driver', () => {
  const { stdout } = command('doctor', '--json');
  const resultsFolder = projectPath('test', 'results', 'gpu');
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, 'doctor-after-setup.json'), stdout);
  const doctor = JSON.parse(stdout) as Record<string, string>;
  expect(doctor['CUDA libraries']).toMatch(/^CUDA 13\.[\d.]+, cuDNN 9\.[\d.]+, complete; provider laid$/);
  const hasDriver = (doctor['NVIDIA driver'] ?? '').includes('libcuda.so.1 found');
  expect(doctor['provider cuda']).toBe(hasDriver ? 'runs' : `does not run: ${NO_DRIVER}`);
});

it('a second time nothing is downloaded', () => {
  const { status, stdout } = command('setup-gpu', '--without-gpu');
  expect(status).toBe(0);
  expect(stdout).toContain('nothing has to be downloaded');
  expect(stdout).not.toContain('Fetching');
});

it('removed, everything is as it was, byte for byte', async () => {
  expect(command('setup-gpu', '--remove').status).toBe(0);
  expect(await installed()).toEqual(before);
  expect([folders.complete, folders.unfinished, folders.lock].filter((path) => existsSync(path))).toEqual([]);
});
