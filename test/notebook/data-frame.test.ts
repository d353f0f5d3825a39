import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { dataFrame } from '../../lib/notebook/data-frame.js';

const rows = [
  { country: 'Peru', r: 0.5, items: 205 },
  { country: 'Japan', r: null, items: 198 },
];

describe('dataFrame', () => {
  test('has the fields as columns and keeps null', async () => {
    const frame = await dataFrame(rows);
    expect(frame.columns).toEqual(['country', 'r', 'items']);
    expect(frame.values).toEqual([
      ['Peru', 0.5, 205],
      ['Japan', null, 198],
    ]);
  });

  test('can be sliced on', async () => {
    const frame = await dataFrame(rows);
    expect(frame.query(frame.column('items').gt(200)).values).toEqual([['Peru', 0.5, 205]]);
  });

  test('no rows', async () => {
    await expect(dataFrame([])).rejects.toThrow(
      'Making a DataFrame: there are no rows. Expected at least one record.',
    );
  });

  test('prints nothing on stderr, also when it computes with tensors', () => {
    // A process of its own: the library prints its advertisement once.
    const module = pathToFileURL(projectPath('lib', 'dist', 'notebook', 'data-frame.js')).href;
    const code = `const { dataFrame } = await import('${module}');
      const frame = await dataFrame([{ a: 1 }, { a: 2 }]);
      console.log(frame.column('a').tensor.add(1).arraySync().join());`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(ran).toMatchObject({ stdout: '2,3\n', stderr: '' });
  });
});
