import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWholeFile } from '../../../lib/cli/jupyter/write-whole-file.js';

test('writes, replaces, and leaves nothing else behind, also when it fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culture-lens-write-'));
  try {
    const path = join(folder, 'deep', 'file.txt');
    writeWholeFile(path, 'one');
    writeWholeFile(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    // A folder cannot be replaced by a file.
    expect(() => writeWholeFile(join(folder, 'deep'), 'x')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual(['deep']);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file.txt']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
