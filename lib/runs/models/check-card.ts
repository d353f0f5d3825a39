import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { sha256OfFile } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { readJsonFile } from '../../files/read-json.js';
import type { FileHasher } from '../identity.js';

export const CARD_FILE = 'card.json';

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
  remake: z.string().min(1).optional(),
});

/**
 * Checks the files of a model folder against the SHA-256 in its `card.json`, as the bundled models have one.
 *
 * @param folder of the model
 * @param hasher one that remembers, where files are hashed anyway
 * @returns the names of the files that were checked
 * @throws InputError naming the first file that is missing or has another digest, and how to make it again
 */
export async function checkCard(folder: string, hasher: FileHasher = sha256OfFile): Promise<string[]> {
  const name = basename(folder);
  const { files, remake } = readJsonFile(join(folder, CARD_FILE), card, `the card of ${name}`);
  const remedy = `Restore the folder from where it came (git checkout)${remake === undefined ? '' : `, or make it again: ${remake}`}.`;
  for (const [file, { sha256 }] of Object.entries(files)) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      throw new InputError(
        `Checking ${name}: ${path} is missing. Expected the file that ${CARD_FILE} names. ${remedy}`,
      );
    }
    const found = await hasher(path);
    if (found !== sha256) {
      throw new InputError(
        `Checking ${name}: ${path} has the SHA-256 ${found}, expected ${sha256}, as ${CARD_FILE} says. ${remedy}`,
      );
    }
  }
  return Object.keys(files);
}

/** Whether a folder has a card of this kind; a `card.json` of other making says nothing about files. */
export function hasCard(folder: string): boolean {
  const path = join(folder, CARD_FILE);
  return existsSync(path) && 'files' in readJsonFile(path, z.looseObject({}), 'the card of a model');
}
