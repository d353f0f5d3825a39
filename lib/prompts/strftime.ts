import { InputError } from '../files/input-error.js';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/**
 * Python's `strftime` for a fixed date, always in English and in UTC.
 *
 * @param date yyyy-mm-dd; the time of day is midnight
 * @param format the codes %Y %y %m %d %e %b %B %a %A %j %H %M %S and %%, with Python's `%-d` form for "no padding"
 * @throws InputError for a date that does not exist or a code that is not listed
 */
export function strftime(date: string, format: string): string {
  const time = new Date(`${date}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(date) ||
    Number.isNaN(time.getTime()) ||
    !time.toISOString().startsWith(date)
  ) {
    throw new InputError(`Formatting the chat date: "${date}" is not a date. Expected yyyy-mm-dd.`);
  }
  const month = MONTHS[time.getUTCMonth()] ?? '';
  const weekday = WEEKDAYS[time.getUTCDay()] ?? '';
  const dayOfYear = (time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
  const values: Record<string, string> = {
    Y: date.slice(0, 4),
    y: date.slice(2, 4),
    m: date.slice(5, 7),
    d: date.slice(8, 10),
    e: String(time.getUTCDate()).padStart(2, ' '),
    b: month.slice(0, 3),
    B: month,
    a: weekday.slice(0, 3),
    A: weekday,
    j: String(dayOfYear).padStart(3, '0'),
    H: '00',
    M: '00',
    S: '00',
    '%': '%',
  };
  return format.replace(/%(-?)(.)/g, (code: string, minus: string, letter: string) => {
    const value = values[letter];
    if (value === undefined) {
      throw new InputError(`Formatting the chat date: strftime code "${code}" is not known.`);
    }
    return minus === '' ? value : value.replace(/^[0 ]+(?=\d)/, '');
  });
}
