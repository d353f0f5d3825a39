import { basename } from 'node:path';
import { z } from 'zod';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { parseJson } from '../../files/read-json.js';
import { storageError } from '../../files/storage-error.js';
import type { PythonCommand } from '../python/python.js';
import { lastLines, runProcess } from '../python/run-process.js';

const metadata = z.strictObject({ version: z.string(), requires: z.array(z.string()) });

/** What a wheel says of itself. */
export type WheelMetadata = z.infer<typeof metadata>;

/**
 * Unpacks the shared libraries and licences of a wheel into a folder; see unpack_wheel.py.
 *
 * @returns its version, and what it needs (`Requires-Dist`)
 * @throws InputError when the wheel is broken or the disk is full
 */
export async function unpackWheel(
  wheel: string,
  { python, folder }: { readonly python: PythonCommand; readonly folder: string },
): Promise<WheelMetadata> {
  // Python sources stay beside the TypeScript ones; the build does not copy them.
  const program = projectPath('lib', 'cli', 'gpu', 'unpack_wheel.py');
  const words = [...python.leadingArguments, program, wheel, folder];
  const { status, standardOutput, standardError } = await runProcess(python.program, words);
  if (status === 0) {
    return parseJson(standardOutput, metadata, { what: 'the metadata of a wheel', path: wheel });
  }
  const what = `Unpacking ${basename(wheel)}`;
  if (/Errno 28|Errno 122/.test(standardError)) {
    throw storageError(what, folder, new Error('No space left on device'));
  }
  throw new InputError(
    `${what}: it cannot be read.\n${lastLines(standardError, 2)}\n` +
      'Expected a whole wheel. Run npm run setup:gpu -- --remove, then npm run setup:gpu.',
  );
}
