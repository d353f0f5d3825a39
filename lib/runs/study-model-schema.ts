import { z } from 'zod';
import { knownFields } from '../files/known-fields.js';
import { GRAPH_DTYPES, type GraphDtype } from '../inference/choose-graph.js';
import { logOrigin } from './store/index.js';

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

const places = ['folder', 'hub', 'endpoint', 'readings', 'log'] as const;
/** Fields that only some places know. */
const FIELDS_OF: Readonly<Record<string, readonly (typeof places)[number][]>> = {
  revision: ['hub'],
  ...{ dtype: ['folder', 'hub'], graph: ['folder', 'hub'] },
  ...{ tokenizer: ['endpoint'], model: ['endpoint'], concurrency: ['endpoint'] },
  ...{ timeoutSeconds: ['endpoint'], keyVariable: ['endpoint'] },
  compareWith: ['folder', 'hub', 'endpoint'],
};

const noLog = z.never({
  error:
    'a log of another program is imported, not named in a study file: culture-lens import lm-eval <samples>, or import inspect <log>, ' +
    'makes a run of it',
});

const fields = {
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
};

const anyModel = knownFields({ ...fields, log: logOrigin.optional() });

/** A model of a study that is put together here: from options, or from the log of another program. */
export const studyModel = anyModel.superRefine(checkPlace);

/** One entry of a study file's `models`. */
export const studyFileModel = knownFields({ ...fields, log: noLog.optional() }, ['log']).superRefine(
  checkPlace,
);

function checkPlace(model: z.infer<typeof anyModel>, context: z.RefinementCtx): void {
  // A misspelt field may be the place.
  if (context.issues.some(({ code }) => code === 'unrecognized_keys')) {
    return;
  }
  const given = places.filter((place) => model[place] !== undefined);
  const [place] = given;
  if (place === undefined || given.length > 1) {
    const found = place === undefined ? '' : `${given.map((one) => `"${one}"`).join(' and ')} are given; `;
    const message =
      `${found}expected one of "folder" (a model to run), "hub" (the same, to be fetched: "organisation/name"), "endpoint" (servers that run it) and ` +
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
}
