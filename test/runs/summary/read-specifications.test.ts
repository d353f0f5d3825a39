import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSpecification, type Specification } from '../../../lib/analysis/robustness/specification.js';
import {
  SPECIFICATION_COLUMNS,
  type SpecificationRow,
} from '../../../lib/runs/robustness/specification-rows.js';
import { readSpecifications } from '../../../lib/runs/summary/read-specifications.js';
import { newFolder } from '../../support/small-run.js';

const row: SpecificationRow = {
  ...{ study: 's', model: 'm', chosen: 1, counted: 1 },
  ...{ template: 'people-answer', format: 'plain', reading: 'letter', orders: 'given' },
  ...{ weights: 'weighted', cells: 'all', items: 'all', people: 'shipped', countries: 'default-55' },
  ...{ r: 0.5, deviation_r: 0.25, r_within_items: null, west_minus_others: -0.125 },
  ...{ item_means_r: 0.75, item_means_west_minus_others: 0 },
};

/** A folder with the rows, each without the columns that are named. */
function folderOf(rows: readonly SpecificationRow[], without: readonly string[] = []): string {
  const folder = newFolder();
  const columns = SPECIFICATION_COLUMNS.filter((column) => !without.includes(column));
  const lines = [columns, ...rows.map((one) => columns.map((column) => one[column] ?? ''))];
  writeFileSync(join(folder, 'specifications.csv'), `${lines.map((line) => line.join()).join('\n')}\n`);
  return folder;
}

describe('the specifications of a study, read back', () => {
  it('are what was written', () => {
    expect(readSpecifications(folderOf([row, { ...row, chosen: 0 }]))).toEqual([row, { ...row, chosen: 0 }]);
    expect(readSpecifications(folderOf([]))).toEqual([]);
  });

  it.each(['people', 'countries'])('are refused without the column %s', (column) => {
    expect(() => readSpecifications(folderOf([row], [column]))).toThrow(
      new RegExp(`lacks the column ${column}.*Write it again`),
    );
  });
});

describe('a specification in one line', () => {
  const all = {
    ...{ template: 'a', format: 'plain', readingKind: 'letter', orders: 'given' },
    ...{ people: 'shipped', weights: 'weighted', cells: 'all', countries: 'all', items: 'all' },
  } as const satisfies Specification;

  it('names the list of countries where it is not all of them', () => {
    const text = 'a; plain; letter; given; items: all; people: weighted, all cells';
    expect(describeSpecification(all)).toBe(text);
    expect(describeSpecification({ ...all, countries: 'default-55' })).toBe(`${text}; countries: default-55`);
  });
});
