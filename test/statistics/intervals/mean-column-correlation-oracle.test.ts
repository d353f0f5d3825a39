import { describe, expect, it } from 'vitest';
import { meanColumnCorrelationInterval } from '../../../lib/statistics/intervals/mean-column-correlation-interval.js';
import { maskedMatrix } from '../../../lib/statistics/masked-matrix.js';
import { oracle } from '../resampling-oracle.js';

describe('meanColumnCorrelationInterval', () => {
  it('has cases with the larger variance alone, and with both', () => {
    expect(new Set(oracle.columnMeans.map(({ floored }) => floored)).size).toBe(2);
  });

  it.each(oracle.columnMeans)(
    'agrees with numpy and scipy ($rowGroups.length rows, $columnGroups.length columns)',
    (entry) => {
      const { rowGroups, columnGroups } = entry;
      const [x, y] = [maskedMatrix(entry.x), maskedMatrix(entry.y)];
      const found = meanColumnCorrelationInterval({ x, y, rowGroups, columnGroups });
      for (const [column, r] of entry.byColumn.entries()) {
        expect(found.byColumn[column]).toBeCloseTo(r, 12);
      }
      expect(found.estimate).toBeCloseTo(entry.estimate, 12);
      expect(found.variance?.columns).toBeCloseTo(entry.columns, 12);
      expect(found.variance?.rows).toBeCloseTo(entry.rows, 12);
      expect(found.variance?.both).toBeCloseTo(entry.both, 12);
      expect(found.floored).toBe(entry.floored);
      expect(found.interval?.low).toBeCloseTo(entry.low, 11);
      expect(found.interval?.high).toBeCloseTo(entry.high, 11);
    },
  );
});
