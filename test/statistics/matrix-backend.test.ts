import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import {
  loadMatrixBackend,
  type MatrixBackend,
  type MatrixBackendName,
} from '../../lib/statistics/matrix-backend.js';

describe.each<MatrixBackendName>(['wasm', 'plain'])('the %s backend', (name) => {
  let backend: MatrixBackend;
  beforeAll(async () => {
    backend = await loadMatrixBackend({ order: [name] });
  });

  it('multiplies by the transposed right matrix', async () => {
    expect(backend.name).toBe(name);
    // (1 2 3; 4 5 6) times the transposed (1 0 1; 2 1 0): 1+3, 2+2; 4+6, 8+5
    const left = Float32Array.of(1, 2, 3, 4, 5, 6);
    const right = Float32Array.of(1, 0, 1, 2, 1, 0);
    const found = await backend.product(left, right, { rows: 2, inner: 3, columns: 2 });
    expect([...found]).toEqual([4, 4, 10, 13]);
  });

  it('is used again after another backend was loaded', async () => {
    await loadMatrixBackend({ order: [name === 'wasm' ? 'plain' : 'wasm'] });
    const found = await backend.product(Float32Array.of(2), Float32Array.of(3), {
      rows: 1,
      inner: 1,
      columns: 1,
    });
    expect([...found]).toEqual([6]);
    // tfjs keeps one backend for the whole process and names plain JavaScript "cpu".
    const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as typeof import('@tensorflow/tfjs');
    expect(tf.getBackend()).toBe(name === 'plain' ? 'cpu' : name);
  });

  it('refuses numbers that do not fill the shape', async () => {
    await expect(
      backend.product(new Float32Array(5), new Float32Array(6), { rows: 2, inner: 3, columns: 2 }),
    ).rejects.toThrow('A matrix product of 2 x 3 by 2 x 3 needs 6 and 6 numbers, got 5 and 6.');
  });

  it('takes empty matrices', async () => {
    const found = await backend.product(new Float32Array(0), new Float32Array(0), {
      rows: 2,
      inner: 0,
      columns: 1,
    });
    expect([...found]).toEqual([0, 0]);
  });
});

describe('loadMatrixBackend', () => {
  it('takes the first backend that runs and says why the ones before did not', async () => {
    const { name, tried } = await loadMatrixBackend();
    const order: MatrixBackendName[] = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'plain'];
    expect(order.indexOf(name)).toBe(tried.length);
    expect(tried.map((entry) => entry.name)).toEqual(order.slice(0, tried.length));
    for (const { reason } of tried) {
      expect(reason).toMatch(/\w{3,}/);
      expect(reason).not.toContain('\n');
    }
  });

  it('does not mistake the stand-in of danfojs-node for a native backend', async () => {
    const { name, tried } = await loadMatrixBackend({ order: ['tfjs-node', 'plain'] });
    expect(name).toBe('plain');
    expect(tried).toEqual([
      {
        name: 'tfjs-node',
        reason: 'the installed package of this name is @tensorflow/tfjs, which has no native part',
      },
    ]);
  });

  it('says what was tried when nothing runs', async () => {
    await expect(loadMatrixBackend({ order: ['tfjs-node'] })).rejects.toThrow(
      /none of tfjs-node runs here \(tfjs-node: .*\)\. Expected at least "plain"/,
    );
  });
});

describe('a process of its own', () => {
  // Inside node_modules, so that the compiled file finds its packages.
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(projectPath('node_modules', '.matrix-backend-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints nothing and ends by itself', () => {
    execFileSync(process.execPath, [
      projectPath('node_modules', 'typescript', 'bin', 'tsc'),
      ...['--target', 'ES2022', '--module', 'NodeNext', '--moduleResolution', 'NodeNext', '--skipLibCheck'],
      ...['--types', 'node', '--outDir', folder, '--rootDir', projectPath('lib')],
      projectPath('lib', 'statistics', 'matrix-backend.ts'),
    ]);
    const script = [
      `const { loadMatrixBackend } = await import(${JSON.stringify(join(folder, 'statistics', 'matrix-backend.js'))});`,
      'const one = Float32Array.of(2);',
      'for (const order of [undefined, ["wasm"], ["plain"]]) {',
      '  const backend = await loadMatrixBackend(order === undefined ? {} : { order });',
      '  await backend.product(one, one, { rows: 1, inner: 1, columns: 1 });',
      '}',
    ].join('\n');
    const result = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 30_000,
      cwd: projectPath(),
    });
    expect({ status: result.status, stdout: result.stdout, stderr: result.stderr }).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });
});
