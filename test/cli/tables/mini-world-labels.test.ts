import { expect, it } from 'vitest';
import { PLAIN } from '../../../lib/analysis/mini-world/figure-table.js';
import { formatP, inRanges, meanAndSpread, measureLabel } from '../../../lib/cli/tables/mini-world/labels.js';

it('numbers that follow each other are drawn together', () => {
  expect(inRanges([])).toBe('');
  expect(inRanges([2])).toBe('2');
  expect(inRanges([1, 3, 4, 5, 8])).toBe('1, 3–5, 8');
});

it('a measure names format, language and side only where they are not the usual ones', () => {
  const measure = { ...PLAIN, figure: 'deviation r', cells: 'seen', with: 'people' } as const;
  expect(measureLabel(measure)).toBe('deviation r, seen');
  expect(measureLabel({ ...measure, format: 'chat', with: 'text' })).toBe(
    'deviation r, seen, chat, with own text',
  );
  expect(measureLabel({ ...measure, figure: 'West minus others', language: 'own' })).toBe(
    'lean (r), seen, own',
  );
});

it('a mean has its spread where there are two seeds, and a p is never zero', () => {
  expect(meanAndSpread(0.5, 0.01)).toBe('0.500 ± 0.010');
  expect(meanAndSpread(0.5, null)).toBe('0.500');
  expect(formatP(0.0004)).toBe('<.001');
  expect(formatP(null)).toBe('–');
});
