import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordRuns } from '../../../lib/runs/recorded/record-runs.js';
import { robustnessOfRun } from '../../../lib/runs/robustness/robustness-of-run.js';
import { newFolder, runSmall } from '../../support/small-run.js';

const MODEL = { name: 'mini-6k', folder: 'data/models/mini/mini-6k' };
const settings = {
  countries: ['DEU', 'KEN', 'JPN', 'BRA'],
  items: 'sample-24',
  templates: ['typical-resident', 'people-answer'],
};

describe('what a run hangs on', () => {
  let run: string;
  beforeAll(async () => {
    const { folder } = await runSmall(MODEL, { settings });
    run = join(folder, MODEL.name);
  }, 60_000);

  it('is the same from its recording', async () => {
    const recording = join(newFolder(), 'recorded');
    await recordRuns({ runs: [run], out: recording, tokenizer: MODEL.folder, seed: 1 });
    const ofRun = await robustnessOfRun({ folder: run });
    const ofRecording = await robustnessOfRun({ folder: recording });
    expect(ofRecording.robustness.chosen).toMatchObject({
      template: 'people-answer',
      orders: 'both, log-probabilities',
    });
    expect(ofRecording.robustness.waysOfAsking).toBe(4);
    const numbers = ({ robustness }: typeof ofRun) => JSON.parse(JSON.stringify(robustness), rounded);
    expect(numbers(ofRecording)).toEqual(numbers(ofRun));
  });

  it('of a folder that is not there is refused', async () => {
    await expect(robustnessOfRun({ folder: 'data/runs/none/at-all' })).rejects.toThrow(
      /there is no folder data\/runs\/none\/at-all/,
    );
  });
});

// Log-probabilities are recorded as float32.
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(6)) : value;
}
