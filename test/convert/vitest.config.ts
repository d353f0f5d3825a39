import { defineConfig } from 'vitest/config';

// Real conversions with the exporters' Python environment: minutes, not part of npm test (npm run check:convert).
export default defineConfig({
  test: {
    include: ['test/convert/**/*.convert.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
