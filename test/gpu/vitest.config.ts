import { defineConfig } from 'vitest/config';

// The checks on a GPU: fail with the reason where none runs (npm run check:gpu).
export default defineConfig({
  test: {
    include: ['test/gpu/*.gpu.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
