import { describe, expect, test } from 'vitest';
import { findPythonToBuildWith, isNewEnough, pythonInside } from '../../../lib/cli/python/python.js';

describe('pythonInside', () => {
  test('has other folders on Windows', () => {
    expect(pythonInside('/home/ada/lab/.venv', 'linux')).toBe('/home/ada/lab/.venv/bin/python');
    expect(pythonInside('/Users/ada/lab/.venv', 'darwin')).toBe('/Users/ada/lab/.venv/bin/python');
    expect(pythonInside('C:\\lab\\.venv', 'win32')).toBe('C:\\lab\\.venv\\Scripts\\python.exe');
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
    expect(isNewEnough(version, { major: 3, minor: 10 })).toBe(expected);
  });
});

describe('findPythonToBuildWith', () => {
  test('says what it was wanted for, what there is and what to do', async () => {
    const wanted = { what: 'Baking', oldest: { major: 9, minor: 1 }, retry: 'bake again' };
    await expect(findPythonToBuildWith(wanted)).rejects.toThrow(
      /^Baking: found (no Python|only .*)\. Expected Python 9\.1 or newer\. Install one \(with its venv module\), then bake again\.$/,
    );
  });
});
