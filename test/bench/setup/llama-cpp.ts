import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resultsPath, weightsPath } from './bench-folders.js';
import { fetchLlamaCppSource } from './llama-cpp-source.js';
import { runStep, sayProgress } from './run-step.js';

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
    const source = await fetchLlamaCppSource(python, folder);
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
