import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { differences } from '../../../lib/runs/recorded/compare-with-recording.js';
import { recordRuns } from '../../../lib/runs/recorded/record-runs.js';
import { readReadings } from '../../../lib/runs/store/index.js';
import { makeStudy } from '../../../lib/runs/study.js';
import { recordingFinding } from '../../../lib/runs/summary/recording-finding.js';
import type { Reading } from '../../../lib/types.js';
import { newFolder, runSmall } from '../../support/small-run.js';

const MODEL = { name: 'mini-100k', folder: 'data/models/mini/mini-100k' };
const settings = { items: ['Q1', 'Q57', 'Q106', 'Q164'], countries: ['DEU', 'KEN', 'BRA'] };
const READINGS = 4 * 3 * 2;

let recording: string;
let readings: Reading[];

beforeAll(async () => {
  const { folder } = await runSmall(MODEL, { settings });
  readings = await readReadings(join(folder, MODEL.name));
  recording = join(newFolder(), 'recording');
  await recordRuns({ runs: [join(folder, MODEL.name)], out: recording, tokenizer: MODEL.folder, seed: 1 });
}, 60_000);

describe('a model that is asked again', () => {
  it('gives what was recorded, and the summary says so', async () => {
    const { summary } = await runSmall({ ...MODEL, compareWith: recording }, { settings });
    const [found] = summary.recordings;
    expect(found).toMatchObject({ model: 'mini-100k', readings: READINGS, compared: READINGS });
    expect(found).toMatchObject({ notRecorded: 0, changed: 0 });
    expect(found?.largestDifference).toBeLessThan(1e-5);
    expect(summary.findings.join('\n')).toContain(
      'readings of mini-100k are those that were recorded: 24 compared',
    );
  });

  it('is told apart when it is asked what was not recorded', async () => {
    const { summary } = await runSmall(
      { ...MODEL, compareWith: recording },
      { settings: { ...settings, countries: ['DEU', 'EGY'] } },
    );
    expect(summary.recordings).toMatchObject([{ readings: 16, compared: 8, notRecorded: 8, changed: 0 }]);
    expect(summary.findings.join('\n')).toContain('does not give the readings recorded');
  });
});

describe('differences', () => {
  it('finds the one option that moved, and by how much', () => {
    const moved = readings.map((reading, turn) =>
      turn === 5
        ? {
            ...reading,
            optionLogProbs: reading.optionLogProbs.map((value, place) =>
              place === 1 ? value - 0.25 : value,
            ),
          }
        : reading,
    );
    expect(differences(moved, readings)).toEqual({
      ...{ readings: READINGS, compared: READINGS, notRecorded: 0, changed: 0 },
      largestDifference: 0.25,
    });
  });

  it('does not compare other words, other options or an unscored reading', () => {
    const changes: Partial<Reading>[] = [
      { promptHash: '0'.repeat(64) },
      { optionCodes: [9, 8, 7] },
      { status: 'unscored', reason: 'no', optionLogProbs: [] },
    ];
    const other = readings.map((reading, turn) => ({ ...reading, ...changes[turn] }) as Reading);
    expect(differences(other, readings)).toMatchObject({ compared: READINGS - 3, changed: 3 });
  });

  it('says nothing of a difference where nothing can be compared', () => {
    expect(differences(readings, [])).toMatchObject({ notRecorded: READINGS, largestDifference: null });
  });
});

it('a difference beyond rounding is not called the same', () => {
  const found = { model: 'm', recording: 'r', readings: 1, compared: 1, notRecorded: 0, changed: 0 };
  expect(recordingFinding({ recordings: [{ ...found, largestDifference: 9e-5 }] })[0]).toContain('are those');
  expect(recordingFinding({ recordings: [{ ...found, largestDifference: 2e-4 }] })[0]).toContain(
    'largest difference 2.0e-4 nats',
  );
  expect(recordingFinding({ recordings: [] })).toEqual([]);
});

it('recorded readings are not compared with others', () => {
  const models = [{ name: 'm', readings: 'somewhere', compareWith: 'elsewhere' }] as never;
  expect(() => makeStudy({ id: 's', title: 's', models, settings: {} })).toThrow(/compareWith/);
});
