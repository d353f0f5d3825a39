import { csvText } from '../../files/csv-text.js';
import { dataPath } from '../../files/data-folder.js';
import { readTextFile } from '../../files/read-json.js';
import { parseMeanRows, parseShareRows, parseSuspectRows } from '../../survey/aggregate-files.js';
import type { ShareLine } from '../../survey/import/aggregate-cells.js';
import { type Differences, differencesOf } from '../../survey/import/differences.js';
import type { ImportedAnswers } from './microdata/import-answers.js';

/** An import of wave 7 beside the aggregates of wave 7 that ship. */
export function compareWithShipped(answers: Pick<ImportedAnswers, 'shares' | 'means'>): Differences {
  const shares = dataPath('survey', 'wvs7_shares.csv');
  const means = dataPath('survey', 'wvs7_means.csv');
  return differencesOf(answers, {
    shares: parseShareRows(readTextFile(shares, 'the answer shares'), shares),
    means: parseMeanRows(readTextFile(means, 'the country means'), means),
  });
}

/**
 * The cells among the imported ones that look wrong in the survey itself, as `suspect_cells.csv` has them; null where there
 * is none. They are the same people's answers, whichever file they come in.
 */
export function suspectCellsOf(shares: readonly ShareLine[]): string | null {
  const path = dataPath('survey', 'suspect_cells.csv');
  const cells = new Set(shares.map(({ country, variable }) => `${country} ${variable}`));
  const own = parseSuspectRows(readTextFile(path, 'the suspect cells'), path).filter(
    ({ country, variable }) => cells.has(`${country} ${variable}`),
  );
  return own.length === 0
    ? null
    : csvText(
        own.map(({ country, variable, reason }) => ({
          ...{ country_iso3: country, variable, what_is_suspect: reason },
        })),
      );
}
