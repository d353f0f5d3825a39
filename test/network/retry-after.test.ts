import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { retryAfterSeconds } from '../../lib/network/retry-after.js';

const NOW = Date.UTC(2026, 10, 6, 8, 48, 37);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  // Dates are Greenwich's, also where this machine is not.
  vi.stubEnv('TZ', 'America/New_York');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('what a server says in Retry-After', () => {
  it.each([
    ['seconds', '7', 7],
    ['seconds with spaces', ' 120 ', 120],
    ['the usual form of a date', 'Fri, 06 Nov 2026 08:49:37 GMT', 60],
    ['the form of RFC 850', 'Friday, 06-Nov-26 08:49:37 GMT', 60],
    ['the form of asctime, which names no zone', 'Fri Nov  6 08:49:37 2026', 60],
    ['a date that is past', 'Fri, 06 Nov 2026 08:00:00 GMT', 0],
    ['a date far away', 'Sat, 06 Nov 2027 08:48:37 GMT', 365 * 86_400],
  ])('as %s', (_, header, seconds) => {
    expect(retryAfterSeconds(header)).toBe(seconds);
  });

  it.each([null, '', 'soon', '120 s', '-3', '1.5', 'Fri, 99 Nov 2026 08:49:37 GMT'])(
    'as %j is nothing',
    (header) => {
      expect(retryAfterSeconds(header)).toBeNull();
    },
  );
});
