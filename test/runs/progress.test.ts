import { describe, expect, it } from 'vitest';
import { terminalProgress } from '../../lib/cli/terminal-progress.js';
import {
  countProgress,
  describeProgress,
  formatSeconds,
  type ProgressState,
} from '../../lib/runs/progress.js';

describe('countProgress', () => {
  it('counts earlier work as done but not for the rate', () => {
    let clock = 0;
    const states: ProgressState[] = [];
    const work = { label: 'prompts', total: 100, alreadyDone: 40 };
    const counter = countProgress(
      (state) => states.push(state),
      work,
      () => clock,
    );
    clock = 2000;
    counter.advance(20);
    expect(states[0]).toMatchObject({ done: 40, ratePerSecond: null, remainingSeconds: null });
    // 20 in 2 s are 10/s; 40 are left
    expect(states[1]).toMatchObject({ done: 60, ratePerSecond: 10, remainingSeconds: 4 });
  });
});

describe('describeProgress', () => {
  it('says count, share, rate and time left', () => {
    const state = {
      label: 'mini: prompts',
      done: 1200,
      total: 22_880,
      ratePerSecond: 512.3,
      remainingSeconds: 42.3,
    };
    expect(describeProgress(state)).toBe('mini: prompts 1,200 of 22,880 (5 %), 512/s, 42 s left');
  });

  it('leaves out what is not known, and what is over', () => {
    const start = { label: 'x', done: 0, total: 5, ratePerSecond: null, remainingSeconds: null };
    expect(describeProgress(start)).toBe('x 0 of 5 (0 %)');
    expect(describeProgress({ ...start, done: 5, ratePerSecond: 1, remainingSeconds: 0 })).toBe(
      'x 5 of 5 (100 %), 1.0/s',
    );
    expect(describeProgress({ ...start, total: 0 })).toBe('x 0 of 0 (100 %)');
  });

  it.each([
    [43.4, '43 s'],
    [59.6, '1 min 00 s'],
    [125, '2 min 05 s'],
    [11_220, '3 h 07 min'],
  ])('says %d seconds as people do', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe('terminalProgress', () => {
  const state = (done: number): ProgressState => ({
    label: 'm',
    done,
    total: 100,
    ratePerSecond: null,
    remainingSeconds: null,
  });

  it('redraws one line in a terminal and ends it', () => {
    let text = '';
    const show = terminalProgress({ isTTY: true, columns: 80, write: (part) => (text += part) }, () => 0);
    show(state(0));
    show(state(50));
    show(state(100));
    // The clock stands still, so the second state comes too soon to be drawn.
    expect(text).toBe(
      '\r\u001b[K[........................] m 0 of 100 (0 %)\r\u001b[K[########################] m 100 of 100 (100 %)\n',
    );
  });

  it('writes plain lines elsewhere, the first, the last, and one every ten seconds', () => {
    let clock = 0;
    const lines: string[] = [];
    const show = terminalProgress({ write: (part) => lines.push(part) }, () => clock);
    for (const done of [0, 20, 40, 60, 100]) {
      show(state(done));
      clock += 6000;
    }
    expect(lines).toEqual(['m 0 of 100 (0 %)\n', 'm 40 of 100 (40 %)\n', 'm 100 of 100 (100 %)\n']);
  });
});
