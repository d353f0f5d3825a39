/** A server that wants to be left alone for longer than this is not waited for, in seconds. */
export const LONGEST_RETRY_AFTER = 120;

// Date.parse makes dates of "-3" and "1.5"; those of HTTP begin with a weekday.
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)/i;

/**
 * Seconds that the header `Retry-After` asks for: a number of seconds, or a date in one of the three forms of RFC 9110 (section
 * 5.6.7); 0 for a date that is past, null where it says nothing.
 */
export function retryAfterSeconds(header: string | null): number | null {
  const said = header?.trim() ?? '';
  if (/^\d+$/.test(said)) {
    return Number(said);
  }
  if (!WEEKDAY.test(said)) {
    return null;
  }
  // The form of asctime names no zone: all dates of HTTP are Greenwich's, Date.parse would take it for this machine's.
  const date = Date.parse(/ GMT$/i.test(said) ? said : `${said} GMT`);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}
