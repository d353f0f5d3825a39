import { InputError } from '../../files/input-error.js';
import type { Reading, TopToken } from '../../types.js';
import { LARGEST_PART, partName } from './layout.js';
import { type ColumnType, READING_COLUMNS, TOP_TOKENS } from './reading-columns.js';
import { describeKey } from './reading-key.js';

/** Checks that readings can become a part. @throws RangeError for a bad number or no rows; InputError as below */
export function checkPart(index: number, readings: readonly Reading[]): void {
  if (!Number.isInteger(index) || index < 0 || index > LARGEST_PART) {
    throw new RangeError(`A part's number is an integer from 0 to ${LARGEST_PART}, got ${index}.`);
  }
  if (readings.length === 0) {
    throw new RangeError(`Writing ${partName(index)}: a part holds at least one reading, got none.`);
  }
  for (const reading of readings) {
    checkReading(reading, `Writing ${partName(index)}`);
  }
}

/**
 * Refuses a reading that a column cannot hold unchanged: a number that is not finite, a count or id that is not a
 * 32-bit integer, text with half a surrogate pair, a missing field.
 *
 * @throws InputError that names the reading, the field and the value
 */
export function checkReading(reading: Reading, doing: string): void {
  for (const { field, type, nullable } of READING_COLUMNS) {
    const value: unknown = reading[field];
    if (nullable && value === null) {
      continue;
    }
    const problem = problemOf(value, type);
    if (problem !== null) {
      throw new InputError(
        `${doing}: the reading of ${describeKey(reading)} has ${field}${problem.place} = ${String(problem.found)}. ` +
          `Expected ${problem.expected}; what is undefined is stored as null, or unscored with a reason. ` +
          'Nothing of this part was written.',
      );
    }
  }
}

interface Problem {
  readonly place: string;
  readonly found: unknown;
  readonly expected: string;
}

function problemOf(value: unknown, type: ColumnType): Problem | null {
  switch (type) {
    case 'VARCHAR':
      return typeof value === 'string' && !/\p{Surrogate}/u.test(value)
        ? null
        : wrong(value, 'well-formed text');
    case 'INTEGER':
      return Number.isInteger(value) && (value as number) === ((value as number) | 0)
        ? null
        : wrong(value, 'a 32-bit integer');
    case 'DOUBLE':
      return Number.isFinite(value) ? null : wrong(value, 'a finite number');
    case 'INTEGER[]':
      return problemInList(value, (element) => problemOf(element, 'INTEGER'));
    case 'DOUBLE[]':
      return problemInList(value, (element) => problemOf(element, 'DOUBLE'));
    case TOP_TOKENS:
      return problemInList(value, problemOfTopToken);
  }
}

function problemOfTopToken(value: unknown): Problem | null {
  const token = value as TopToken;
  return (
    at('.tokenId', problemOf(token.tokenId, 'INTEGER')) ??
    at('.text', problemOf(token.text, 'VARCHAR')) ??
    at('.logProb', problemOf(token.logProb, 'DOUBLE'))
  );
}

function problemInList(
  value: unknown,
  problemOfElement: (element: unknown) => Problem | null,
): Problem | null {
  if (!Array.isArray(value)) {
    return wrong(value, 'a list');
  }
  for (let index = 0; index < value.length; index += 1) {
    const problem = at(`[${index}]`, problemOfElement(value[index]));
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}

function at(place: string, problem: Problem | null): Problem | null {
  return problem === null ? null : { ...problem, place: `${place}${problem.place}` };
}

function wrong(found: unknown, expected: string): Problem {
  return { place: '', found, expected };
}
