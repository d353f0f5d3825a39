import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../lib/files/data-folder.js';

const ignored = readFileSync(projectPath('.gitignore'), 'utf8').trim().split('\n');
const readme = readFileSync(projectPath('README.md'), 'utf8');

// What follows is the folder that a command of README writes to.
const WRITERS = [
  /culture-lens convert \S+ (\w\S*)/g,
  /export (?:lm-eval|inspect) (\w\S*)/g,
  /--output_path (\S+)/g,
];

describe('.gitignore', () => {
  it('has the folders at the root that the examples of README write to', () => {
    const written = WRITERS.flatMap((writer) => [...readme.matchAll(writer)].map(([, path = '']) => path));
    const folders = [...new Set(written.map((path) => `/${path.split('/')[0]}/`))];
    expect(folders.sort()).toEqual(['/logs/', '/models/', '/tasks/']);
    expect(folders.filter((folder) => !ignored.includes(folder))).toEqual([]);
  });

  it('has these names at the root alone: data/models and lib/runs/models are the project’s own', () => {
    expect(ignored.filter((pattern) => /^(\*\*\/)?(models|tasks|logs)\b/.test(pattern))).toEqual([]);
  });
});
