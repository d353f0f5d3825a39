import { csvText } from '../../files/csv-text.js';
import { InputError } from '../../files/input-error.js';
import type { ImportedAnswers } from './microdata/import-answers.js';

/** Official labels: they belong to the survey, stay in the git-ignored folder, and no prompt is made from them. */
export const LABELS_FILE = 'official_labels.csv';

/** The labels of a .sav file: one line for each variable, then one for each of its codes. @throws InputError for a CSV file */
export function labelsCsv(file: string, { dictionary }: Pick<ImportedAnswers, 'dictionary'>): string {
  if (dictionary === null) {
    throw new InputError(
      `Importing ${file}: --labels was asked for, and a CSV file has no labels. Expected the .sav file. Import that one, or leave the option out.`,
    );
  }
  return csvText(
    dictionary.variables.flatMap(({ name, label, valueLabels }) => [
      { variable: name, code: null as number | string | null, label: label ?? '' },
      ...valueLabels.map((one) => ({ variable: name, code: one.value, label: one.label })),
    ]),
    ['variable', 'code', 'label'],
  );
}
