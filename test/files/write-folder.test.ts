import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFolder } from '../../lib/files/write-folder.js';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'write-folder-'));

describe('writeFolder', () => {
  it('writes all files, and makes the folders above', async () => {
    const above = newFolder();
    const folder = join(above, 'a', 'b');
    await writeFolder(folder, { 'one.txt': '1', 'two.txt': '2' });
    expect(readdirSync(folder).sort()).toEqual(['one.txt', 'two.txt']);
    expect(readFileSync(join(folder, 'two.txt'), 'utf8')).toBe('2');
    expect(readdirSync(join(above, 'a'))).toEqual(['b']);
  });

  it('replaces a folder whole: nothing of the old one stays, nothing lies beside it', async () => {
    const above = newFolder();
    const folder = join(above, 'side');
    await writeFolder(folder, { 'old.txt': 'old' });
    await writeFolder(folder, { 'new.txt': 'new' });
    expect(readdirSync(folder)).toEqual(['new.txt']);
    expect(readdirSync(above)).toEqual(['side']);
  });

  it('leaves the old folder as it was, and nothing else, when a file cannot be written', async () => {
    const above = newFolder();
    const folder = join(above, 'side');
    await writeFolder(folder, { 'old.txt': 'old' });
    await expect(writeFolder(folder, { 'a.txt': 'a', ['x'.repeat(300)]: 'name too long' })).rejects.toThrow(
      /cannot be written/,
    );
    expect(readdirSync(folder)).toEqual(['old.txt']);
    expect(readdirSync(above)).toEqual(['side']);
  });

  it('says so where no folder can be', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await expect(writeFolder(join(file, 'side'), { 'a.txt': 'a' })).rejects.toThrow(
      /Writing side: .* cannot be written/,
    );
    expect(existsSync(join(file, 'side'))).toBe(false);
  });
});
