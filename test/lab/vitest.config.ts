import { defineConfig } from 'vitest/config';

// Every notebook in a real JupyterLab, and the report, with pictures of them all to look at (npm run check:lab).
export default defineConfig({
  test: {
    include: ['test/lab/*.lab.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
