import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../../files/input-error.js';
import { readJsonFile } from '../../../files/read-json.js';
import { METADATA_KEY, type TaskMetadata, taskMetadata } from '../../export/task/task-metadata.js';

/** What the harness says about a run of a task that this project exported. */
export interface LmEvalResults {
  readonly task: TaskMetadata;
  /** Name of the package or program -> version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly model: string;
  readonly arguments: string;
  readonly dtype: string;
}

const results = z.looseObject({
  lm_eval_version: z.string(),
  transformers_version: z.string().nullish(),
  config: z.looseObject({
    model: z.string(),
    model_args: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    model_dtype: z.string().nullish(),
  }),
  configs: z.record(z.string(), z.looseObject({ metadata: z.looseObject({}).nullish() })),
});

/** The results file that the harness writes beside a file of samples. @throws InputError for another name of the samples */
export function resultsBeside(samples: string): string {
  const time = /^samples_.+_(\d{4}-\d\d-\d\dT[\d.-]+)\.jsonl$/.exec(basename(samples))?.[1];
  const path = time === undefined ? null : join(dirname(samples), `results_${time}.json`);
  if (path === null || !existsSync(path)) {
    throw new InputError(
      `Importing ${samples}: ${path === null ? 'the name does not tell the file of its results' : `${path} is missing`}. Expected the ` +
        'results_<time>.json that lm-evaluation-harness writes beside samples_<task>_<time>.jsonl: it tells task, model and version. ' +
        'Name it with --results.',
    );
  }
  return path;
}

/** Reads the results of a run. @throws InputError where they are not the harness's, or of another task */
export function readLmEvalResults(path: string, samples: string): LmEvalResults {
  const found = readJsonFile(path, results, 'the results of lm-evaluation-harness');
  const tasks = Object.entries(found.configs).filter(
    ([, { metadata }]) => metadata?.[METADATA_KEY] !== undefined,
  );
  const [one] =
    tasks.length > 1 ? tasks.filter(([name]) => basename(samples).startsWith(`samples_${name}_`)) : tasks;
  if (one === undefined) {
    throw new InputError(
      `Importing ${samples}: ${path} is about the tasks ${Object.keys(found.configs).join(', ')}, and none of them was exported by ` +
        'culture-lens. Expected the log of a task that `culture-lens export lm-eval` wrote.',
    );
  }
  const task = taskMetadata.safeParse(one[1].metadata?.[METADATA_KEY]);
  if (!task.success) {
    throw new InputError(
      `Importing ${samples}: the task ${one[0]} in ${path} was exported by another version of culture-lens ` +
        `(${task.error.issues[0]?.path.join('.')}: ${task.error.issues[0]?.message}). Export it again and ask again.`,
    );
  }
  const { model, model_args: given, model_dtype: dtype } = found.config;
  const { transformers_version: transformers } = found;
  return {
    task: task.data,
    versions: { 'lm-eval': found.lm_eval_version, ...(transformers == null ? {} : { transformers }) },
    model,
    arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
    dtype: dtype?.replace(/^torch\./, '') ?? 'unknown',
  };
}
