import { list } from './html-text.js';
import { pageHtml } from './page.js';
import type { ReportInput } from './report-input.js';
import { figureSection } from './sections/figure-section.js';
import { headlineSection } from './sections/headline-section.js';
import { openingHtml } from './sections/opening.js';
import { robustnessSection } from './sections/robustness-section.js';
import { settingsSection } from './sections/settings-section.js';
import { sourcesSection } from './sections/sources-section.js';
import { trainingSection } from './sections/training-section.js';

/** The report of a study as one HTML page: words, tables and figures, with everything that they rest on. */
export function reportHtml(input: ReportInput): string {
  const { summary, plotly } = input;
  return pageHtml({
    title: summary.study.title,
    opening: openingHtml(summary),
    sections: [
      { id: 'findings', title: 'Findings in words', html: list(summary.findings) },
      headlineSection(summary),
      figureSection(input),
      ...trainingSection(summary),
      ...robustnessSection(summary),
      settingsSection(summary),
      sourcesSection(summary),
    ],
    plotly,
  });
}
