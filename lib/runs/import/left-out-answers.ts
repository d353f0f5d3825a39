import type { HumanSideRecord } from '../../survey/human-side.js';
import type { ImportedAnswers } from './microdata/import-answers.js';

const MISSING: Readonly<Record<number, string>> = {
  [-1]: "don't know",
  [-2]: 'no answer',
  [-3]: 'not applicable',
  [-4]: 'not asked',
  [-5]: 'missing or other',
};

/** What of a file of single answers is in no number, with the reason. Counts are of fields, rows or variables, as `what` says. */
export function leftOutAnswers(answers: ImportedAnswers): HumanSideRecord['leftOut'] {
  const { dropped, rowsOfOtherStudies, absent, unsure } = answers;
  const missing = [...dropped.missing.entries()].toSorted(([a], [b]) => b - a);
  return [
    ...missing.map(([code, count]) => ({
      what: `fields with code ${code}`,
      count,
      why: `missing answers (${MISSING[code] ?? 'negative code'})`,
    })),
    { what: 'empty fields', count: dropped.blank, why: 'no answer is there' },
    {
      what: 'fields with unknown codes',
      count: dropped.unknown,
      why: 'the item has no such code, and they were to be dropped',
    },
    {
      what: 'rows of another survey',
      count: rowsOfOtherStudies,
      why: 'only one survey of the file was to count',
    },
    {
      what: `variables not in the file${listOf(absent)}`,
      count: absent.length,
      why: 'the file has no such column',
    },
    {
      what: `variables that are not sure${listOf(unsure)}`,
      count: unsure.length,
      why: 'column or codes are not checked, and they were not asked for',
    },
  ].filter(({ count }) => count > 0);
}

function listOf(variables: readonly string[]): string {
  return variables.length === 0 ? '' : `: ${variables.join(', ')}`;
}
