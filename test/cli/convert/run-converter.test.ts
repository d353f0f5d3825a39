import { describe, expect, it } from 'vitest';
import { runConverter } from '../../../lib/cli/convert/run-converter.js';

/** A program in Python's place that is asked to end as soon as it runs, and then ends with this status. */
async function endedWith(status: number) {
  const stop = new AbortController();
  const program = `
    process.on('SIGTERM', () => process.exit(${status}));
    setInterval(() => {}, 1000);
    console.log('running');
  `;
  return runConverter({
    python: { program: process.execPath, leadingArguments: ['-e', program] },
    words: [],
    onLine: () => stop.abort(),
    signal: stop.signal,
  });
}

describe('a converter that is interrupted', () => {
  it('has converted where it had just given the folder its name', async () => {
    expect(await endedWith(0)).toEqual({ kind: 'converted' });
  });

  it('is interrupted where it had not', async () => {
    expect(await endedWith(1)).toEqual({ kind: 'interrupted' });
  });
});
