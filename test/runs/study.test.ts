import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { loadRecipes } from '../../lib/runs/mini-world/recipes.js';
import { loadQuestionnaire } from '../../lib/runs/questionnaire.js';
import { loadStudy, makeStudy } from '../../lib/runs/study.js';
import type { StudyAnalysis, StudyArm } from '../../lib/runs/study-analyses.js';

const models = [{ name: 'm', folder: 'somewhere' }];

function studyFile(value: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'study-')), 'study.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

describe('loadStudy', () => {
  it('reads the study that npm start runs: one model of every arm of every factor, and a real one', () => {
    const study = loadStudy(projectPath('data', 'studies', 'mini.json'));
    const { factors } = loadRecipes();
    expect(study.models.map(({ name }) => name).sort()).toEqual(
      [...new Set([...Object.values(factors).flat(), 'smollm2-135m-instruct'])].sort(),
    );
    // All that are run are compared with what ships.
    const run = study.models.filter((model) => 'folder' in model);
    expect(run.map(({ compareWith }) => compareWith)).toEqual(
      run.map(({ name }) => `data/readings/mini/${name}`),
    );
    const { items, countries } = loadQuestionnaire(study.settings);
    expect(items).toHaveLength(209);
    expect(countries).toHaveLength(55);
  });

  it('takes models of the hub, with a revision and one of their graphs', () => {
    const hub = { name: 'm', hub: 'organisation/m', revision: 'v1', dtype: 'q4' };
    const { models } = loadStudy(studyFile({ id: 'a', title: 'A', models: [hub] }));
    expect(models).toEqual([hub]);
  });

  it('fills in the defaults', () => {
    expect(loadStudy(studyFile({ id: 'a', title: 'A', models })).settings).toEqual({
      items: 'wvs-209',
      countries: 'default-55',
      templates: ['people-answer'],
      orders: ['given', 'reversed'],
      formats: ['plain'],
      readings: ['letter'],
      chat: { date: '2024-07-01', system: null },
      provider: 'auto',
      threads: null,
      packing: 'auto',
      memoryMegabytes: 96,
      rowTokens: null,
      join: 'log-probabilities',
      weights: 'weighted',
      human: null,
      suspectCells: 'keep',
    });
  });

  it.each([
    [
      'an unknown field',
      { id: 'a', title: 'A', models, settings: { template: ['x'] } },
      'settings: there is no field "template" (did you mean "templates"?); expected items, countries, templates, orders,',
    ],
    [
      'an unknown field that is like none',
      { id: 'a', title: 'A', models, temperature: 1 },
      'the whole file: there is no field "temperature"; expected id, title, note, models, settings, analyses',
    ],
    [
      'two unknown fields of a model',
      { id: 'a', title: 'A', models: [{ name: 'm', folder: 'x', Graph: 'y', shards: 2 }] },
      'models.0: there is no field "Graph" (did you mean "graph"?), "shards"; expected name, folder, hub, readings,',
    ],
    [
      'an unknown field of the chat',
      { id: 'a', title: 'A', models, settings: { chat: { sistem: 'x' } } },
      'settings.chat: there is no field "sistem" (did you mean "system"?); expected date, system',
    ],
    [
      'an unknown field of an analysis',
      { id: 'a', title: 'A', models, analyses: [{ factor: 'size', seed: true, arms: [] }] },
      'analyses.0: there is no field "seed" (did you mean "seeds"?); expected factor, seeds, arms',
    ],
    [
      'a value out of range',
      { id: 'a', title: 'A', models, settings: { orders: ['random'] } },
      'settings.orders.0',
    ],
    ['an id that is no folder name', { id: '../up', title: 'A', models }, 'id: expected letters, digits'],
    [
      'a model named twice',
      { id: 'a', title: 'A', models: [...models, ...models] },
      'models: "m" is listed twice',
    ],
    [
      'a misspelt place of a model, and nothing else',
      { id: 'a', title: 'A', models: [{ name: 'm', foldr: 'x' }] },
      /^.*\n {2}models\.0: there is no field "foldr" \(did you mean "folder"\?\); expected [\w, ]+$/,
    ],
    [
      'a model that is nowhere',
      { id: 'a', title: 'A', models: [{ name: 'm' }] },
      'models.0: expected one of "folder" (a model to run), "hub"',
    ],
    [
      'a model that is in two places',
      { id: 'a', title: 'A', models: [{ name: 'm', folder: 'x', hub: 'o/m' }] },
      'models.0: "folder" and "hub" are given; expected one of "folder" (a model to run), "hub"',
    ],
    [
      'a revision of a folder',
      { id: 'a', title: 'A', models: [{ name: 'm', folder: 'x', revision: 'v1' }] },
      'models.0.revision: "revision" is for "hub", not for "folder"',
    ],
    [
      'a form of weights of recorded readings',
      { id: 'a', title: 'A', models: [{ name: 'm', readings: 'x', dtype: 'q4' }] },
      'models.0.dtype: "dtype" is for "folder" and "hub", not for "readings"',
    ],
    [
      'a form of weights and a graph',
      { id: 'a', title: 'A', models: [{ name: 'm', hub: 'o/m', dtype: 'q4', graph: 'x.onnx' }] },
      'expected "dtype" or "graph", not both',
    ],
    [
      'a form of weights that does not exist',
      { id: 'a', title: 'A', models: [{ name: 'm', hub: 'o/m', dtype: 'q5' }] },
      'models.0.dtype: Invalid option: expected one of "fp32"|"fp16"|"q8"',
    ],
    ['no model', { id: 'a', title: 'A', models: [] }, 'models'],
    [
      'a template twice',
      { id: 'a', title: 'A', models, settings: { templates: ['x', 'x'] } },
      'settings.templates: "x" is listed twice',
    ],
    [
      'a system turn that nobody would see',
      { id: 'a', title: 'A', models, settings: { chat: { system: 'Be brief.' } } },
      'settings.chat.system: a system turn is for chat prompts',
    ],
    [
      'a date that does not exist',
      { id: 'a', title: 'A', models, settings: { chat: { date: '2024-13-01' } } },
      'settings.chat.date',
    ],
  ])('refuses %s, naming the field', (_, value, message) => {
    const path = studyFile(value);
    expect(() => loadStudy(path)).toThrow(`Reading the study file: ${path}`);
    expect(() => loadStudy(path)).toThrow(message);
  });

  it('says that a file is not JSON', () => {
    expect(() => loadStudy(studyFile('{ "id": '))).toThrow('is not valid JSON');
  });
});

