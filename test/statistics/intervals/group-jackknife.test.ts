import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupJackknife } from '../../../lib/statistics/intervals/group-jackknife.js';
import {
  cellsByBoth,
  cellsByColumn,
  cellsByRow,
  groupingOf,
} from '../../../lib/statistics/intervals/grouping.js';
import { oracle } from '../intervals-oracle.js';

const meanOf =
  (values: readonly number[]) =>
  (kept: Uint8Array): number | null => {
    const chosen = values.filter((_, place) => kept[place] === 1);
    return chosen.length === 0 ? null : chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  };

function jackknifeOfMean(values: readonly number[], groups: readonly string[], present?: Uint8Array) {
  return groupJackknife({
    present: present ?? new Uint8Array(values.length).fill(1),
    grouping: groupingOf(groups),
    statistic: meanOf(values),
  });
}

describe('groupJackknife', () => {
  it.each(oracle.jackknife)(
    'has the textbook variance of a mean for single values ($values.length)',
    (entry) => {
      const found = jackknifeOfMean(entry.values, [...entry.values.keys()].map(String));
      expect(found.estimate).toBeCloseTo(entry.mean, 12);
      expect(found.variance).toBeCloseTo(entry.variance, 12);
      expect(found.groups).toBe(entry.values.length);
    },
  );

  it.each(oracle.clustered)('agrees with the clustered variance of statsmodels', (entry) => {
    expect(jackknifeOfMean(entry.values, entry.groups).variance).toBeCloseTo(entry.variance, 12);
  });

  it('is worked out by hand for groups of unequal size', () => {
    // Without a: mean of 6 = 6. Without b: mean of 1, 2 = 1.5. About 3.75: 2 * 2.25^2, times (2 - 1) / 2.
    const found = jackknifeOfMean([1, 6, 2], ['a', 'b', 'a']);
    expect(found.withoutGroup).toEqual([6, 1.5]);
    expect(found.variance).toBeCloseTo(2.25 ** 2, 12);
  });

  it('does not depend on the order of units and the names of groups', () => {
    const unit = fc.record({
      value: fc.double({ min: -1, max: 1, noNaN: true }),
      group: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 20 }), (units) => {
        const values = Object.freeze(units.map(({ value }) => value));
        const found = jackknifeOfMean(values, Object.freeze(units.map(({ group }) => `g${group}`)));
        const turned = units.toReversed();
        const other = jackknifeOfMean(
          turned.map(({ value }) => value),
          turned.map(({ group }) => String(4 - group)),
        );
        expect(other.groups).toBe(found.groups);
        if (found.variance === null) {
          expect(other.variance).toBeNull();
        } else {
          expect(other.variance).toBeCloseTo(found.variance, 10);
        }
      }),
    );
  });

  it('counts only groups that have a unit, and shows the statistic no other unit', () => {
    const present = Uint8Array.from([1, 1, 0, 1]);
    const found = jackknifeOfMean([1, 2, 1000, 3], ['a', 'b', 'c', 'd'], present);
    expect(found).toMatchObject({ estimate: 2, groups: 3 });
    // The variance of a mean of 1, 2, 3.
    expect(found.variance).toBeCloseTo(1 / 3, 12);
    expect([...present]).toEqual([1, 1, 0, 1]);
  });

  it('has no variance, with the reason, for one group, and where the statistic is undefined', () => {
    expect(jackknifeOfMean([1, 2], ['a', 'a'])).toEqual({
      estimate: 1.5,
      variance: null,
      groups: 1,
      withoutGroup: [],
      reason: 'only 1 groups; a jackknife needs at least 2',
    });
    expect(jackknifeOfMean([], [])).toMatchObject({ estimate: null, reason: 'the statistic is undefined' });
    const firstNeeded = groupJackknife({
      present: Uint8Array.from([1, 1, 1]),
      grouping: groupingOf(['Q1', 'Q2', 'Q3']),
      statistic: (kept) => (kept[0] === 1 ? 5 : null),
    });
    expect(firstNeeded).toMatchObject({
      estimate: 5,
      variance: null,
      reason: 'the statistic is undefined without Q1',
    });
  });

  it('refuses a grouping of another number of units', () => {
    expect(() => jackknifeOfMean([1, 2], ['a'])).toThrow(
      'groupJackknife needs a group for each of 2 units, got 1.',
    );
  });
});

describe('groups of cells', () => {
  const rows = groupingOf(['n', 's', 'n']);
  const columns = groupingOf(['a', 'b']);

  it('follow columns, rows, or both', () => {
    expect(rows).toEqual({ names: ['n', 's'], of: Int32Array.from([0, 1, 0]) });
    expect([...cellsByColumn(columns, 3).of]).toEqual([0, 1, 0, 1, 0, 1]);
    expect([...cellsByRow(rows, 2).of]).toEqual([0, 0, 1, 1, 0, 0]);
    const both = cellsByBoth(rows, columns);
    expect(Array.from(both.of, (group) => both.names[group])).toEqual([
      'n x a',
      'n x b',
      's x a',
      's x b',
      'n x a',
      'n x b',
    ]);
  });
});
