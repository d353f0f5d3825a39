import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../../lib/cli/report/write-report.js';
import { projectPath } from '../../../lib/files/data-folder.js';
import { compareRuns } from '../../../lib/runs/compare-runs.js';
import { loadQuestionnaire } from '../../../lib/runs/questionnaire.js';
import { robustnessOfRun } from '../../../lib/runs/robustness/robustness-of-run.js';
import type { StudyOutcome } from '../../../lib/runs/run-study.js';
import { readSummary } from '../../../lib/runs/summary/read-summary.js';
import { loadSurvey } from '../../../lib/runs/survey.js';
import { answerWith, fakeSource } from '../../support/fake-source.js';
import { newFolder, runSmall } from '../../support/small-run.js';
import { importSmall } from '../../support/survey-file/small-file.js';

const fixture = (name: string): string => projectPath('test', 'fixtures', 'import', name);

// A club's survey: five items of its own, three countries, two of which are nowhere.
let folder: string;
let study: StudyOutcome;
const runsFolder = newFolder();
const model = { name: 'fake', folder: 'nowhere' };
const openSource = () =>
  fakeSource({
    name: 'fake',
    // Leans to some codes more than to others, and not the same way in every country.
    answer: ({ tokenIds, prompt: { options } }) => {
      const masses = options.map(({ code }) => 1 + ((7 * code + tokenIds.length) % 5));
      const whole = masses.reduce((sum, mass) => sum + mass, 0);
      return answerWith(masses.map((mass) => (0.9 * mass) / whole));
    },
  });

beforeAll(async () => {
  const imported = await importSmall(fixture('club.csv'), {
    kind: 'tidy',
    items: fixture('club-items.json'),
    countries: fixture('club-countries.csv'),
    title: 'Club survey',
  });
  folder = imported.folder;
  study = await runSmall(model, {
    runsFolder,
    openSource,
    settings: { human: folder, items: 'own', countries: 'own' },
  });
});

