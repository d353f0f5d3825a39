import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { partIndex, readingsFolder } from './layout.js';

/** A finished part of a run folder. */
export interface Part {
  readonly index: number;
  readonly name: string;
  readonly path: string;
}

/** The finished parts of a run folder in the order of their numbers; none when there is no folder yet. */
export function listParts(folder: string): Part[] {
  const readings = readingsFolder(folder);
  if (!existsSync(readings)) {
    return [];
  }
  return readdirSync(readings)
    .map((name) => ({ index: partIndex(name), name, path: join(readings, name) }))
    .filter((part): part is Part => part.index !== null)
    .sort((one, other) => one.index - other.index);
}

/** A key that was there already, and the part that holds it. */
export interface DoubleKey {
  readonly key: string;
  readonly path: string;
}

/**
 * Notes that a part holds these keys: all of them, or none and the first that is there already.
 *
 * @param partOfKey key -> path of the part that holds it; added to
 */
export function noteKeys(
  partOfKey: Map<string, string>,
  keys: readonly string[],
  path: string,
): DoubleKey | null {
  for (const [row, key] of keys.entries()) {
    const holder = partOfKey.get(key);
    if (holder !== undefined) {
      for (const noted of keys.slice(0, row)) {
        partOfKey.delete(noted);
      }
      return { key, path: holder };
    }
    partOfKey.set(key, path);
  }
  return null;
}
