import { ITEM_MEANS } from '../../analysis/references/item-means-reference.js';
import { modelFindings } from './model-findings.js';
import { recordingFinding } from './recording-finding.js';
import { robustnessFinding } from './robustness-finding.js';
import type { Summary } from './summary-record.js';
import { trainingFindings } from './training-findings.js';

/** What a study found, in sentences with their numbers; one paragraph for each model and way of asking. */
export function findingsOf({
  rows,
  analyses,
  robustness,
  recordings,
}: Pick<Summary, 'rows' | 'analyses' | 'robustness' | 'recordings'>): string[] {
  const means = rows.find(({ name }) => name === ITEM_MEANS);
  return [
    ...modelFindings(rows, means),
    ...analyses.flatMap(trainingFindings),
    ...robustness.flatMap(robustnessFinding),
    ...recordingFinding({ recordings }),
  ];
}
