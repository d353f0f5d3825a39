import { describe, expect, test } from 'vitest';
import {
  findJupyterOnPath,
  isNewEnough,
  pythonInside,
  pythonsOwning,
} from '../../../lib/cli/jupyter/python.js';

describe('pythonInside', () => {
  test('has other folders on Windows', () => {
    expect(pythonInside('/home/ada/lab/.venv', 'linux')).toBe('/home/ada/lab/.venv/bin/python');
    expect(pythonInside('/Users/ada/lab/.venv', 'darwin')).toBe('/Users/ada/lab/.venv/bin/python');
    expect(pythonInside('C:\\lab\\.venv', 'win32')).toBe('C:\\lab\\.venv\\Scripts\\python.exe');
  });
});

describe('pythonsOwning', () => {
  test('the interpreter that pip wrote into the program comes first', () => {
    expect(pythonsOwning('/opt/env/bin/jupyter', '#!/opt/env/bin/python3.12', 'linux')).toEqual([
      '/opt/env/bin/python3.12',
      '/opt/env/bin/python3',
      '/opt/env/bin/python',
    ]);
  });

  test('a shell script (pyenv, a wrapper) names none', () => {
    expect(pythonsOwning('/root/shims/jupyter', '#!/usr/bin/env bash', 'linux')).toEqual([
      '/root/shims/python3',
      '/root/shims/python',
    ]);
  });

  test('Windows: beside it in an environment, above it otherwise', () => {
    expect(pythonsOwning('C:\\Python312\\Scripts\\jupyter.exe', '', 'win32')).toEqual([
      'C:\\Python312\\Scripts\\python.exe',
      'C:\\Python312\\python.exe',
    ]);
  });
});

describe('isNewEnough', () => {
  test.each([
    ['3.10', true],
    ['3.9', false],
    ['3.13', true],
    ['4.0', true],
    ['2.7', false],
  ])('%s: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});

describe('findJupyterOnPath', () => {
  test('nothing on the path', async () => {
    expect(await findJupyterOnPath({ PATH: '' })).toBeNull();
    expect(await findJupyterOnPath({})).toBeNull();
  });
});
