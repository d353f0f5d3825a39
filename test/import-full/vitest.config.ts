import { defineConfig } from 'vitest/config';

// The import of files of the official size: minutes, and 0.4 GB below the temporary folder (npm run check:import).
export default defineConfig({
  test: {
    include: ['test/import-full/*.full.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
