import { describe, expect, test } from 'vitest';
import { findJupyterOnPath, pythonsOwning } from '../../../lib/cli/jupyter/python.js';

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

describe('findJupyterOnPath', () => {
  test('nothing on the path', async () => {
    expect(await findJupyterOnPath({ PATH: '' })).toBeNull();
    expect(await findJupyterOnPath({})).toBeNull();
  });
});
