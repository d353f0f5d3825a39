import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { sha256OfFile } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { readJsonFile } from '../../files/read-json.js';

const card = z.looseObject({
  files: z
    .record(
      z.string().min(1),
      z.looseObject({
        bytes: z.int().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
      }),
    )
    .refine((files) => 'model.onnx' in files, { message: 'expected model.onnx among the files' }),
});

/** The same weights as in the graph, for Python: may be left out of a copy. */
const MAY_BE_ABSENT = 'model.safetensors';

/**
 * Checks the files of a shipped mini model against the SHA-256 in its `card.json`.
 *
 * @param folder a folder of data/models/mini
 * @returns the names of the files that were checked
 * @throws InputError naming the first file that is missing or has another digest, and how to make it again
 */
export async function checkMiniModel(folder: string): Promise<string[]> {
  const name = basename(folder);
  const { files } = readJsonFile(join(folder, 'card.json'), card, `the card of ${name}`);
  const remedy =
    `Restore the folder from where it came (git checkout), or make it again: \`python make.py train ${name} --seed 1\` in ` +
    'data/models/mini/make.';
  const checked: string[] = [];
  for (const [file, { sha256 }] of Object.entries(files)) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      if (file === MAY_BE_ABSENT) {
        continue;
      }
      throw new InputError(
        `Checking ${name}: ${path} is missing. Expected the file that card.json names. ${remedy}`,
      );
    }
    const found = await sha256OfFile(path);
    if (found !== sha256) {
      throw new InputError(
        `Checking ${name}: ${path} has the SHA-256 ${found}, expected ${sha256}, as card.json says. ${remedy}`,
      );
    }
    checked.push(file);
  }
  return checked;
}
