import { defineConfig } from 'vitest/config';

// The checks against a real server: long, and only where one has been built (npm run check:server).
export default defineConfig({
  test: {
    include: ['test/server/**/*.server.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
