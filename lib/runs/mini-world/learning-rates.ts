import { dataPath } from '../../files/data-folder.js';
import { parseCsv } from '../../files/read-csv.js';
import { readTextFile } from '../../files/read-json.js';
import { fieldError, optionalNumberField, textField } from '../../survey/csv-fields.js';

/** A short training of one size with one learning rate, tried on cells of the text that it was not trained on. */
export interface LearningRateTrial {
  /** Name of the size in recipes.json. */
  readonly size: string;
  /** Learning rate of the matrices inside the layers. */
  readonly rate: number;
  /** Of the validation cells: Fisher-z means over countries. */
  readonly r: number;
  readonly deviationR: number;
}

const COLUMNS = ['size', 'rate', 'r', 'deviation_r'] as const;
const WHAT = 'the trials of learning rates';

/** The trials by which each size got its learning rate. @throws InputError naming line and column of what is no number */
export function loadLearningRates(
  path: string = dataPath('models', 'mini', 'learning-rates.csv'),
): LearningRateTrial[] {
  const source = { path, what: WHAT };
  return parseCsv(readTextFile(path, WHAT), COLUMNS, source).map((row) => {
    const number = (column: 'rate' | 'r' | 'deviation_r', lowest: number): number => {
      const found = optionalNumberField(source, row, column, { lowest, highest: 1 });
      if (found === null) {
        throw fieldError(source, row, column, `a number from ${lowest} to 1`);
      }
      return found;
    };
    return {
      size: textField(source, row, 'size'),
      rate: number('rate', 0),
      r: number('r', -1),
      deviationR: number('deviation_r', -1),
    };
  });
}
