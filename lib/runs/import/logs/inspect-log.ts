import { basename } from 'node:path';
import { z } from 'zod';
import { sha256OfFile } from '../../../files/hash.js';
import { InputError } from '../../../files/input-error.js';
import { readJsonFile } from '../../../files/read-json.js';
import type { Prompt } from '../../../types.js';
import { METADATA_KEY, taskMetadata } from '../../export/task/task-metadata.js';
import { expectedSamples } from './expected-samples.js';
import type { ImportableLog, LoggedAnswers, LoggedReading } from './importable-log.js';
import { type InspectSample, inspectSample, readInspectSample } from './inspect-samples.js';
import { requireLog } from './log-file.js';

const logFile = z.looseObject({
  eval: z.looseObject({
    model: z.string(),
    model_args: z.record(z.string(), z.unknown()).default({}),
    packages: z.looseObject({ inspect_ai: z.string() }),
    metadata: z.looseObject({}).nullish(),
  }),
  samples: z.array(inspectSample).min(1),
});

/**
 * A log of inspect_ai in its JSON format. It is read whole, so that it may be as large as a text can be (512 MB).
 *
 * @throws InputError where the file is missing, no such log, or not about a task that was exported here
 */
export async function inspectLog(path: string): Promise<ImportableLog> {
  requireLog(path);
  const { eval: run, samples } = readJsonFile(path, logFile, 'a log of inspect_ai (--log-format json)');
  const task = taskMetadata.safeParse(run.metadata?.[METADATA_KEY]);
  if (!task.success) {
    throw new InputError(
      `Importing ${path}: its task was not exported by this version of culture-lens. Expected the log of a task that \`culture-lens export ` +
        'inspect` wrote. Export it (again) and ask again.',
    );
  }
  return {
    task: task.data,
    // The log does not tell the element type of the logits.
    dtype: 'unknown',
    origin: {
      kind: 'log',
      tool: 'inspect',
      versions: { inspect: run.packages.inspect_ai },
      model: run.model,
      arguments: JSON.stringify(run.model_args),
      file: basename(path),
      sha256: await sha256OfFile(path),
    },
    answers: async (prompts) => answersOf(samples, prompts, path),
  };
}

function answersOf(
  samples: readonly InspectSample[],
  prompts: readonly Prompt[],
  path: string,
): LoggedAnswers {
  const expected = expectedSamples(prompts, ['letter']);
  const found = new Map<string, LoggedReading>();
  for (const [index, sample] of samples.entries()) {
    const place = `${path} sample ${index + 1}`;
    const prompt = expected.get(String(sample.id))?.prompt;
    if (prompt === undefined) {
      throw new InputError(
        `Importing ${place}: ${sample.id} is no prompt of the task. Expected one of its ${expected.size}.`,
      );
    }
    if (found.has(String(sample.id))) {
      throw new InputError(
        `Importing ${place}: ${sample.id} is there a second time. Expected every prompt once. Ask again with one epoch (--epochs 1).`,
      );
    }
    found.set(String(sample.id), { kind: 'letter', result: readInspectSample(sample, prompt, place) });
  }
  return found;
}
