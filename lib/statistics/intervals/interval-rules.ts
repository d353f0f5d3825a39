/**
 * Fewer groups than this give no interval. Coverage was checked down to this number; with fewer, t(g - 1) makes the
 * interval so wide that it says next to nothing.
 */
export const FEWEST_GROUPS = 6;

/** Fewer rows than this are taken as they are, not as a sample of others. */
export const FEWEST_ROWS = 8;

/** What rows and groups are called in the reasons that a result gives. */
export interface Terms {
  /** For example "countries". */
  readonly rows?: string;
  /** For example "batteries". */
  readonly columnGroups?: string;
  /** For example "cultural zones". */
  readonly rowGroups?: string;
}

export const DEFAULT_TERMS: Required<Terms> = {
  rows: 'rows',
  columnGroups: 'groups of columns',
  rowGroups: 'groups of rows',
};

/** Why so few groups give no interval. */
export function tooFewGroups(groups: number, term: string): string {
  return `only ${groups} ${term}; an interval over ${term} needs at least ${FEWEST_GROUPS}`;
}
