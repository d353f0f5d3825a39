import { describe, expect, it } from 'vitest';
import { parseHeldOut } from '../../../lib/runs/mini-world/held-out.js';
import { knownCells } from '../../../lib/runs/mini-world/known-cells.js';
import { plantedWorld } from '../../support/planted-mini-world.js';
import { heldOutText } from './world-files.js';

const world = plantedWorld();
const known = knownCells(world);
const parse = (text: string) => parseHeldOut(text, 'held-out.csv', known);

describe('held-out cells', () => {
  it('have their kind; all others are in the text', () => {
    const heldOut = parse(heldOutText(world));
    for (const { iso3 } of world.countries) {
      for (const { variable } of world.items) {
        expect(heldOut(iso3, variable)).toBe(world.heldOut(iso3, variable));
      }
    }
  });

  it.each([
    ['iso3,variable\nAAA,Q1\n', 'lacks the column held_out'],
    [
      'iso3,variable,held_out\nAAA,Q1,some\n',
      'line 2, column held_out: found "some", expected one of country, block, cell',
    ],
    ['iso3,variable,held_out\nXYZ,Q1,cell\n', 'line 2, column iso3: found "XYZ"'],
    ['iso3,variable,held_out\nAAA,Q999,cell\n', 'line 2, column variable: found "Q999"'],
    ['iso3,variable,held_out\nAAA,Q1,cell\nAAA,Q1,block\n', 'line 3: AAA Q1 is in line 2 already'],
  ])('refuse %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('say how the file is written', () => {
    expect(() => parse('iso3,variable,held_out\nXYZ,Q1,cell\n')).toThrow(
      '`python make.py tell` in data/models/mini/make',
    );
  });
});