describe('makeStudy', () => {
  it('takes the same defaults and checks', () => {
    const study = makeStudy({
      id: 'a',
      title: 'A',
      models,
      settings: { formats: ['chat'], threads: undefined },
    });
    expect(study.settings.formats).toEqual(['chat']);
    expect(study.settings.threads).toBeNull();
    const wrong = () => makeStudy({ id: 'a', title: 'A', models, settings: { threads: 0 } });
    expect(wrong).toThrow('Putting the study together: a setting is not as expected.\n  settings.threads');
  });
});

describe('the analyses of a study', () => {
  const arms = (...changes: Partial<StudyArm>[]): StudyArm[] =>
    changes.map((change, turn) => ({
      ...{ label: `arm ${turn}`, models: ['m'], parameters: null, format: null, template: null },
      ...change,
    }));
  const OTHER = { models: ['other'] };
  const withArms =
    (factor: StudyAnalysis['factor'], list: StudyArm[], seeds = false) =>
    () =>
      makeStudy({
        ...{ id: 'a', title: 'A', models: [...models, { name: 'other', folder: 'other' }] },
        ...{ settings: {}, analyses: [{ factor, seeds, arms: list }] },
      });

  it('are none unless they are asked for', () => {
    expect(makeStudy({ id: 'a', title: 'A', models, settings: {} }).analyses).toEqual([]);
    expect(withArms('languages', arms({}, OTHER))().analyses).toHaveLength(1);
  });

  it.each([
    [arms({}, { models: ['nobody'] }), 'analyses.0.arms.1.models: "nobody" is no model of the study'],
    [arms({ models: ['m', 'm'] }, OTHER), 'analyses.0.arms.0.models: "m" is listed twice'],
    [arms({ models: ['m', 'other'] }, OTHER), 'arms.0.models: expected one model, or "seeds": true'],
    [arms({}, {}), 'arms.1.models: a model stands in two arms'],
    [arms({ label: 'same' }, { ...OTHER, label: 'same' }), 'arms.1.label: "same" is the label of two arms'],
    [arms({}, { ...OTHER, format: 'chat' }), 'arms.1.format: the study asks plain only'],
    [arms({ template: 'persona' }, OTHER), 'arms.0.template: the study asks people-answer only'],
    [arms({}), 'analyses.0.arms'],
  ])('refuse what does not fit the study: %j', (list, message) => {
    expect(withArms('alignment', list)).toThrow(message);
  });

  it('ask one model in every arm where the factor is the way of asking', () => {
    expect(withArms('way of asking', arms({}, OTHER))).toThrow('expected m, the same model in every arm');
    expect(withArms('way of asking', arms({}, {}))().analyses).toHaveLength(1);
    expect(withArms('way of asking', arms({ models: ['m', 'other'] }, {}), true)).toThrow(
      'expected one model, asked in another way in each arm',
    );
  });

  it('need the parameters of every arm where the factor is size', () => {
    expect(withArms('size', arms({ parameters: 1e6 }, OTHER))).toThrow(
      'arms.1.parameters: expected the number of parameters, because the factor is size',
    );
  });
});

describe('loadQuestionnaire', () => {
  it('asks the same questions whatever the order of a list', () => {
    const variables = (items: string[]) =>
      loadQuestionnaire({ items, countries: ['DEU'] }).items.map((item) => item.variable);
    expect(variables(['Q164', 'Q57'])).toEqual(['Q57', 'Q164']);
  });

  it.each([
    [{ items: ['Q57', 'Q999'], countries: ['DEU'] }, '"Q999" is not in the item bank'],
    [{ items: ['Q57', 'Q57'], countries: ['DEU'] }, '"Q57" is listed twice'],
    [{ items: 'wvs-210', countries: ['DEU'] }, 'there is no item set "wvs-210". Expected one of wvs-209'],
    [{ items: ['Q57'], countries: 'default' }, 'there is no set "default". Expected default-55, all-66'],
    [{ items: ['Q57'], countries: ['GER'] }, 'GER'],
  ])('refuses what it does not know: %j', (settings, message) => {
    expect(() => loadQuestionnaire(settings)).toThrow(message);
  });
});
