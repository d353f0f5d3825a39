import { expect, test } from 'vitest';
import { firstDifference } from './first-difference.js';

test('equal values have no difference', () => {
  expect(firstDifference({ a: [1, null, 'x'] }, { a: [1, null, 'x'] })).toBe('');
});

test.each([
  [[1, 2, 3], [1, 2], 'result.2 is 3 instead of undefined'],
  [{ a: { b: 0 } }, { a: { b: -0 } }, 'result.a.b is 0 instead of -0'],
  [{ a: null }, { a: 0 }, 'result.a is null instead of 0'],
  [[], {}, 'result is [] instead of {}'],
])('%j against %j', (found, wanted, text) => {
  expect(firstDifference(found, wanted)).toBe(text);
});
