import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MiniWorld } from '../../lib/analysis/mini-world/mini-world.js';
import { dataPath } from '../../lib/files/data-folder.js';
import { loadTemplates } from '../../lib/prompts/templates.js';
import { loadMiniWorld } from '../../lib/runs/mini-world/load-mini-world.js';
import { loadQuestionnaire } from '../../lib/runs/questionnaire.js';
import { cellAt } from '../../lib/statistics/masked-matrix.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';

let world: MiniWorld;
beforeAll(async () => {
  ({ world } = await loadMiniWorld());
}, 60_000);

const kindsOf = (country: string) => world.items.map((item) => world.heldOut(country, item.variable));

describe('what no text tells', () => {
  it('is five whole countries, in proportion to their continents', () => {
    const whole = world.countries.filter(({ iso3 }) => kindsOf(iso3).every((kind) => kind === 'country'));
    expect(whole.map(({ continent }) => continent).sort()).toEqual([
      'Africa',
      'Asia',
      'Asia',
      'Europe',
      'Latin America',
    ]);
  });

  it('is one whole category of every other country, each category about equally often', () => {
    const times = new Map<string, number>();
    for (const { iso3 } of world.countries) {
      const kinds = kindsOf(iso3);
      if (kinds.includes('country')) {
        continue;
      }
      const blocks = new Set(
        world.items.filter((_, i) => kinds[i] === 'block').map(({ category }) => category),
      );
      expect([...blocks], iso3).toHaveLength(1);
      const [block = ''] = blocks;
      const ofBlock = world.items.flatMap((item, i) => (item.category === block ? [kinds[i]] : []));
      expect(new Set(ofBlock), iso3).toEqual(new Set(['block']));
      times.set(block, (times.get(block) ?? 0) + 1);
    }
    expect(times.size).toBe(12);
    expect([...times.values()].every((n) => n === 4 || n === 5)).toBe(true);
  });

  it('is 12 % of the other cells of every continent and category', () => {
    const strata = new Map<string, { held: number; all: number }>();
    const { items, countries } = loadQuestionnaire({ items: 'wvs-209', countries: 'default-55' });
    for (const { iso3, continent } of countries) {
      for (const { variable, category } of items.filter(({ canAsk }) => canAsk)) {
        const kind = world.heldOut(iso3, variable);
        if (kind !== 'country' && kind !== 'block') {
          const name = `${continent} ${category}`;
          const stratum = strata.get(name) ?? { held: 0, all: 0 };
          strata.set(name, { held: stratum.held + (kind === 'cell' ? 1 : 0), all: stratum.all + 1 });
        }
      }
    }
    expect(strata.size).toBeGreaterThan(60);
    for (const [name, { held, all }] of strata) {
      expect(Math.abs(held - 0.12 * all), name).toBeLessThan(1);
    }
  });

  it('is told by no text', () => {
    expect(world.textImplied.size).toBeGreaterThanOrEqual(5);
    for (const [telling, means] of world.textImplied) {
      for (const [c, { iso3 }] of world.countries.entries()) {
        const told = world.items.filter((_, i) => cellAt(means, c, i) !== null);
        expect(
          told.filter(({ variable }) => world.heldOut(iso3, variable) !== null),
          `${telling} ${iso3}`,
        ).toEqual([]);
      }
    }
  });
});

describe('text-implied means', () => {
  const means = (telling: string) => {
    const found = world.textImplied.get(telling);
    if (found === undefined) {
      throw new Error(`no text-implied means of ${telling}`);
    }
    return found;
  };

  it("of people's text are people's mean scores over the options that are offered", () => {
    // The text takes shares where there are some, weighted or not; people's mean scores prefer what is weighted.
    const both = (['weighted', 'unweighted'] as const).map((weights) =>
      loadHumanAnswers(world.items, { weights }),
    );
    const differences = world.countries.flatMap(({ iso3 }, c) =>
      world.items.flatMap((item, i) => {
        const told = cellAt(means('people'), c, i);
        const human = both.flatMap((people) => people.meanScore(iso3, item.variable) ?? []);
        // Volunteered answers count in people's means and are not offered, so the text cannot tell them.
        const offered = item.options.every((option) => option.offered);
        return told === null || !offered ? [] : [Math.min(...human.map((mean) => Math.abs(told - mean)))];
      }),
    );
    expect(differences.length).toBeGreaterThan(7000);
    // A mean at the very end of a scale is told just short of it.
    expect(Math.max(...differences)).toBeLessThan(0.006);
    expect(differences.filter((difference) => difference > 1e-5).length).toBeLessThan(30);
  });

  it('of the permuted text give every country what one other country answers', () => {
    const [own, moved] = [means('people'), means('permuted')];
    const others = world.countries.flatMap((_, c) => {
      const cells = world.items.flatMap((_item, i) => {
        const told = cellAt(moved, c, i);
        return told === null ? [] : [{ i, told }];
      });
      if (cells.length === 0) {
        return [];
      }
      const same = world.countries.flatMap((_other, o) =>
        cells.every(({ i, told }) => Math.abs((cellAt(own, o, i) ?? 9) - told) < 1e-6) ? [o] : [],
      );
      expect(same, world.countries[c]?.iso3).toHaveLength(1);
      expect(same[0]).not.toBe(c);
      return same;
    });
    expect(new Set(others).size).toBe(50);
  });

  it('of the little text are means of ten drawn answers in a quarter of the cells', () => {
    const told = (telling: string) => means(telling).present.reduce((sum, cell) => sum + cell, 0);
    expect(told('little') / told('people')).toBeCloseTo(0.25, 2);
    expect(told('more')).toBe(told('people'));
    const item = world.items.findIndex(({ options }) => options.length === 4);
    const scores = world.items[item]?.options.map(({ score }) => score ?? 0) ?? [];
    const tenths = new Set<number>();
    for (let a = 0; a <= 10; a += 1) {
      for (let b = 0; a + b <= 10; b += 1) {
        for (let c = 0; a + b + c <= 10; c += 1) {
          const [p = 0, q = 0, r = 0, s = 0] = scores;
          tenths.add(Math.round((a * p + b * q + c * r + (10 - a - b - c) * s) * 1e4));
        }
      }
    }
    for (const [c] of world.countries.entries()) {
      const mean = cellAt(means('little'), c, item);
      expect(mean === null || tenths.has(Math.round(mean * 1e5))).toBe(true);
    }
  });
});

it('no wording of the base text is one of the probe', () => {
  const wordings = JSON.parse(readFileSync(dataPath('models', 'mini', 'wordings.json'), 'utf8'));
  const own: string[] = [
    ...wordings.choice.map(({ text }: { text: string }) => text),
    wordings.choiceWithoutCountry.text,
  ];
  const { templates } = loadTemplates();
  const cue = (text: string) => text.split('{options}').at(-1);
  expect(own.length).toBeGreaterThanOrEqual(4);
  for (const { text } of templates) {
    expect(own).not.toContain(text);
    expect(own.map(cue)).not.toContain(cue(text));
  }
});