describe('another survey as the human side', () => {
  it('has its own items, categories and countries', () => {
    const survey = loadSurvey({ human: folder });
    expect(survey.items.map(({ variable }) => variable)).toEqual([
      'trust_members',
      'trust_board',
      'happy',
      'punctual',
      'dues',
    ]);
    expect(survey.categories.map(({ id, group }) => [id, group])).toEqual([
      ['club-life', null],
      ['rules', null],
    ]);
    expect(survey.countries.map(({ iso3 }) => iso3)).toEqual(['DEU', 'UTO', 'ATL']);
    // Percents 2, 8, 30, 60 of the scores -1, -1/3, 1/3, 1: -.02 - .0267 + .1 + .6.
    expect(survey.human.meanScore('UTO', 'trust_members')).toBeCloseTo(0.6533, 4);
    // 30, 50 and 10 of 90 (10 have the special code 9): 1/3 + 5/9 x 1/3 - 1/9 x 1/3.
    expect(survey.human.answer('DEU', 'happy')).toMatchObject({ respondents: 180, weighted: false });
    expect(survey.human.meanScore('DEU', 'happy')).toBeCloseTo(1 / 3 + 4 / 27, 9);
  });

  it('is asked about and compared with, through to r, its names in every result', async () => {
    const { summary, summaryPath } = study;
    const [row] = summary.rows;
    expect(row?.agreement.items).toMatchObject({ given: 5, used: 5 });
    expect(row?.agreement.byCountry.map(({ id, n }) => [id, n])).toEqual([
      ['DEU', 5],
      ['UTO', 5],
      ['ATL', 5],
    ]);
    expect(row?.agreement.overall.mean).not.toBeNull();
    expect(summary.human.side).toMatchObject({
      kind: 'tidy',
      title: 'Club survey',
      source: { file: 'club.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      categories: [
        { id: 'club-life', title: 'Life in the club' },
        { id: 'rules', title: 'Rules' },
      ],
    });
    const report = readFileSync((await writeReport(join(summaryPath, '..'))).path, 'utf8');
    for (const text of [
      'Club survey',
      'Life in the club',
      'club.csv',
      summary.human.side?.source.sha256 ?? 'x',
    ]) {
      expect(report).toContain(text);
    }
    expect(report).not.toContain('items of the World Values Survey');
  });

  it('leaves the cells without a number of people out of the ceiling only', () => {
    // 15 cells; the one without n is in r and not among those whose sampling is known.
    expect(study.summary.human.cells).toBe(15);
    expect(study.summary.human.ceilings[0]?.cells).toBe(14);
  });

  it('has no other people to be compared with, and no choice of cells that leaves nothing', async () => {
    const [found] = study.summary.robustness;
    expect(found?.chosen).toMatchObject({ people: 'Club survey', cells: 'all' });
    // Items of fewer than 30 countries are thin: without them nothing is left. Items: all, values, without each of two.
    expect(found?.dataChoices).toBe(4);
    const again = await robustnessOfRun({ folder: join(runsFolder, 'small', 'fake'), human: folder });
    expect(again.robustness.findings).toEqual(found?.findings);
  });

  it('is what two runs are compared by', async () => {
    const run = join(runsFolder, 'small', 'fake');
    const way = {
      template: 'people-answer',
      format: 'plain',
      join: 'log-probabilities',
      weights: 'weighted',
    } as const;
    const { settings, cells } = await compareRuns({ first: run, second: run, ...way, human: folder });
    expect(settings).toMatchObject({ human: { title: 'Club survey' }, suspectCells: 'keep' });
    expect(cells.common).toBe(15);
  });

  it('takes lists of its items and countries, and refuses sets of the project', () => {
    const some = { human: folder, items: ['happy', 'dues'], countries: ['UTO'] };
    expect(loadQuestionnaire(some).items.map(({ variable }) => variable)).toEqual(['happy', 'dues']);
    expect(loadQuestionnaire(some).countries.map(({ name }) => name)).toEqual(['Utopia']);
    expect(() => loadQuestionnaire({ ...some, items: 'wvs-209' })).toThrow(
      /"wvs-209" is a set of the project's items, and .* has items of its own\. Expected "own" for all of them, or a list/,
    );
    expect(() => loadQuestionnaire({ items: 'own', countries: 'default-55' })).toThrow(
      'Selecting items: "own" is asked for, and no human side is named.',
    );
    expect(() => loadQuestionnaire({ items: 'wvs-209', countries: 'own' })).toThrow(
      'Selecting countries: "own" is asked for, and no human side is named.',
    );
  });
});

describe('an imported survey about the same items', () => {
  it('can be taken for a finished run, without a question asked again, and joins the specification curve', async () => {
    const settings = { items: ['Q1', 'Q56', 'Q49', 'Q111', 'Q242'], countries: ['DEU', 'KEN', 'BRA'] };
    const before = await runSmall(model, { runsFolder: newFolder(), openSource, settings });
    const again = newFolder();
    await runSmall(model, { runsFolder: again, openSource, settings });
    const { folder: human } = await importSmall(fixture('wave7.csv'));
    const messages: string[] = [];
    const { summary } = await runSmall(model, {
      ...{ runsFolder: again, openSource, onMessage: (line) => messages.push(line) },
      settings: { ...settings, human, suspectCells: 'leave-out' },
    });
    expect(messages.join()).toContain('the model was not loaded');
    expect(summary.settings).toMatchObject({ human, suspectCells: 'leave-out', weights: 'weighted' });
    expect(summary.human.side).toMatchObject({ kind: 'wvs', weights: 'W_WEIGHT', itemMap: { id: 'wvs7' } });
    expect(summary.rows[0]?.agreement.overall.mean).not.toBe(before.summary.rows[0]?.agreement.overall.mean);
    const [found] = summary.robustness;
    expect(found?.chosen).toMatchObject({
      people: 'World Values Survey, wave 7 (2017-2023)',
      cells: 'without suspect',
    });
    const shipped = found?.oneChoiceChanged.find(({ choice }) => choice === 'people');
    expect(shipped?.value).toBe('shipped');
    // What the aggregates that ship give is what they gave without an import.
    expect(shipped?.figures.r).toBeCloseTo(before.summary.rows[0]?.agreement.overall.mean ?? Number.NaN, 12);
    expect(before.summary.human.side).toBeNull();
    expect(readSummary(join(again, 'small')).human.side?.title).toContain('wave 7');
  });
});
