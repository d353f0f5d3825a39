import { describe, expect, it } from 'vitest';
import { cellFigures } from '../../../lib/analysis/mini-world/cell-figures.js';
import { type FigureChoice, figureTable, PLAIN } from '../../../lib/analysis/mini-world/figure-table.js';
import type { MiniTraining, MiniWorld } from '../../../lib/analysis/mini-world/mini-world.js';
import { plantedWorld } from '../../support/planted-mini-world.js';

const first = (world: MiniWorld, recipe: string): MiniTraining => {
  const found = world.trainings.find((training) => training.recipe === recipe);
  if (found === undefined) {
    throw new Error(`no training of ${recipe}`);
  }
  return found;
};
const seen: FigureChoice = { ...PLAIN, cells: 'seen', with: 'people' };
const figures = (found: ReturnType<ReturnType<typeof figureTable>['of']>) =>
  found.kind === 'figures' ? found.figures : null;

describe('the figures of a training', () => {
  it('are those of its plain English answers against people', () => {
    const world = plantedWorld();
    const table = figureTable(world);
    const training = first(world, 'mini-small');
    const plain = training.readings.find(({ format }) => format === 'plain');
    expect(figures(table.of(training, seen))).toEqual(
      plain &&
        cellFigures({
          ...{ x: table.people, y: plain.scores, optionMass: plain.optionMass },
          ...{ cells: table.parts.get('seen') ?? new Uint8Array(), western: table.western },
        }),
    );
  });

  it('against its own text are high where it tells that text, in the cells that the text tells only', () => {
    const world = plantedWorld({ 'mini-permuted': { permuted: true } });
    const table = figureTable(world);
    const training = first(world, 'mini-permuted');
    const withText = figures(table.of(training, { ...seen, with: 'text', cells: 'all' }));
    const withPeople = figures(table.of(training, seen));
    expect(withText?.deviationR).toBeGreaterThan(0.9);
    expect(withPeople?.deviationR).toBeLessThan(0.3);
    expect(withText?.cells).toBe(withPeople?.cells);
    // The text itself says of each country what another one's people say.
    expect(figures(table.ofText('permuted', 'all'))?.deviationR).toBeLessThan(0.3);
    expect(figures(table.ofText('people', 'all'))?.deviationR).toBeGreaterThan(0.9);
  });

  it('in own languages take the speakers there and all others in English', () => {
    const world = plantedWorld({
      'mini-one-language': { knows: ({ language }) => (language === 'english' ? 0 : 1) },
    });
    const table = figureTable(world);
    const training = first(world, 'mini-one-language');
    const speakers: FigureChoice = { ...seen, cells: 'speakers' };
    expect(figures(table.of(training, speakers))?.deviationR).toBeLessThan(0.3);
    expect(figures(table.of(training, { ...speakers, language: 'own' }))?.deviationR).toBeGreaterThan(0.9);
    const western: FigureChoice = { ...seen, language: 'own', cells: 'seen' };
    // All countries are there: the others as they answer in English.
    expect(figures(table.of(training, western))?.cells).toBe(figures(table.of(training, seen))?.cells);
  });

  it('say why they are missing', () => {
    const world = plantedWorld();
    const table = figureTable({
      ...world,
      textImplied: new Map([...world.textImplied].filter(([telling]) => telling !== 'permuted')),
    });
    expect(table.of(first(world, 'mini-small'), { ...seen, language: 'own' })).toEqual({
      kind: 'missing',
      reason: 'mini-small seed 1 was not asked plain, in own',
    });
    expect(table.of(first(world, 'mini-permuted'), { ...seen, with: 'text' })).toEqual({
      kind: 'missing',
      reason: 'the text-implied means of permuted are not there',
    });
  });
});
