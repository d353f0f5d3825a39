import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { sha256OfFile, sha256OfText } from '../../../files/hash.js';
import { InputError } from '../../../files/input-error.js';
import type { Prompt } from '../../../types.js';
import { expectedSamples } from './expected-samples.js';
import type { ImportableLog, LoggedAnswers, LoggedReading } from './importable-log.js';
import { readLmEvalResults, resultsBeside } from './lm-eval-results.js';
import { parseSample } from './lm-eval-samples.js';
import { requireLog } from './log-file.js';

/**
 * A log of lm-evaluation-harness: `samples_<task>_<time>.jsonl` with its `results_<time>.json`.
 *
 * @param files.results beside the samples by default
 * @throws InputError where a file is missing, or is not about a task that was exported here
 */
export async function lmEvalLog(files: {
  readonly samples: string;
  readonly results?: string;
}): Promise<ImportableLog> {
  const { samples } = files;
  requireLog(samples);
  const path = files.results ?? resultsBeside(samples);
  const { task, versions, model, arguments: given, dtype } = readLmEvalResults(path, samples);
  const sha256 = sha256OfText(`${await sha256OfFile(samples)}\n${await sha256OfFile(path)}`);
  return {
    task,
    dtype,
    origin: {
      kind: 'log',
      tool: 'lm-eval',
      versions,
      model,
      arguments: given,
      file: basename(samples),
      sha256,
    },
    answers: (prompts) => readSamples(samples, prompts, task.settings.readings),
  };
}

/** Line by line: a log of a whole survey is larger than a text may be. */
async function readSamples(
  path: string,
  prompts: readonly Prompt[],
  kinds: ImportableLog['task']['settings']['readings'],
): Promise<LoggedAnswers> {
  const expected = expectedSamples(prompts, kinds);
  const found = new Map<string, LoggedReading>();
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    if (text === '') {
      continue;
    }
    const place = `${path} line ${line}`;
    const { key, reading } = parseSample(text, expected, place);
    if (found.has(key)) {
      throw new InputError(
        `Importing ${place}: ${key} is there a second time. Expected every prompt once: the log of one run, unfiltered. The harness appends to ` +
          'a file of the same name; import another, or take the repeated lines out.',
      );
    }
    found.set(key, reading);
  }
  if (found.size === 0) {
    throw new InputError(
      `Importing ${path}: it holds no sample. Expected one line for each prompt. Ask again with --log_samples.`,
    );
  }
  return found;
}
