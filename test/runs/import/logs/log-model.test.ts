import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../../../lib/cli/report/write-report.js';
import { dataPath } from '../../../../lib/files/data-folder.js';
import { sha256OfFile } from '../../../../lib/files/hash.js';
import { compareRuns } from '../../../../lib/runs/compare-runs.js';
import { exportReadings } from '../../../../lib/runs/export/export-readings.js';
import { importLog, type LogStudy } from '../../../../lib/runs/import/logs/import-log.js';
import { lmEvalLog } from '../../../../lib/runs/import/logs/lm-eval-log.js';
import { studySource } from '../../../../lib/runs/models/study-source.js';
import { robustnessOfRun } from '../../../../lib/runs/robustness/robustness-of-run.js';
import { runStudy, type StudyOutcome } from '../../../../lib/runs/run-study.js';
import { loadStudy, makeStudy } from '../../../../lib/runs/study.js';
import type { LogModel } from '../../../../lib/runs/study-models.js';
import { miniModels } from '../../../../lib/runs/summary/mini-models.js';
import { newFolder } from '../../../support/small-run.js';
import { RESULTS, SAMPLES } from './fixture.js';

const name = 'mini-6k';
let imported: LogStudy;
let model: LogModel;
let outcome: StudyOutcome;
let run: string;

beforeAll(async () => {
  const log = await lmEvalLog({ samples: SAMPLES, results: RESULTS });
  imported = await importLog({ log, name });
  model = { name, log: log.origin };
  const { study, openSource } = imported;
  outcome = await runStudy({
    ...{ study, openSource, runsFolder: newFolder(), onProgress: () => {}, onMessage: () => {} },
    ...{ signal: new AbortController().signal, command: 'a test' },
  });
  run = join(outcome.folder, name);
}, 60_000);

describe('a log that was imported', () => {
  it('is the model of its study as a log, with tool, file and SHA-256, and no provider is chosen', () => {
    expect(imported.study.models).toEqual([model]);
    expect(model.log).toMatchObject({ kind: 'log', tool: 'lm-eval', file: basename(SAMPLES) });
    expect(imported.study.settings.provider).toBe('auto');
    expect(outcome.summary.models).toMatchObject([{ name, origin: model.log, identity: model.log.sha256 }]);
    expect(outcome.summary.rows[0]).toMatchObject({ name, provider: 'none' });
  });

  it('is no mini model, wherever its file lies', () => {
    const { log } = model;
    const file = dataPath('readings', 'mini', name, 'samples.jsonl');
    expect(miniModels([{ name, log: { ...log, file } }])).toEqual([]);
    expect(outcome.summary.miniModels).toEqual([]);
  });

  it('is reported, compared, looked at and exported like any other run', async () => {
    const { path } = await writeReport(outcome.folder);
    expect(readFileSync(path, 'utf8')).toContain(basename(SAMPLES));
    const way = { template: 'people-answer', format: 'plain', join: 'log-probabilities' } as const;
    const { cells } = await compareRuns({ first: run, second: run, ...way, weights: 'weighted' });
    expect(cells).toMatchObject({ common: 4 });
    const { robustness } = await robustnessOfRun({ folder: run });
    expect(robustness).toMatchObject({ model: name, firstOption: { readings: 8 } });
    const out = join(newFolder(), 'cells.csv');
    await exportReadings({ folder: run, out });
    // 2 items x 2 countries, plain and chat, letters and answer texts.
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(1 + 4 * 2 * 2);
  });
});

describe('a log', () => {
  it.each([
    ['by its path', () => 'samples.jsonl'],
    ['as an import has it', () => model.log],
  ])('cannot be named in a study file, %s: it is imported', (_, log) => {
    const path = join(newFolder(), 'study.json');
    writeFileSync(path, JSON.stringify({ id: 'a', title: 'A', models: [{ name, log: log() }] }));
    expect(() => loadStudy(path)).toThrow(
      /models\.0\.log: a log of another program is imported, .*: culture-lens import lm-eval <samples>/,
    );
  });

  it('is not opened as a model: the refusal names the import', () => {
    expect(() => studySource(model, sha256OfFile)).toThrow(
      /its readings are in samples_.*jsonl, a log of lm-eval, .* Import the log: culture-lens import lm-eval <samples>\./,
    );
    const inspect: LogModel = { name, log: { ...model.log, tool: 'inspect' } };
    expect(() => studySource(inspect, sha256OfFile)).toThrow(/culture-lens import inspect <log>\./);
  });

  it.each([
    [{ readings: 'data/readings/x' }, 'models.0: "readings" and "log" are given; expected one of "folder"'],
    [{ folder: 'x' }, 'models.0: "folder" and "log" are given; expected one of "folder"'],
    [{ compareWith: 'x' }, '"compareWith" is for "folder" and "hub" and "endpoint", not for "log"'],
  ])('stands alone: a model with %j beside it is refused', (beside, message) => {
    const put = () => makeStudy({ id: 'a', title: 'A', models: [{ ...model, ...beside }] });
    expect(put).toThrow(message);
  });
});
