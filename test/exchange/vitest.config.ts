import { defineConfig } from 'vitest/config';

// Exchange with programs that npm test does not ask for: R, and Python's evaluation harnesses (npm run check:exchange).
export default defineConfig({
  test: {
    include: ['test/exchange/**/*.exchange.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
