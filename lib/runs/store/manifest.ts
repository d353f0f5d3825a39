import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { InputError } from '../../files/input-error.js';
import { parseJson, readTextFile } from '../../files/read-json.js';
import { writeWhole } from '../../files/write-whole.js';
import { STORE_CONTRACT } from './contract.js';
import { MANIFEST_FILE } from './layout.js';
import type { Manifest } from './manifest-record.js';
import { manifestSchema } from './manifest-schema.js';

/** The fields that may not change once readings are stored: with another value they would be another run's readings. */
export const FIXED_FIELDS = [
  'contract',
  'study',
  'model',
  'settings',
  'plan',
  'promptsHash',
  'promptCount',
  'identity',
] as const satisfies readonly (keyof Manifest)[];

/**
 * Reads the manifest of a run folder; another process may be writing to the folder meanwhile.
 *
 * @throws InputError when there is none, when it is damaged, or when it has another contract number
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) {
    throw new InputError(
      `Reading a run: ${folder} has no ${MANIFEST_FILE}. Expected the folder of one model's run, with ${MANIFEST_FILE} ` +
        'and readings in it. Check the path, or run the probe that fills it.',
    );
  }
  return parseManifest(readTextFile(path, 'the manifest of a run'), path);
}

/** The pure part of {@link readManifest}. */
export function parseManifest(text: string, path: string): Manifest {
  const source = { what: 'the manifest of a run', path };
  // The number comes first: under another contract the other fields may rightly look different.
  const { contract } = parseJson(text, z.looseObject({ contract: z.number() }), source);
  if (contract !== STORE_CONTRACT) {
    throw new InputError(
      `Reading ${source.what}: ${path} was written under store contract ${contract}. Expected contract ${STORE_CONTRACT}, ` +
        'the only one that this version reads. Use the version that wrote the folder, or choose another folder and probe again.',
    );
  }
  return parseJson(text, manifestSchema, source);
}

/** Checks a manifest and writes it whole. @throws InputError when a field is not as it must be, or the disk refuses */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  const text = formatManifest(manifest);
  parseManifest(text, path);
  await writeWhole(path, text);
}

/** Names of the {@link FIXED_FIELDS} in which two manifests differ. */
export function fixedFieldsThatDiffer(one: Manifest, other: Manifest): string[] {
  return FIXED_FIELDS.filter((field) => !isDeepStrictEqual(one[field], other[field]));
}

// Indented for people, with each unit's prompt numbers on one line.
function formatManifest(manifest: Manifest): string {
  const text = JSON.stringify(manifest, null, 2);
  const oneLine = text.replace(/\[\n\s*(\d+(?:,\n\s*\d+)*)\n\s*\]/g, (_, numbers: string) => {
    return `[${numbers.replace(/,\s+/g, ', ')}]`;
  });
  return `${oneLine}\n`;
}
