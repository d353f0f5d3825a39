import { join } from 'node:path';

/** Settings, plan, versions and identities of a run. */
export const MANIFEST_FILE = 'manifest.json';

/** Names the process that writes; absent while nobody does. */
export const LOCK_FILE = 'lock.json';

/**
 * The folder of Parquet parts inside a run folder. A folder of its own, because Arrow (pandas, R) opens a folder as
 * one table only when every visible file in it is Parquet.
 */
export const READINGS_FOLDER = 'readings';

/** Parts are numbered 0 ... 99999; five digits keep the order of names and of numbers the same. */
export const LARGEST_PART = 99_999;

/** File name of a part: 17 -> "part-00017.parquet". */
export function partName(index: number): string {
  return `part-${String(index).padStart(5, '0')}.parquet`;
}

/** Number of a part from its file name; null for every other file. */
export function partIndex(name: string): number | null {
  const match = /^part-(\d{5})\.parquet$/.exec(name);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Name under which this process writes a part before it is whole; the leading dot hides it from other readers. */
export function temporaryPartName(index: number): string {
  return `.${partName(index).replace('.parquet', '')}.${process.pid}.tmp`;
}

/** Whether a file name is that of something half-written: a part, or a file written by `writeWhole`. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}

/** Folder of a run's Parquet parts. */
export function readingsFolder(folder: string): string {
  return join(folder, READINGS_FOLDER);
}
