import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commitFolder } from '../../files/commit-folder.js';
import { InputError } from '../../files/input-error.js';
import { storageError } from '../../files/storage-error.js';
import { makeFolder } from '../../files/write-whole.js';
import { lastLines } from '../python/run-process.js';
import { type Pip, wheelOptions } from './pip.js';
import type { Requirement } from './requirement.js';

const PART = '.part';

/** Removes downloads that were interrupted. */
export function removeParts(folder: string): void {
  for (const name of readdirSync(folder).filter((name) => name.endsWith(PART))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Downloads the newest wheel that meets a requirement; pip checks it against the SHA-256 of the index. One that an
 * interrupted set-up has left is taken as it is.
 *
 * @param options.folder for all wheels; each requirement has a folder of its own inside, there only when its wheel is whole
 * @returns path of the wheel
 * @throws InputError when it cannot be had or written
 */
export async function fetchWheel(
  pip: Pip,
  requirement: Requirement,
  options: { readonly folder: string; readonly glibc: string; readonly log: (line: string) => void },
): Promise<string> {
  const folder = join(options.folder, requirement.words);
  if (existsSync(folder)) {
    options.log(`Already here: ${requirement.words}`);
  } else {
    // A killed set-up may leave a pip behind that still writes: so no two share this folder.
    const part = `${folder}.${process.pid}${PART}`;
    await makeFolder(part);
    await download(pip, requirement, { ...options, folder: part });
    await commitFolder(part, folder);
  }
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) {
    throw new InputError(
      `Setting up CUDA: no wheel of ${requirement.words} in ${folder}. Expected what pip had left there. ` +
        'Run npm run setup:gpu -- --remove, then npm run setup:gpu.',
    );
  }
  return join(folder, wheel);
}

async function download(
  pip: Pip,
  { words }: Requirement,
  options: { readonly folder: string; readonly glibc: string; readonly log: (line: string) => void },
): Promise<void> {
  const { folder, glibc, log } = options;
  const { status, standardError } = await pip.run(
    [
      ...['download', '--no-deps', '--no-input', '--progress-bar=off', '--dest', folder],
      ...wheelOptions(glibc),
      words,
    ],
    (line) => {
      const name = /^\s*(?:Downloading|Using cached|Processing) (?:.*\/)?(.*)/.exec(line)?.[1];
      if (name !== undefined) {
        log(`Fetching ${name}`);
      }
    },
  );
  if (status === 0) {
    return;
  }
  if (/No space left|Errno 28|Errno 122/.test(standardError)) {
    throw storageError(`Downloading ${words}`, folder, new Error('No space left on device'));
  }
  throw new InputError(
    `Setting up CUDA: pip could not download ${words}.\n${lastLines(standardError, 4)}\n` +
      'Expected a package index within reach that holds it. What has been downloaded stays: run npm run setup:gpu again and it goes on from there.',
  );
}
