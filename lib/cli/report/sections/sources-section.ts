import type { Summary } from '../../../runs/summary/summary-record.js';
import { SURVEY_CITATION } from '../../../survey/citation.js';
import { list, paragraph } from '../html-text.js';
import type { ReportSection } from '../report-input.js';

const METHOD =
  'Method: Kim and Baek, Exploring Large Language Models on Cross-Cultural Values in Connection with Training Methodology ' +
  '(arXiv 2412.08846). What the paper leaves open is a choice of this project, and no number of the paper appears here.';

/** Whom to cite for what. */
export function sourcesSection({ versions, study, human }: Summary): ReportSection {
  const { side } = human;
  const people =
    side === null
      ? `People: ${SURVEY_CITATION} Country aggregates and their sources: data/survey/README.md; free for non-profit use with this citation.`
      : `People: ${side.citation} Imported from ${side.source.file} (SHA-256 ${side.source.sha256}). ${side.terms}`;

  return {
    id: 'sources',
    title: 'Sources and citation',
    html: [
      paragraph('Whoever uses numbers of this page should name:'),
      list([
        people,
        METHOD,
        `Software: culture-lens ${versions['culture-lens'] ?? ''}, study ${study.id}, with the settings above (Apache-2.0).`,
      ]),
    ].join('\n'),
  };
}
