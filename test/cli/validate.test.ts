import { afterEach, describe, expect, it, vi } from 'vitest';
import { validateCommand } from '../../lib/cli/commands/validate.js';
import { lateProgress } from '../../lib/cli/validation/late-progress.js';
import type { ProgressState } from '../../lib/runs/progress.js';

afterEach(() => {
  vi.restoreAllMocks();
});

async function run(...words: string[]): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => printed.push(text));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await validateCommand().exitOverride().parseAsync(words, { from: 'user' });
  return printed.join('\n');
}

describe('culture-lens validate', () => {
  it('checks the intervals by default and by name, with the options it always had', async () => {
    const text = await run('--worlds', '1', '--seed', '4');
    expect(text).toMatch(/^world +interval of +items +batteries +countries +covers/);
    expect(await run('intervals', '--worlds', '1', '--seed', '4')).toBe(text);
    expect(JSON.parse(await run('intervals', '--worlds', '1', '--seed', '4', '--json'))).toHaveLength(64);
  }, 120_000);

  it('refuses anything else and says what there is', async () => {
    await expect(run('songs')).rejects.toThrow(
      /'songs' is invalid for argument 'what'. Allowed choices are intervals, mini/,
    );
  });

  it('tells progress only of work that takes more than two seconds', () => {
    const told: number[] = [];
    let now = 0;
    const listener = lateProgress(
      ({ done }) => told.push(done),
      () => now,
    );
    const state = (done: number): ProgressState => ({
      ...{ label: 'work', done, total: 9, ratePerSecond: null, remainingSeconds: null },
    });
    listener(state(1));
    now = 2_000;
    listener(state(2));
    now = 2_001;
    listener(state(3));
    expect(told).toEqual([3]);
  });
});
