import type { ReportInput } from '../../../lib/cli/report/report-input.js';
import type { StudySettings } from '../../../lib/runs/study.js';
import { readSpecifications } from '../../../lib/runs/summary/read-specifications.js';
import type { SummaryRow } from '../../../lib/runs/summary/summary-record.js';
import { loadCategories } from '../../../lib/survey/categories.js';
import { loadCountries } from '../../../lib/survey/countries.js';
import { answerWith, fakeSource } from '../../support/fake-source.js';
import { runSmall } from '../../support/small-run.js';

/** What a report is made of, and the folder that a study wrote it to. */
export interface SmallReport {
  readonly input: ReportInput;
  readonly folder: string;
}

/** A small study of a model that likes the first option, more so in longer prompts; plotly is a word. */
export async function smallReport(settings: Partial<StudySettings> = {}): Promise<SmallReport> {
  const { summary, folder } = await runSmall(
    { name: 'fake', folder: 'nowhere' },
    {
      settings: { items: 'sample-24', countries: ['DEU', 'KEN', 'BRA', 'JPN'], ...settings },
      openSource: () =>
        fakeSource({
          name: 'fake',
          answer: ({ tokenIds, prompt: { options } }) =>
            answerWith(options.map((_, k) => (k === 0 ? 0.2 + tokenIds.length / 300 : 0.3 / options.length))),
        }),
    },
  );
  return {
    folder,
    input: {
      ...{ summary, specifications: readSpecifications(folder), plotly: 'const plotly = 1;' },
      ...{ countries: loadCountries(), categories: loadCategories() },
    },
  };
}

/** The same answers under other names, each a model of its own, before the references. */
export function withModels(input: ReportInput, names: readonly string[]): ReportInput {
  const { summary, specifications } = input;
  const [row] = summary.rows;
  const [robustness] = summary.robustness;
  if (row === undefined || robustness === undefined) {
    throw new Error('A small study has a model.');
  }
  return {
    ...input,
    summary: {
      ...summary,
      rows: [
        ...names.map((name): SummaryRow => ({ ...row, name })),
        ...summary.rows.filter(({ kind }) => kind === 'reference'),
      ],
      robustness: names.map((model) => ({ ...robustness, model })),
    },
    specifications: names.flatMap((model) => specifications.map((one) => ({ ...one, model }))),
  };
}
