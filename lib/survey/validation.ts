import { InputError } from '../files/input-error.js';
import type { HumanAnswer } from '../types.js';
import type { CategoryCounts, SurveyFact, SurveyFacts } from './facts.js';
import { categoryCounts, countInSurvey, type SurveyData } from './survey-counts.js';

/** What the survey's validation looks at. */
export interface ValidationInput extends SurveyData {
  readonly facts: SurveyFacts;
}

/** One fact beside what the files say. Values are printed as texts, so that counts and extremes share a table. */
export interface ValidationRow {
  readonly fact: string;
  readonly expected: string;
  readonly found: string;
  readonly agrees: boolean;
  readonly statedIn: string;
}

/**
 * Checks the survey's files against the facts stated about them: counts, coverage, categories, extremes.
 *
 * @returns one row for each fact, in the order of the facts
 * @throws InputError when the human answers have other weights than the stated mean scores
 */
export function surveyValidation(input: ValidationInput): ValidationRow[] {
  if (input.human.weights !== input.facts.weights) {
    throw new InputError(
      `Checking the survey: the human answers are ${input.human.weights}, but the facts are stated for ` +
        `${input.facts.weights} ones. Load them with weights: '${input.facts.weights}'.`,
    );
  }
  return input.facts.facts.map((fact) => checkFact(fact, input));
}

function checkFact(fact: SurveyFact, input: ValidationInput): ValidationRow {
  switch (fact.kind) {
    case 'count': {
      const found = countInSurvey(fact.of, input);
      return row(fact, fact.statement, String(fact.expected), String(found), found === fact.expected);
    }
    case 'category': {
      const expected = describeCounts(fact.expected);
      const found = describeCounts(categoryCounts(input.items, fact.category));
      return row(fact, `items of category ${fact.category}`, expected, found, found === expected);
    }
    case 'extreme': {
      const name = `${fact.end} mean score of ${fact.variable} (${fact.statement})`;
      const found = extreme(input.human.cells, fact.variable, fact.end);
      const agrees =
        found !== null &&
        found.country === fact.country &&
        Math.abs(found.meanScore - fact.expected) <= input.facts.tolerance;
      return row(fact, name, describeExtreme(fact.country, fact.expected), describeFound(found), agrees);
    }
  }
}

function row(
  fact: SurveyFact,
  name: string,
  expected: string,
  found: string,
  agrees: boolean,
): ValidationRow {
  return { fact: name, expected, found, agrees, statedIn: fact.statedIn };
}

interface Extreme {
  readonly country: string;
  readonly meanScore: number;
}

function extreme(cells: readonly HumanAnswer[], variable: string, end: 'highest' | 'lowest'): Extreme | null {
  const sign = end === 'highest' ? 1 : -1;
  let best: Extreme | null = null;
  for (const { variable: other, country, meanScore } of cells) {
    if (
      other === variable &&
      meanScore !== null &&
      (best === null || sign * (meanScore - best.meanScore) > 0)
    ) {
      best = { country, meanScore };
    }
  }
  return best;
}

function describeCounts(counts: CategoryCounts): string {
  return `${counts.items} items, ${counts.askable} askable, ${counts.withMean} with a mean`;
}

function describeExtreme(country: string, meanScore: number): string {
  return `${country} ${meanScore.toFixed(3)}`;
}

function describeFound(found: Extreme | null): string {
  return found === null ? 'no mean score' : describeExtreme(found.country, found.meanScore);
}
