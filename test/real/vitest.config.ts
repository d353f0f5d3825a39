import { defineConfig } from 'vitest/config';

// The checks on real weights: long, and only where the weights have been made (npm run check:real).
export default defineConfig({
  test: {
    include: ['test/**/*.real.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
