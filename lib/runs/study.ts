import { z } from 'zod';
import { InputError } from '../files/input-error.js';
import { knownFields } from '../files/known-fields.js';
import { readJsonFile } from '../files/read-json.js';
import { DEFAULT_MEMORY_MEGABYTES } from '../inference/choose-reader.js';
import type { ProviderChoice } from '../inference/provider.js';
import type { ChatSettings } from '../prompts/chat-template.js';
import { ORDER_JOINS, type OrderJoin } from '../scoring/join-orders.js';
import type { OptionOrder, PromptFormat, ReadingKind } from '../types.js';
import { analysisProblems, type StudyAnalysis, studyAnalyses } from './study-analyses.js';
import { folderName, studyFileModel, studyModel } from './study-model-schema.js';
import type { StudyModel } from './study-models.js';

/** What is asked, of whom, and how the answers are read. Every choice that a result depends on is here. */
export interface StudySettings {
  /** Item set id of data/items/sets.json, `own` for all items of a human side that has its own, or a list of variables. */
  readonly items: string | readonly string[];
  /** `default-55`, `all-66`, `own` for all countries of a human side, or a list of ISO3 codes. */
  readonly countries: string | readonly string[];
  readonly templates: readonly string[];
  readonly orders: readonly OptionOrder[];
  readonly formats: readonly PromptFormat[];
  /** What is read of each prompt: option letters, answer texts, or both. */
  readonly readings: readonly ReadingKind[];
  readonly chat: ChatSettings;
  readonly provider: ProviderChoice;
  /** Threads of one operator on the CPU; null leaves the choice to onnxruntime. */
  readonly threads: number | null;
  /** `auto` packs prompts that begin alike into one row where the self-test allows it, `off` runs whole prompts. */
  readonly packing: 'auto' | 'off';
  /** Working memory of one run beside the weights, in MB of 2^20 bytes. */
  readonly memoryMegabytes: number;
  /** Tokens that a packed row holds at most; null to find by timing what is fast. The same number gives the same rows. */
  readonly rowTokens: number | null;
  /** How the two option orders are joined. */
  readonly join: OrderJoin;
  /** Which human aggregates the model is compared with. */
  readonly weights: 'weighted' | 'unweighted';
  /** Folder of an imported human side, absolute or relative to the project; null for the aggregates that ship. */
  readonly human: string | null;
  /** Whether cells that look wrong in the survey itself count. */
  readonly suspectCells: 'keep' | 'leave-out';
}

/** A study: settings and the models that they apply to. */
export interface Study {
  /** Names the folder below data/runs. */
  readonly id: string;
  readonly title: string;
  /** What a reader of its results must know, in a sentence or two; null where there is nothing. */
  readonly note: string | null;
  readonly models: readonly StudyModel[];
  readonly settings: StudySettings;
  /** Which models differ in what, and are compared for it. */
  readonly analyses: readonly StudyAnalysis[];
}

const list = z.array(z.string().min(1)).min(1);

const settings = knownFields({
  items: z.union([z.string().min(1), list]).default('wvs-209'),
  countries: z.union([z.string().min(1), list]).default('default-55'),
  templates: list.default(['people-answer']),
  orders: z
    .array(z.enum(['given', 'reversed']))
    .min(1)
    .default(['given', 'reversed']),
  formats: z
    .array(z.enum(['plain', 'chat']))
    .min(1)
    .default(['plain']),
  readings: z
    .array(z.enum(['letter', 'answer-text']))
    .min(1)
    .default(['letter']),
  chat: knownFields({
    date: z.iso.date().default('2024-07-01'),
    system: z.string().nullable().default(null),
  }).default({ date: '2024-07-01', system: null }),
  provider: z.enum(['auto', 'cuda', 'webgpu', 'cpu']).default('auto'),
  threads: z.int().min(1).nullable().default(null),
  packing: z.enum(['auto', 'off']).default('auto'),
  memoryMegabytes: z.int().min(1).default(DEFAULT_MEMORY_MEGABYTES),
  rowTokens: z.int().min(1).nullable().default(null),
  join: z.enum(ORDER_JOINS).default('log-probabilities'),
  weights: z.enum(['weighted', 'unweighted']).default('weighted'),
  human: z.string().min(1).nullable().default(null),
  suspectCells: z.enum(['keep', 'leave-out']).default('keep'),
});

const anyStudy = knownFields({
  id: folderName,
  title: z.string().min(1),
  note: z.string().min(1).nullable().default(null),
  models: z.array(studyModel).min(1),
  settings: settings.prefault({}),
  analyses: studyAnalyses,
});

const study = anyStudy.superRefine(checkParts);
const studyFile = anyStudy.extend({ models: z.array(studyFileModel).min(1) }).superRefine(checkParts);

function checkParts(value: z.infer<typeof anyStudy>, context: z.RefinementCtx): void {
  const { templates, orders, formats, readings, chat } = value.settings;
  if (chat.system !== null && !formats.includes('chat')) {
    const message = 'a system turn is for chat prompts, and formats lists plain only';
    context.addIssue({ code: 'custom', path: ['settings', 'chat', 'system'], message });
  }
  for (const [field, values] of Object.entries({ templates, orders, formats, readings })) {
    reportDuplicates(values, ['settings', field], context);
  }
  reportDuplicates(
    value.models.map((model) => model.name),
    ['models'],
    context,
  );
  for (const problem of analysisProblems(value)) {
    context.addIssue({ code: 'custom', ...problem });
  }
}

function reportDuplicates(values: readonly string[], path: string[], context: z.RefinementCtx): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    context.addIssue({ code: 'custom', path, message: `"${twice}" is listed twice` });
  }
}

/** Reads a study file. @throws InputError naming the field that is unknown, missing or out of range */
export function loadStudy(path: string): Study {
  return readJsonFile(path, studyFile as z.ZodType<Study>, 'the study file');
}

/** A study put together from options instead of a file, with the same defaults and checks. */
export function makeStudy(parts: {
  readonly id: string;
  readonly title: string;
  readonly models: readonly StudyModel[];
  readonly settings?: { readonly [Key in keyof StudySettings]?: StudySettings[Key] | undefined };
  readonly analyses?: readonly StudyAnalysis[];
}): Study {
  const given = Object.fromEntries(
    Object.entries(parts.settings ?? {}).filter(([, value]) => value !== undefined),
  );
  const result = study.safeParse({ ...parts, settings: given });
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new InputError(
      ['Putting the study together: a setting is not as expected.', ...problems].join('\n'),
    );
  }
  return result.data as Study;
}
