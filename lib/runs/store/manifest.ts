import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { InputError } from '../../files/input-error.js';
import { parseJson, readTextFile } from '../../files/read-json.js';
import { writeWhole } from '../../files/write-whole.js';
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
import { MANIFEST_FILE } from './layout.js';

/** What was asked for: the same settings give the same list of prompts in the same order. */
export interface RunSettings {
  /** Template ids. */
  readonly templates: readonly string[];
  readonly orders: readonly OptionOrder[];
  readonly formats: readonly PromptFormat[];
  /** ISO3 codes; null stands for the country-free wording. */
  readonly countries: readonly (string | null)[];
  /** Variable names of the items. */
  readonly items: readonly string[];
  readonly readingKinds: readonly Reading['readingKind'][];
  /** What chat prompts show beside the question; without effect on plain ones. */
  readonly chat: { readonly date: string; readonly system: string | null };
  /** Most probable next tokens kept with a reading. */
  readonly topTokens: number;
}

/** Everything about a run but its readings: the content of manifest.json. */
export interface Manifest {
  /** {@link STORE_CONTRACT} of the code that wrote the folder. */
  readonly contract: number;
  /** For people. What is left to do follows from the readings that are there, never from this. */
  readonly status: 'running' | 'complete';
  readonly study: string;
  readonly model: ModelCard;
  /** Where the model came from at the first start; null where only its folder was known. */
  readonly origin: ModelOrigin | null;
  readonly settings: RunSettings;
  /** Fixed at the first start and used again on resume, so that every prompt meets the same neighbours. */
  readonly plan: RunPlan;
  /** SHA-256 over all prompts in the order planned. */
  readonly promptsHash: string;
  readonly promptCount: number;
  /** Name of a program or package -> its version, as last used. */
  readonly versions: Readonly<Record<string, string>>;
  /** Run identity: SHA-256 over all that the numbers depend on. No time is part of it. */
  readonly identity: string;
  /** ISO time of the first start. */
  readonly startedAt: string;
  /** ISO time at which the last reading was there; null while running. */
  readonly finishedAt: string | null;
}

/** The fields that may not change once readings are stored: with another value they would be another run's readings. */
export const FIXED_FIELDS = [
  'contract',
  'study',
  'model',
  'settings',
  'plan',
  'promptsHash',
  'promptCount',
  'identity',
] as const satisfies readonly (keyof Manifest)[];

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

const manifestSchema: z.ZodType<Manifest> = z.strictObject({
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

/**
 * Reads the manifest of a run folder; another process may be writing to the folder meanwhile.
 *
 * @throws InputError when there is none, when it is damaged, or when it has another contract number
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) {
    throw new InputError(
      `Reading a run: ${folder} has no ${MANIFEST_FILE}. Expected the folder of one model's run, with ${MANIFEST_FILE} ` +
        'and readings in it. Check the path, or run the probe that fills it.',
    );
  }
  return parseManifest(readTextFile(path, 'the manifest of a run'), path);
}

/** The pure part of {@link readManifest}. */
export function parseManifest(text: string, path: string): Manifest {
  const source = { what: 'the manifest of a run', path };
  // The number comes first: under another contract the other fields may rightly look different.
  const { contract } = parseJson(text, z.looseObject({ contract: z.number() }), source);
  if (contract !== STORE_CONTRACT) {
    throw new InputError(
      `Reading ${source.what}: ${path} was written under store contract ${contract}. Expected contract ${STORE_CONTRACT}, ` +
        'the only one that this version reads. Use the version that wrote the folder, or choose another folder and probe again.',
    );
  }
  return parseJson(text, manifestSchema, source);
}

/** Checks a manifest and writes it whole. @throws InputError when a field is not as it must be, or the disk refuses */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, MANIFEST_FILE);
  const text = formatManifest(manifest);
  parseManifest(text, path);
  await writeWhole(path, text);
}

/** Names of the {@link FIXED_FIELDS} in which two manifests differ. */
export function fixedFieldsThatDiffer(one: Manifest, other: Manifest): string[] {
  return FIXED_FIELDS.filter((field) => !isDeepStrictEqual(one[field], other[field]));
}

// Indented for people, with each unit's prompt numbers on one line.
function formatManifest(manifest: Manifest): string {
  const text = JSON.stringify(manifest, null, 2);
  const oneLine = text.replace(/\[\n\s*(\d+(?:,\n\s*\d+)*)\n\s*\]/g, (_, numbers: string) => {
    return `[${numbers.replace(/,\s+/g, ', ')}]`;
  });
  return `${oneLine}\n`;
}
