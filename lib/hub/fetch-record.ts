import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../files/read-json.js';
import { writeWhole } from '../files/write-whole.js';
import { isSafeName } from './file-names.js';
import { checkHubId } from './hub-id.js';
import type { RepositoryFile } from './repository.js';

/** What a folder was fetched from: all files of the commit, also those that were not fetched, so that it can be asked without the hub. */
export interface FetchRecord {
  readonly id: string;
  /** The commit, 40 hexadecimal digits. */
  readonly revision: string;
  readonly files: readonly RepositoryFile[];
}

/** Hidden, so that nobody takes it for a part of the model. */
export const RECORD_FILE = '.culture-lens-fetch.json';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const recordSchema: z.ZodType<FetchRecord> = z.strictObject({
  id: z.string(),
  revision: hex(40),
  files: z.array(
    z.strictObject({
      name: z.string().refine(isSafeName, 'expected a path inside the folder'),
      bytes: z.int().min(0),
      sha256: hex(64).nullable(),
      gitSha1: hex(40).nullable(),
    }),
  ),
});

/** The record of a folder; null if it has none. @throws InputError when it is damaged */
export function readFetchRecord(folder: string): FetchRecord | null {
  const path = join(folder, RECORD_FILE);
  if (!existsSync(path)) {
    return null;
  }
  const record = readJsonFile(path, recordSchema, 'the record of a fetched model');
  checkHubId(record);
  return record;
}

export async function writeFetchRecord(folder: string, record: FetchRecord): Promise<void> {
  await writeWhole(join(folder, RECORD_FILE), `${JSON.stringify(record)}\n`);
}
