/** One thing that a set-up needs, looked at before anything is downloaded. */
export type Check =
  /** `open` could not be told, or need not be there now; it does not stop a set-up. */
  | { readonly state: 'met' | 'open'; readonly what: string; readonly found: string }
  | {
      readonly state: 'unmet';
      readonly what: string;
      readonly found: string;
      readonly expected: string;
      readonly wayOut: string;
    };

/** A check as one line of a terminal. */
export function describeCheck(check: Check): string {
  const mark = { met: 'ok     ', open: 'open   ', unmet: 'MISSING' }[check.state];
  const more = check.state === 'unmet' ? `. Expected ${check.expected}. ${check.wayOut}` : '';
  return `${mark}  ${check.what}: ${check.found}${more}`;
}
