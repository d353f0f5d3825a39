import { describe, expect, it } from 'vitest';
import { type CellsName, cellParts, languageOf, STRATA } from '../../../lib/analysis/mini-world/cells.js';
import { isLittle, plantedHeldOut, plantedWorld } from '../../support/planted-mini-world.js';

const world = plantedWorld();
const parts = cellParts(world);
const columns = world.items.length;
const has = (name: CellsName, c: number, i: number): boolean => parts.get(name)?.[c * columns + i] === 1;

describe('parts of the cells', () => {
  it('put each cell into one stratum', () => {
    for (const [c] of world.countries.entries()) {
      for (const [i] of world.items.entries()) {
        expect(STRATA.filter((stratum) => has(stratum, c, i))).toHaveLength(1);
        expect(has('seen', c, i)).toBe(plantedHeldOut(c, i) === null);
        expect(has('held-out cells', c, i)).toBe(plantedHeldOut(c, i) === 'cell');
        expect(has('told countries', c, i)).toBe(has('seen', c, i) || has('held-out cells', c, i));
      }
    }
  });

  it('know who speaks a constructed language: nobody in the West, and not the countries of English', () => {
    expect(world.countries.map((country) => languageOf(country, world.speakers))).toEqual(
      world.countries.map((_, c) => (c >= 4 && c < 10 ? 'vona' : c >= 10 && c < 16 ? 'teski' : null)),
    );
    expect(has('speakers', 4, 20)).toBe(has('told countries', 4, 20));
    expect(has('speakers', 0, 20)).toBe(false);
  });

  it('divide what two texts told; whole held-out countries are in none of the three', () => {
    for (const [c] of world.countries.entries()) {
      for (const [i] of world.items.entries()) {
        const kind = plantedHeldOut(c, i);
        expect(has('student saw', c, i)).toBe(isLittle(c, i));
        expect(has('only teacher saw', c, i)).toBe(kind === null && !isLittle(c, i));
        expect(has('neither saw', c, i)).toBe(kind === 'cell' || kind === 'block');
      }
    }
  });

  it('leave those three out where a text is not known', () => {
    const textImplied = new Map([...world.textImplied].filter(([telling]) => telling !== 'little'));
    expect(cellParts({ ...world, textImplied }).has('student saw')).toBe(false);
  });
});
