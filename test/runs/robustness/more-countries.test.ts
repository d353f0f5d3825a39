import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { agreement } from '../../../lib/analysis/agreement.js';
import type { SpecificationResult } from '../../../lib/analysis/robustness/specification.js';
import type { SpecificationCurve } from '../../../lib/analysis/robustness/specification-curve.js';
import { writeReport } from '../../../lib/cli/report/write-report.js';
import { changedChoicesTable, robustnessRemarks } from '../../../lib/cli/tables/robustness-tables.js';
import { loadPeople } from '../../../lib/runs/people.js';
import { loadQuestionnaire } from '../../../lib/runs/questionnaire.js';
import { curveGrid } from '../../../lib/runs/robustness/answer-sources.js';
import { type ModelRobustness, modelRobustness } from '../../../lib/runs/robustness/model-robustness.js';
import { itemSources, peopleSources } from '../../../lib/runs/robustness/people-sources.js';
import { robustnessOfRun } from '../../../lib/runs/robustness/robustness-of-run.js';
import { scoreQuestionnaire } from '../../../lib/runs/score-questionnaire.js';
import { readReadings } from '../../../lib/runs/store/index.js';
import { readSpecifications } from '../../../lib/runs/summary/read-specifications.js';
import { loadCategories } from '../../../lib/survey/categories.js';
import type { Reading } from '../../../lib/types.js';
import { runSmall } from '../../support/small-run.js';

const MODEL = { name: 'mini-6k', folder: 'data/models/mini/mini-6k' };
const settings = { items: 'sample-24', countries: 'all-66', templates: ['people-answer'] };

describe('a run that asked more countries than the default 55', () => {
  const usual = loadQuestionnaire({ items: 'sample-24', countries: 'default-55' });
  const categories = loadCategories();
  const loaded = loadPeople(usual.items, { weights: 'weighted' }, null);
  let folder: string;
  let found: { readonly robustness: ModelRobustness; readonly curve: SpecificationCurve };
  let readings: Reading[];
  beforeAll(async () => {
    ({ folder } = await runSmall(MODEL, { settings }));
    const run = join(folder, MODEL.name);
    found = await robustnessOfRun({ folder: run });
    const codes = new Set(usual.countries.map(({ iso3 }) => iso3));
    readings = (await readReadings(run)).filter(({ country }) => country !== null && codes.has(country));
  }, 120_000);

  const over = (list: string): SpecificationResult[] =>
    found.curve.results.filter(({ specification }) => specification.countries === list);

  it('has both lists in its curve, all countries as chosen', () => {
    expect(found.robustness.chosen.countries).toBe('all');
    expect(found.robustness.dataChoices).toBe(
      peopleSources(loaded, curveGrid(loadQuestionnaire({ items: 'sample-24', countries: 'all-66' })))
        .length * itemSources(curveGrid(usual).items, categories).length,
    );
    expect(over('all').length).toBeGreaterThan(0);
    expect(over('default-55').length).toBeGreaterThan(0);
  });

  it('has over the default 55 what agreement finds on them', () => {
    const cells = scoreQuestionnaire(readings, usual, {
      orders: ['given', 'reversed'],
      join: 'log-probabilities',
    });
    const direct = agreement({ model: MODEL.name, cells, human: loaded.human, categories, ...usual });
    const changed = found.robustness.oneChoiceChanged.filter(({ choice }) => choice === 'countries');
    expect(changed.map(({ value }) => value)).toEqual(['default-55']);
    const figures = changed[0]?.figures;
    expect(direct.countries).toBe(usual.countries.length);
    expect(figures?.r).toBeCloseTo(direct.overall.mean ?? 9, 12);
    expect(figures?.deviationR).toBeCloseTo(direct.deviation.mean ?? 9, 12);
    expect(figures?.withinItems).toBeCloseTo(direct.withinItems.plainMean ?? 9, 12);
    expect(figures?.lean).toBeCloseTo(direct.westernLean.lean ?? 9, 12);
    const [chosen] = found.robustness.oneChoiceChanged;
    expect(figures?.r).not.toBeCloseTo(chosen?.figures.r ?? 9, 6);
  });

  it('has over the default 55 the whole curve of a run that asked these alone, which has one list', () => {
    const people = peopleSources(loaded, curveGrid(usual));
    const asked = {
      templates: ['people-answer'],
      formats: ['plain' as const],
      orders: ['given' as const, 'reversed' as const],
    };
    const alone = modelRobustness({
      ...{ model: MODEL.name, readings, questionnaire: usual, asked, join: 'log-probabilities' },
      ...{ people, categories },
    });
    const results = alone?.curve.results ?? [];
    // Ways x choices of people's cells x of items; and beside the chosen data each order alone.
    const items = itemSources(curveGrid(usual).items, categories);
    expect(results).toHaveLength(
      (alone?.curve.waysOfAsking ?? 0) * people.length * items.length + asked.orders.length,
    );
    expect(new Set(results.map(({ specification }) => specification.countries))).toEqual(new Set(['all']));
    expect(alone?.robustness.oneChoiceChanged.map(({ choice }) => choice)).not.toContain('countries');
    expect(robustnessRemarks(alone === null ? [] : [alone.robustness]).join('\n')).not.toContain(
      'countries x',
    );

    const counted = results.filter((result) => result.counted);
    expect(
      over('default-55').map(({ specification, ...rest }) => [{ ...specification, countries: 'all' }, rest]),
    ).toEqual(counted.map(({ specification, ...rest }) => [specification, rest]));
  });

  it('names the list in its tables and its report', async () => {
    expect(changedChoicesTable(found.robustness)).toMatch(/^countries +default-55( +[−]?\d\.\d{3}){5}$/m);
    expect(robustnessRemarks([found.robustness]).join('\n')).toContain(
      "people's cells x of countries x of items",
    );
    expect(readFileSync((await writeReport(folder)).path, 'utf8')).toContain('"countries: default-55"');
  });

  it('has a column of it in specifications.csv', () => {
    const rows = readSpecifications(folder);
    expect(rows.map(({ countries }) => countries)).toEqual(
      found.curve.results.map(({ specification }) => specification.countries),
    );
  });
});
