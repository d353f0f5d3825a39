import { defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longest-first.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native libraries (onnxruntime, DuckDB, tfjs) want a process of their own.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['default', './test/support/plain-line-reporter.ts'],
  },
});
