import { defineConfig } from 'vitest/config';

// 100 kills instead of the 25 of npm test (npm run check:kills).
export default defineConfig({
  test: {
    include: ['test/crash/*-kills.test.ts'],
    env: { CULTURE_LENS_KILLS: '100' },
    pool: 'forks',
    maxWorkers: 1,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['verbose', './test/support/plain-line-reporter.ts'],
  },
});
