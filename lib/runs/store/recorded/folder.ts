import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sha256OfFile } from '../../../files/hash.js';
import { InputError } from '../../../files/input-error.js';
import { storageError } from '../../../files/storage-error.js';
import { commitFile, makeFolder, syncFolder, writeWhole } from '../../../files/write-whole.js';
import type { RecordedReading } from '../../../inference/replay.js';
import { MANIFEST_FILE } from '../layout.js';
import {
  parseRecordingManifest,
  RECORDED_READINGS_FILE,
  type RecordedCounts,
  type RecordingManifest,
  readRecordingManifest,
} from './manifest.js';
import { type RecordedWay, readRecordedParquet, writeRecordedParquet } from './parquet.js';

/** A recording: its manifest and all of its readings. */
export interface Recording {
  readonly manifest: RecordingManifest;
  readonly readings: readonly RecordedReading[];
}

/** A recording before its file is written. */
export interface RecordingDraft {
  readonly manifest: Omit<RecordingManifest, 'readings'> & {
    readonly readings: Omit<RecordedCounts, 'sha256'>;
  };
  readonly readings: readonly RecordedReading[];
}

/** What {@link writeRecording} wrote. */
export interface WrittenRecording {
  readonly manifest: RecordingManifest;
  /** Bytes of both files together. */
  readonly bytes: number;
}

/** Refuses a folder that exists. @throws InputError with the way out */
export function requireNewRecording(folder: string): void {
  if (existsSync(folder)) {
    throw new InputError(
      `Recording runs: ${folder} exists. Expected a new folder, since a recording is never changed, only made whole. ` +
        'Delete that one first, or name another.',
    );
  }
}

/**
 * Writes a recording as a new folder: under a temporary name beside it, flushed, then renamed, so that the folder is
 * either whole or not there.
 *
 * @throws InputError when the folder exists or the disk refuses; nothing is then left under its name
 */
export async function writeRecording(folder: string, draft: RecordingDraft): Promise<WrittenRecording> {
  const path = resolve(folder);
  requireNewRecording(path);
  const unfinished = join(dirname(path), `.${basename(path)}.unfinished`);
  try {
    // What a killed recorder left there will never be finished.
    await rm(unfinished, { recursive: true, force: true });
    await makeFolder(unfinished);
    const readingsPath = join(unfinished, RECORDED_READINGS_FILE);
    await writeRecordedParquet(`${readingsPath}.tmp`, draft.readings);
    await commitFile(`${readingsPath}.tmp`, readingsPath);
    const sha256 = await sha256OfFile(readingsPath);
    const manifest = { ...draft.manifest, readings: { ...draft.manifest.readings, sha256 } };
    const manifestPath = join(unfinished, MANIFEST_FILE);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    parseRecordingManifest(text, manifestPath);
    await writeWhole(manifestPath, text);
    const bytes = (await stat(readingsPath)).size + Buffer.byteLength(text);
    await rename(unfinished, path);
    await syncFolder(dirname(path));
    return { manifest, bytes };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw storageError('Writing recorded readings', path, error);
  }
}

/**
 * Reads a recording.
 *
 * @param way reads only the readings of this wording, format or kind: a large recording holds many
 * @throws InputError when a file is missing or damaged, or the manifest is of another contract
 */
export async function readRecording(folder: string, way: RecordedWay = {}): Promise<Recording> {
  const manifest = readRecordingManifest(folder);
  const path = join(folder, RECORDED_READINGS_FILE);
  if (!existsSync(path)) {
    throw new InputError(
      `Opening recorded readings: ${path} is missing. Expected it beside ${MANIFEST_FILE}. Copy it again from where it came from.`,
    );
  }
  const sha256 = await sha256OfFile(path);
  if (sha256 !== manifest.readings.sha256) {
    throw new InputError(
      `Opening recorded readings: ${path} has the SHA-256 ${sha256}, and ${MANIFEST_FILE} says ${manifest.readings.sha256}. ` +
        'The file is damaged, cut short, or belongs to another recording. Copy both files again from where they came from.',
    );
  }
  return { manifest, readings: await readRecordedParquet(path, way) };
}
