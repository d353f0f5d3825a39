import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are read piece by piece, wherever they lie. */
export interface ByteSource {
  readonly size: number;
  /** @returns exactly `length` bytes from `offset`, fewer only at the end */
  read(offset: number, length: number): Uint8Array;
}

const WINDOW_BYTES = 1 << 16;

/** Opens a file, hands it to `use` and closes it again. */
export function withFile<T>(path: string, use: (source: ByteSource) => T): T {
  const file = openSync(path, 'r');
  try {
    return use({
      size: fstatSync(file).size,
      read: (offset, length) => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
      },
    });
  } finally {
    closeSync(file);
  }
}

/** Serves small reads from a window of {@link WINDOW_BYTES}, so that a walk from field to field costs few calls. */
export function windowed(source: ByteSource): ByteSource {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    size: source.size,
    read: (offset, length) => {
      if (length > WINDOW_BYTES) {
        return source.read(offset, length);
      }
      if (offset < start || offset + length > start + window.length) {
        start = offset;
        window = source.read(offset, WINDOW_BYTES);
      }
      return window.slice(offset - start, offset - start + length);
    },
  };
}
