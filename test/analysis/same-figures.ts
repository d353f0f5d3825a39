import { expect } from 'vitest';

/**
 * Expects two records to hold the same figures up to rounding. Lists of things with an id may be in another order; of a
 * reason it counts only whether there is one, since it may name the first of several.
 */
export function expectSameFigures(found: unknown, expected: unknown, path = 'record'): void {
  if (typeof expected === 'number') {
    expect(typeof found, path).toBe('number');
    expect(Math.abs((found as number) - expected), path).toBeLessThan(1e-9);
  } else if (Array.isArray(expected)) {
    const [left, right] = [byId(found as unknown[]), byId(expected)];
    expect(left.length, path).toBe(right.length);
    for (const [place, value] of right.entries()) {
      expectSameFigures(left[place], value, `${path}[${place}]`);
    }
  } else if (typeof expected === 'object' && expected !== null) {
    const other = found as Record<string, unknown>;
    expect(Object.keys(other).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) {
      if (key === 'reason') {
        expect(other[key] === null, `${path}.reason`).toBe(value === null);
      } else {
        expectSameFigures(other[key], value, `${path}.${key}`);
      }
    }
  } else {
    expect(found, path).toBe(expected);
  }
}

function byId(list: readonly unknown[]): unknown[] {
  const id = (entry: unknown): string =>
    typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : '';
  return [...list].sort((a, b) => (id(a) < id(b) ? -1 : Number(id(a) > id(b))));
}
