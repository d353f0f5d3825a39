import { z } from 'zod';
import { InputError } from '../../../files/input-error.js';
import { parseJson } from '../../../files/read-json.js';
import { answerSeparator } from '../../../tokenization/encode-prompt.js';
import type { Prompt, ReadingKind } from '../../../types.js';
import { harnessRequest } from '../../export/lm-eval/harness-request.js';
import { keyOf } from '../../store/index.js';
import type { ExpectedSample } from './expected-samples.js';
import type { LoggedReading } from './importable-log.js';
import { lettersReading, logProbability, whyImpossible } from './logged-numbers.js';

const sample = z.looseObject({
  doc: z.looseObject({
    variable: z.string(),
    country: z.string().nullable(),
    template: z.string(),
    order: z.enum(['given', 'reversed']),
    format: z.enum(['plain', 'chat']),
    reading: z.enum(['letter', 'answer-text']),
  }),
  arguments: z.record(z.string(), z.looseObject({ arg_0: z.string(), arg_1: z.string() })),
  filtered_resps: z.array(z.tuple([z.union([z.string(), z.number()])], z.unknown())),
});

/**
 * One line of a file of samples.
 *
 * The texts that the harness really sent must be those of the prompt as it is worded here: a chat template, a system turn, examples
 * or another item bank make it another question.
 *
 * @param place names the line in messages
 * @throws InputError for a line that is cut, another prompt or text, and numbers that are no log-probabilities
 */
export function parseSample(
  text: string,
  expected: ReadonlyMap<string, ExpectedSample>,
  place: string,
): { readonly key: string; readonly reading: LoggedReading } {
  const {
    doc,
    arguments: sent,
    filtered_resps: answers,
  } = parseJson(text, sample, { what: 'a logged sample', path: place });
  const key = keyOf({ ...doc, readingKind: doc.reading });
  const asked = expected.get(key);
  if (asked === undefined) {
    throw new InputError(
      `Importing ${place}: ${key} is no prompt of the task. Expected one of its ${expected.size}.`,
    );
  }
  const { context, choices } = harnessRequest(asked.prompt, asked.readingKind);
  const requests = Object.values(sent);
  if (requests.length !== choices.length || answers.length !== choices.length) {
    throw new InputError(
      `Importing ${place}: ${key} has ${answers.length} answers to ${requests.length} requests. Expected ${choices.length} of both: one for ` +
        'each option. Ask again with the exported task as it is.',
    );
  }
  const other = choices.findIndex(
    (choice, index) => requests[index]?.arg_0 !== context || requests[index]?.arg_1 !== choice,
  );
  if (other >= 0) {
    const what = requests[other]?.arg_0 === context ? 'another answer' : 'another prompt';
    throw new InputError(
      `Importing ${place}: for ${key} the harness sent ${what} than the task's. Expected the very text. Ask again without ` +
        '--apply_chat_template, --system_instruction and --num_fewshot, with the exported task as it is.',
    );
  }
  const logProbs = answers.map(([value], index) =>
    logProbability(value, `${place}: ${key}, choice ${index + 1}`),
  );
  return { key, reading: readingOf(asked, logProbs, `${place}: ${key}`) };
}

/** @param logProbs of the choices that the harness was given: of the options, then of the border, where there is one */
function readingOf(
  { prompt, readingKind }: ExpectedSample,
  logProbs: readonly number[],
  place: string,
): LoggedReading {
  const named = logProbs.map((logProb, index) => ({ name: nameOf(prompt, readingKind, index), logProb }));
  const reason = whyImpossible(named);
  if (reason !== null) {
    return { kind: readingKind, result: { kind: 'unreadable', reason } };
  }
  const border = logProbs[prompt.options.length] ?? 0;
  const optionLogProbs = logProbs.slice(0, prompt.options.length).map((value) => value - border);
  return readingKind === 'answer-text'
    ? { kind: 'answer-text', result: { kind: 'read', optionLogProbs } }
    : { kind: 'letter', result: lettersReading(optionLogProbs, place) };
}

function nameOf(prompt: Prompt, readingKind: ReadingKind, index: number): string {
  const option = prompt.options[index];
  if (option === undefined) {
    return 'the white space before an answer';
  }
  return readingKind === 'letter'
    ? `option ${JSON.stringify(answerSeparator(prompt) + option.letter)}`
    : `answer text ${JSON.stringify(option.label)}`;
}
