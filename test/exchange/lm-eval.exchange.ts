import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportLmEval } from '../../lib/runs/export/lm-eval/export-lm-eval.js';
import { importLog } from '../../lib/runs/import/logs/import-log.js';
import { lmEvalLog } from '../../lib/runs/import/logs/lm-eval-log.js';
import { runStudy } from '../../lib/runs/run-study.js';
import { keyOf, readReadings } from '../../lib/runs/store/index.js';
import { makeStudy, type StudySettings } from '../../lib/runs/study.js';
import { realFolder, requireWeights } from '../real/reference.js';
import { newFolder, runSmall } from '../support/small-run.js';
import { miniAsHuggingFace, requireHarness, runHarness } from './harness.js';

const SETTINGS: Partial<StudySettings> = {
  // Two, four and ten options; plain and chat.
  items: ['Q1', 'Q57', 'Q164', 'Q199'],
  countries: ['DEU', 'JPN', 'KEN'],
  formats: ['plain', 'chat'],
};
const TOLERANCE = 1e-3;

beforeAll(() => {
  requireHarness();
  requireWeights();
});

/** Asks a model here and through the harness; the largest difference of an option's log-probability, and of an option mass. */
async function differences(
  model: { readonly name: string; readonly folder: string },
  huggingFace: string,
  settings: Partial<StudySettings>,
): Promise<{ readings: number; logProb: number; optionMass: number }> {
  const out = newFolder();
  const study = makeStudy({ id: 'exchange', title: 'Exchange', models: [model], settings });
  const task = await exportLmEval({ study, out: join(out, 'task'), chatTemplateOf: huggingFace });
  const samples = runHarness(task, huggingFace, join(out, 'logs'));
  const log = await importLog({ log: await lmEvalLog({ samples }), name: model.name });
  expect(log.found).toBe(log.expected);
  const imported = await runStudy({
    ...{
      study: log.study,
      openSource: log.openSource,
      runsFolder: out,
      onProgress: () => {},
      onMessage: () => {},
    },
    ...{ signal: new AbortController().signal, command: 'a check' },
  });
  const { folder } = await runSmall(model, { settings });
  const own = new Map(
    (await readReadings(join(folder, model.name))).map((reading) => [keyOf(reading), reading]),
  );
  const readings = await readReadings(join(imported.folder, model.name));
  expect(readings).toHaveLength(own.size);
  const largest = { readings: readings.length, logProb: 0, optionMass: 0 };
  for (const reading of readings) {
    const other = own.get(keyOf(reading));
    expect(reading.promptHash).toBe(other?.promptHash);
    const each = reading.optionLogProbs.map((value, place) =>
      Math.abs(value - (other?.optionLogProbs[place] ?? Number.NaN)),
    );
    largest.logProb = Math.max(largest.logProb, ...each);
    if (reading.optionMass !== null) {
      largest.optionMass = Math.max(
        largest.optionMass,
        Math.abs(reading.optionMass - (other?.optionMass ?? Number.NaN)),
      );
    }
  }
  console.log(model.name, largest);
  return largest;
}

describe('lm-evaluation-harness reads from an exported task what is read here', () => {
  it('of a bundled mini model, letters and answer texts', async () => {
    const huggingFace = join(newFolder(), 'mini-600k');
    miniAsHuggingFace('mini-600k', huggingFace);
    const model = { name: 'mini-600k', folder: 'data/models/mini/mini-600k' };
    const { logProb, optionMass } = await differences(model, huggingFace, {
      ...SETTINGS,
      readings: ['letter', 'answer-text'],
    });
    expect(logProb).toBeLessThan(TOLERANCE);
    expect(optionMass).toBeLessThan(TOLERANCE);
  });

  it('of SmolLM2-135M-Instruct', async () => {
    const model = { name: 'smollm2-135m-instruct', folder: join(realFolder, 'out', 'plain-fp32') };
    const { logProb, optionMass } = await differences(model, join(realFolder, 'out', 'hf'), SETTINGS);
    expect(logProb).toBeLessThan(TOLERANCE);
    expect(optionMass).toBeLessThan(TOLERANCE);
  });
});
