import { defineConfig } from 'vitest/config';

// The real set-up from a package index, 1.6 GB, with and without a GPU (npm run check:gpu-setup).
export default defineConfig({
  test: {
    include: ['test/gpu/*.gpu-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
