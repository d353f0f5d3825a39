import { z } from 'zod';
import type {
  ModelCard,
  ModelOrigin,
  OptionOrder,
  PlanCost,
  PromptFormat,
  Provider,
  Reading,
  RunPlan,
  RunWay,
  SelfTest,
} from '../../types.js';
import { STORE_CONTRACT } from './contract.js';
import type { Manifest, RunSettings } from './manifest-record.js';

// A Record over the union, so that a member added to the type and forgotten here does not compile.
function oneOf<Choice extends string>(choices: Readonly<Record<Choice, true>>): z.ZodType<Choice> {
  return z.enum(Object.keys(choices) as [Choice, ...Choice[]]) as unknown as z.ZodType<Choice>;
}

const runWay = oneOf<RunWay>({
  'packed-rows': true,
  'equal-length-batches': true,
  'single-prompts': true,
  requests: true,
});

const selfTest: z.ZodType<SelfTest> = z.strictObject({
  way: runWay,
  whyNotPacked: z.string().nullable(),
  median: z.number().nonnegative(),
  largest: z.number().nonnegative(),
  tolerance: z.number().nonnegative(),
});

const modelCard: z.ZodType<ModelCard> = z.strictObject({
  name: z.string().min(1),
  engine: oneOf<ModelCard['engine']>({ onnx: true, replay: true, endpoint: true, imported: true }),
  dtype: z.string(),
  provider: oneOf<Provider | 'none'>({ cuda: true, webgpu: true, cpu: true, none: true }),
  vocabularySize: z.int().nonnegative(),
  selfTest: selfTest.nullable(),
  identity: z.string().min(1),
});

const name = z.string().min(1);

/** The log of another program, as a manifest and the study of an import name it. */
export const logOrigin = z.strictObject({
  kind: z.literal('log'),
  tool: z.enum(['lm-eval', 'inspect']),
  versions: z.record(z.string(), z.string()),
  ...{ model: z.string(), arguments: z.string(), file: z.string(), sha256: z.string() },
});

const modelOrigin: z.ZodType<ModelOrigin> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hub'), id: name, revision: name, graph: name }),
  z.strictObject({
    kind: z.literal('endpoint'),
    ...{ server: name, version: name, model: name },
    servers: z.int().positive(),
    witness: z.array(
      z.strictObject({
        text: z.string(),
        top: z.array(z.strictObject({ tokenId: z.int(), logProb: z.number() })),
      }),
    ),
  }),
  logOrigin,
]);

const runSettings: z.ZodType<RunSettings> = z.strictObject({
  templates: z.array(z.string()),
  orders: z.array(oneOf<OptionOrder>({ given: true, reversed: true })),
  formats: z.array(oneOf<PromptFormat>({ plain: true, chat: true })),
  countries: z.array(z.string().nullable()),
  items: z.array(z.string()),
  readingKinds: z.array(oneOf<Reading['readingKind']>({ letter: true, 'answer-text': true })),
  chat: z.strictObject({ date: z.string(), system: z.string().nullable() }),
  topTokens: z.int().nonnegative(),
});

const count = z.int().nonnegative();
const measured = z.number().nonnegative();

const planCost: z.ZodType<PlanCost> = z.strictObject({
  promptTokens: count,
  distinctTokens: count,
  computedTokens: count,
  longestRun: count,
  megabytes: count,
  seconds: measured.nullable(),
  rowBudget: z
    .strictObject({
      tokens: count,
      reason: z.string(),
      memoryMegabytes: count,
      timings: z.array(
        z.strictObject({
          budget: count,
          tokens: count,
          prompts: count,
          seconds: measured,
          planTokens: count,
          planSeconds: measured,
        }),
      ),
    })
    .nullable(),
});

const runPlan: z.ZodType<RunPlan> = z.strictObject({
  kind: runWay,
  reason: z.string(),
  units: z.array(z.strictObject({ prompts: z.array(count) })),
  cost: planCost.nullable(),
});

/** The content of manifest.json, every field checked. */
export const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  contract: z.literal(STORE_CONTRACT),
  status: oneOf<Manifest['status']>({ running: true, complete: true }),
  study: z.string().min(1),
  model: modelCard,
  // Runs from before models could be fetched lack it.
  origin: modelOrigin.nullable().default(null),
  settings: runSettings,
  plan: runPlan,
  promptsHash: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal'),
  promptCount: z.int().nonnegative(),
  versions: z.record(z.string(), z.string()),
  identity: z.string().min(1),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
