/** A server that wants to be left alone for longer than this is not waited for, in seconds. */
export const LONGEST_RETRY_AFTER = 120;

/** Seconds that the header `Retry-After` asks for, a number of seconds or a date; null where it says nothing. */
export function retryAfterSeconds(header: string | null): number | null {
  if (header === null) {
    return null;
  }
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
