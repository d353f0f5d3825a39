import { resolve } from 'node:path';
import { openModelFolder } from '../../../lib/runs/models/open-model-folder.js';
import { readVersions } from '../../../lib/runs/versions.js';
import type { EncodedPrompt, LanguageModel, OptionReading, RunPlan } from '../../../lib/types.js';
import { packedRowWork, wholePromptWork } from '../cost/floating-point-operations.js';
import { distinctTokens } from '../prompts/prompt-tree.js';
import type { PeerResult, Work } from '../records.js';
import { answerRequest, peakMemoryBytes, secondsOf } from './child-record.js';

// culture-lens as a notebook uses it: open the folder, plan, read the options of each work unit.
await answerRequest(async ({ settings, repeats }, prompts): Promise<PeerResult> => {
  const { model: folder = '', size: rowTokens = 0 } = settings.at(-1) ?? {};
  const { model } = await openModelFolder(resolve(folder), {
    provider: 'cpu',
    ...(rowTokens > 0 ? { rowTokens } : {}),
  });
  let plan: RunPlan | undefined;
  const planSeconds = await secondsOf(async () => {
    plan = await model.plan(prompts);
  });
  if (plan === undefined) {
    throw new Error('the model made no plan');
  }
  const units = plan.units.map((unit) => unit.prompts.map((place) => at(prompts, place)));
  await model.optionLogProbs(units[0] ?? []);
  const seconds: number[] = [];
  let readings: OptionReading[][] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    seconds.push(
      await secondsOf(async () => {
        readings = await readUnits(model, units);
      }),
    );
  }
  const optionLogProbs: (readonly number[])[] = prompts.map(() => []);
  for (const [unit, { prompts: places }] of plan.units.entries()) {
    for (const [row, place] of places.entries()) {
      const reading = readings[unit]?.[row];
      optionLogProbs[place] = reading?.kind === 'read' ? reading.optionLogProbs : [];
    }
  }
  await model.close();
  const versions = readVersions();
  return {
    version: `culture-lens ${versions['culture-lens']}, onnxruntime-node ${versions['onnxruntime-node']}`,
    settings: [{ label: plan.kind, seconds }],
    work: workOf(plan, units),
    optionLogProbs,
    planSeconds,
    peakMemoryBytes: peakMemoryBytes(),
    notes: [plan.reason],
  };
});

async function readUnits(
  model: LanguageModel,
  units: readonly (readonly EncodedPrompt[])[],
): Promise<OptionReading[][]> {
  const readings: OptionReading[][] = [];
  for (const unit of units) {
    readings.push(await model.optionLogProbs(unit));
  }
  return readings;
}

function workOf(plan: RunPlan, units: readonly (readonly EncodedPrompt[])[]): Work {
  const ids = units.map((unit) => unit.map((prompt) => prompt.tokenIds));
  const work =
    plan.kind === 'packed-rows'
      ? packedRowWork(ids.map(distinctTokens), ids.flat().length)
      : wholePromptWork(
          ids.flat().map((tokens) => tokens.length),
          { runs: units.length, outputRows: 'all' },
        );
  const planned = plan.cost?.computedTokens;
  if (planned !== undefined && planned !== work.tokens) {
    throw new Error(`the plan says that ${planned} tokens are computed, its units hold ${work.tokens}`);
  }
  return work;
}

function at<T>(values: readonly T[], place: number): T {
  const value = values[place];
  if (value === undefined) {
    throw new Error(`there is no prompt ${place}`);
  }
  return value;
}
