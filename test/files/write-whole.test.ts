import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../../lib/files/input-error.js';
import { writeWhole } from '../../lib/files/write-whole.js';
import { temporaryFolders } from '../runs/store/fixtures.js';

const newFolder = temporaryFolders();

test('makes missing folders, and replaces what is there', async () => {
  const path = join(newFolder(), 'a', 'b', 'summary.json');
  await writeWhole(path, 'été 😀\n');
  expect(readFileSync(path, 'utf8')).toBe('été 😀\n');
  await writeWhole(path, '');
  expect(readFileSync(path, 'utf8')).toBe('');
  expect(readdirSync(join(path, '..'))).toEqual(['summary.json']);
});

test('a reader sees one whole text or another, never a mixture', async () => {
  const path = join(newFolder(), 'summary.json');
  const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(300_000));
  await writeWhole(path, texts[0] ?? '');
  let writing = true;
  const seen: string[] = [];
  const reader = (async () => {
    while (writing) {
      seen.push(readFileSync(path, 'utf8'));
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await Promise.all([...texts, ...texts].map((text) => writeWhole(path, text)));
  writing = false;
  await reader;
  expect(seen.every((text) => texts.includes(text))).toBe(true);
  expect(readdirSync(join(path, '..'))).toEqual(['summary.json']);
});

test('leaves nothing behind when the name cannot be given', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'summary.json', 'inside'), { recursive: true });
  await expect(writeWhole(join(folder, 'summary.json'), 'x')).rejects.toThrow(InputError);
  expect(readdirSync(folder)).toEqual(['summary.json']);
});

test('says so when the folder is a file', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(writeWhole(join(folder, 'file', 'summary.json'), 'x')).rejects.toThrow(
    /^Writing summary\.json: .*summary\.json cannot be written \(.*\)\. Expected a folder/,
  );
});
