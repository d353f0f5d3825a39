import { describe, expect, test } from 'vitest';
import { labArguments } from '../../../lib/cli/jupyter/lab.js';

describe('labArguments', () => {
  test('opens notebooks/ and otherwise leaves JupyterLab alone', () => {
    const [dashM, module, root, ...rest] = labArguments({}, false);
    expect([dashM, module]).toEqual(['-m', 'jupyterlab']);
    expect(root).toMatch(/^--ServerApp\.root_dir=.*notebooks$/);
    expect(rest).toEqual([]);
  });

  test('passes options on; later arguments of the user win', () => {
    const options = { browser: false, port: 9000, extraArguments: ['--debug'] };
    expect(labArguments(options, true).slice(3)).toEqual([
      '--no-browser',
      '--port=9000',
      '--allow-root',
      '--debug',
    ]);
  });
});
