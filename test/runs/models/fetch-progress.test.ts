import { expect, it } from 'vitest';
import { fetchProgress } from '../../../lib/runs/models/fetch-progress.js';
import { describeProgress } from '../../../lib/runs/progress.js';

it('shows a download in MB, with its speed and what is left', () => {
  let now = 0;
  const lines: string[] = [];
  const tell = fetchProgress(
    (state) => lines.push(describeProgress(state)),
    () => now,
  );
  const total = 500e6;
  const files = { done: 2, total: 4 };
  tell({ file: 'model.onnx', received: 100e6, total, files });
  now = 2000;
  tell({ file: 'model.onnx', received: 200e6, total, files });
  // All but one byte of it is not all.
  tell({ file: 'model.onnx', received: total - 1, total, files });
  tell({ file: 'model.onnx', received: total, total, files: { done: 3, total: 4 } });
  tell({ file: 'x.json', received: 20, total: 20, files: { done: 4, total: 4 } });
  expect(lines).toEqual([
    'model.onnx (3 of 4), MB 100 of 500 (20 %)',
    'model.onnx (3 of 4), MB 200 of 500 (40 %), 50/s, 6 s left',
    'model.onnx (3 of 4), MB 499.9 of 500 (99 %), 200/s, 0 s left',
    'model.onnx (3 of 4), MB 500 of 500 (100 %), 200/s',
    'x.json (4 of 4), MB 0.1 of 0.1 (100 %)',
  ]);
});
