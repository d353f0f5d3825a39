import { statSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, writePrompts } from '../comparison/measure-peer.js';
import { floatingPointOperations } from '../cost/floating-point-operations.js';
import { layerParameters, readModelShape } from '../cost/model-shape.js';
import { type MachineFacts, machineFacts } from '../machine-facts.js';
import { benchPrompts, sampleItems } from '../prompts/bench-prompts.js';
import { distinctTokens } from '../prompts/prompt-tree.js';
import type { PeerRequest, PeerResult } from '../records.js';
import { programPath, weightsPath } from '../setup/bench-folders.js';
import { requireWeights } from '../setup/require-weights.js';
import { sayProgress } from '../setup/run-step.js';
import { type GrowthPoint, type GrowthSeries, growthPoints } from './growth-points.js';
import { prepareRandomModel } from './random-models.js';

/** A point with what was measured. */
export interface MeasuredGrowth {
  readonly series: GrowthSeries;
  readonly label: string;
  readonly model: string;
  readonly layerParameters: number;
  readonly prompts: number;
  /** Tokens of the prefix tree of everything read. */
  readonly distinctTokens: number;
  readonly computedTokens: number;
  readonly tokensPerRow: number;
  readonly seconds: readonly number[];
  readonly floatingPointOperations: number;
  readonly peakMemoryBytes: number | null;
  readonly weightsBytes: number;
}

/** How the cost of culture-lens grows. */
export interface Growth {
  readonly kind: 'growth';
  readonly machine: MachineFacts;
  readonly items: readonly string[];
  readonly points: readonly MeasuredGrowth[];
}

const REAL_MODEL = 'SmolLM2-135M-Instruct';

/**
 * Measures the points of the series one after the other, each in a process of its own: the GroupQueryAttention export, or
 * a model of random weights made the same way.
 *
 * @param settings.items variables to read; null for the sample of `npm run check:real`
 * @throws InputError when weights are missing or a program fails
 */
export async function measureGrowth(settings: {
  readonly series: readonly GrowthSeries[];
  readonly items: readonly string[] | null;
  readonly repeats: number;
}): Promise<Growth> {
  const machine = machineFacts();
  requireWeights(['hf', 'genai-fp32']);
  const points: MeasuredGrowth[] = [];
  for (const point of growthPoints(settings.series)) {
    sayProgress(`${point.series}: ${point.label} ...`);
    points.push(await measurePoint(point, settings));
  }
  return { kind: 'growth', machine, items: sampleItems(settings.items).map((item) => item.variable), points };
}

async function measurePoint(
  point: GrowthPoint,
  settings: { readonly items: readonly string[] | null; readonly repeats: number },
): Promise<MeasuredGrowth> {
  const folder = point.model === null ? weightsPath('genai-fp32') : await prepareRandomModel(point.model);
  const { countries, orders, rowTokens } = point;
  const prompts = benchPrompts(folder, {
    items: sampleItems(settings.items),
    countries,
    orders,
    format: 'plain',
  });
  const request: PeerRequest = {
    prompts: writePrompts('growth', 'plain', prompts).file,
    count: prompts.length,
    settings: [{ label: point.label, model: folder, size: rowTokens ?? 0, batches: [] }],
    repeats: settings.repeats,
  };
  const program =
    point.reading === 'letter' ? programPath('peers', 'ours.js') : programPath('growth', 'answer-texts.js');
  const result = await runProgram<PeerResult>(
    `Measuring ${point.series}: ${point.label}`,
    [process.execPath, program],
    request,
  );
  const shape = readModelShape(folder);
  return {
    series: point.series,
    label: point.label,
    model: point.model?.id ?? REAL_MODEL,
    layerParameters: shape.layers * layerParameters(shape),
    prompts: prompts.length,
    distinctTokens:
      point.reading === 'letter'
        ? distinctTokens(prompts.map(({ tokenIds }) => tokenIds))
        : result.work.tokens,
    computedTokens: result.work.tokens,
    tokensPerRow: result.work.tokensPerRun,
    seconds: result.settings[0]?.seconds ?? [],
    floatingPointOperations: floatingPointOperations(shape, result.work),
    peakMemoryBytes: result.peakMemoryBytes,
    weightsBytes: statSync(join(folder, 'model.onnx.data')).size,
  };
}
