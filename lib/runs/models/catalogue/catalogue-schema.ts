import { z } from 'zod';
import { GRAPH_DTYPES, type GraphDtype } from '../../../inference/choose-graph.js';

/** Groups of facts about a model, each with its own sources: what is known of one says nothing of another. */
const FACTS = [
  'checkpoint',
  'size',
  'trainingTokens',
  'trainingLanguages',
  'alignment',
  'syntheticData',
  'released',
  'licence',
  'chatTemplate',
  'onnx',
] as const;

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'expected small letters, digits, ".", "_" and "-" (it names a folder)');
const repository = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'expected "organisation/name"');
const text = z.string().min(1);
const count = z.int().min(1);
const share = z.number().gt(0).max(1);
const fact = z.enum(FACTS);

const configuration = z.strictObject({
  ...{ layers: count, hidden: count, heads: count, keyValueHeads: count, headSize: count },
  ...{ inner: count, gated: z.boolean(), vocabulary: count, positions: z.int().min(0), tied: z.boolean() },
});

const onnxExport = z.strictObject({
  hub: repository,
  // Layout of the files, whoever made them.
  kind: z.enum(['onnx-community', 'optimum', 'onnxruntime-genai']),
  dtypes: z
    .array(z.enum(GRAPH_DTYPES as [GraphDtype, ...GraphDtype[]]))
    .min(1)
    .nullable(),
  revision: text.nullable(),
});

const source = z.strictObject({
  facts: z.array(fact).min(1),
  // An address, or a path in this project.
  url: text,
  read: z.enum(['page', 'family', 'copy', 'repository', 'project', 'memory']),
});

const model = z.strictObject({
  ...{ id, name: text, maker: text, hub: repository, architecture: text },
  ...{ parameters: count.nullable(), nonEmbeddingParameters: count.nullable() },
  configuration: configuration.nullable(),
  // Of pretraining, every pass counted.
  trainingTokens: count.nullable(),
  trainingLanguages: z
    .strictObject({
      kind: z.enum(['english-heavy', 'multilingual']),
      count: count.nullable(),
      shares: z.record(text, share).nullable(),
    })
    .nullable(),
  alignment: z.strictObject({
    // What was done after pretraining; the base is an id, null where it is not listed.
    kind: z.enum(['base', 'instruct', 'chat']),
    methods: z.array(text),
    base: id.nullable(),
  }),
  syntheticData: z
    .strictObject({ kind: z.enum(['none-stated', 'some', 'mostly']), share: share.nullable() })
    .nullable(),
  released: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected year and month, "2024-09"')
    .nullable(),
  licence: z.strictObject({ name: text, gated: z.boolean() }).nullable(),
  chatTemplate: z.boolean().nullable(),
  onnx: z.array(onnxExport).min(1).nullable(),
  verified: z.record(fact, z.boolean()),
  // Needed where a fact is null.
  notes: z.partialRecord(fact, text),
  sources: z.array(source).min(1),
});

const analysis = z.strictObject({
  id,
  factor: z.enum(['size', 'languages', 'alignment', 'synthetic text']),
  models: z.array(id).min(2),
  alsoDiffers: z.array(text).min(1),
});

/** catalogue.json, each field by itself; how fields fit together is checked apart. */
export const catalogueFile = z.strictObject({
  readOn: z.iso.date(),
  models: z.array(model).min(1),
  analyses: z.array(analysis),
});

/** catalogue.json as it stands in the file. */
export type CatalogueFile = z.infer<typeof catalogueFile>;
