import { z } from 'zod';
import { GRAPH_DTYPES, type GraphDtype, type GraphWish } from '../inference/choose-graph.js';
import type { ModelOrigin } from '../types.js';

/** A model that a study probes: a folder, a repository of the hub, servers, or readings that were recorded. */
export type StudyModel = FolderModel | HubModel | EndpointModel | RecordedModel;

/** A model that needs no fetching. */
export type LocalModel = Exclude<StudyModel, HubModel>;

/** A model that is run from a folder; of several graphs in it the wish says which. */
export interface FolderModel extends GraphWish {
  readonly name: string;
  /** Model folder, absolute or relative to the project. */
  readonly folder: string;
  /** Folder of recorded readings that its own are compared with when they are there. */
  readonly compareWith?: string | undefined;
  /** Where the folder was fetched from. No part of a study file: a study names the repository instead. */
  readonly origin?: ModelOrigin;
}

/** A model of the Hugging Face hub, which is fetched before anything is asked; of several graphs in it the wish says which. */
export interface HubModel extends GraphWish {
  readonly name: string;
  /** Repository: "organisation/name". */
  readonly hub: string;
  /** Branch, tag or commit; "main" by default. Results name the commit. */
  readonly revision?: string | undefined;
  /** Folder of recorded readings that its own are compared with when they are there. */
  readonly compareWith?: string | undefined;
}

/** A model that one or several servers run. */
export interface EndpointModel {
  readonly name: string;
  /** Address, "http://127.0.0.1:8000", or several of servers of the same model, which share the work. */
  readonly endpoint: string | readonly string[];
  /** Folder with the model's tokenizer.json and tokenizer_config.json, absolute or relative to the project. */
  readonly tokenizer: string;
  /** Name under which the model is served; the only one by default. */
  readonly model?: string | undefined;
  /** Prompts that each server has before it at a time; 8 by default. */
  readonly concurrency?: number | undefined;
  /** A prompt without an answer is given up and tried again after so many seconds; 120 by default. */
  readonly timeoutSeconds?: number | undefined;
  /** Environment variable that holds the servers' key; CULTURE_LENS_API_KEY by default. The key itself is stored nowhere. */
  readonly keyVariable?: string | undefined;
  /** Folder of recorded readings that its own are compared with when they are there. */
  readonly compareWith?: string | undefined;
}

/** A model whose recorded readings stand in for it. */
export interface RecordedModel {
  readonly name: string;
  /** Folder of the recording, absolute or relative to the project. */
  readonly readings: string;
}

/** A name that can be a folder's. */
export const folderName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected letters, digits, ".", "_" and "-" (it names a folder)');

const text = z.string().min(1).optional();

const positive = z.int().positive().optional();
const address = z
  .url({ protocol: /^https?$/, error: 'expected an address such as http://127.0.0.1:8000' })
  .refine((url) => !/\/\/[^/]*@|[?#]/.test(url), {
    error:
      'expected an address without a name, key, "?" or "#" in it: a key belongs in the environment variable that "keyVariable" (--key-variable) names',
  });

const places = ['folder', 'hub', 'endpoint', 'readings'] as const;
/** Fields that only some places know. */
const FIELDS_OF: Readonly<Record<string, readonly (typeof places)[number][]>> = {
  revision: ['hub'],
  ...{ dtype: ['folder', 'hub'], graph: ['folder', 'hub'] },
  ...{ tokenizer: ['endpoint'], model: ['endpoint'], concurrency: ['endpoint'] },
  ...{ timeoutSeconds: ['endpoint'], keyVariable: ['endpoint'] },
  compareWith: ['folder', 'hub', 'endpoint'],
};

/** One entry of a study file's `models`. */
export const studyModel = z
  .strictObject({
    name: folderName,
    ...{ folder: text, hub: text, readings: text },
    endpoint: z.union([address, z.array(address).min(1)]).optional(),
    ...{ revision: text, graph: text, tokenizer: text, model: text, compareWith: text },
    dtype: z.enum(GRAPH_DTYPES as [GraphDtype, ...GraphDtype[]]).optional(),
    concurrency: positive,
    // Node gives up by itself after five minutes without an answer.
    timeoutSeconds: z.int().positive().max(300).optional(),
    keyVariable: z
      .string()
      .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, never a key itself')
      .optional(),
  })
  .superRefine((model, context) => {
    const given = places.filter((place) => model[place] !== undefined);
    const [place] = given;
    if (place === undefined || given.length > 1) {
      const message =
        'expected one of "folder" (a model to run), "hub" (the same, to be fetched: "organisation/name"), "endpoint" (servers that run it) and ' +
        '"readings" (recorded from a model)';
      context.addIssue({ code: 'custom', message });
      return;
    }
    for (const [field, knownBy] of Object.entries(FIELDS_OF)) {
      if (model[field as keyof typeof model] !== undefined && !knownBy.includes(place)) {
        const message = `"${field}" is for ${knownBy.map((one) => `"${one}"`).join(' and ')}, not for "${place}"`;
        context.addIssue({ code: 'custom', message, path: [field] });
      }
    }
    if (model.dtype !== undefined && model.graph !== undefined) {
      const message = 'expected "dtype" or "graph", not both: each of them chooses the graph';
      context.addIssue({ code: 'custom', message });
    }
    if (place === 'endpoint' && model.tokenizer === undefined) {
      const message = 'expected "tokenizer", the folder with the tokenizer.json of the model that is served';
      context.addIssue({ code: 'custom', message });
    }
  });
