import type { SpecificationRow } from '../../runs/robustness/specification-rows.js';
import type { Summary } from '../../runs/summary/summary-record.js';
import type { Category, Country } from '../../types.js';

/** Everything that a report is made of: the same parts give the same bytes. */
export interface ReportInput {
  readonly summary: Summary;
  readonly specifications: readonly SpecificationRow[];
  /** Names of countries; one that is not here is shown by its code. */
  readonly countries: readonly Pick<Country, 'iso3' | 'name'>[];
  /** Titles of categories, in the order of the questionnaire. */
  readonly categories: readonly Pick<Category, 'id' | 'title'>[];
  /** Source of plotly.js, which draws the figures inside the page. */
  readonly plotly: string;
}

/** A part of the page with a heading; ids are fixed words of this program. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** What stands below the heading, before the parts. */
  readonly html: string;
  /** Parts with a heading of the next level. */
  readonly parts?: readonly ReportSection[];
}
