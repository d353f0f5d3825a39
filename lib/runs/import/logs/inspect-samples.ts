import { z } from 'zod';
import { InputError } from '../../../files/input-error.js';
import type { OptionReading, Prompt } from '../../../types.js';
import { lettersReading, logProbability, type NamedLogProb, whyImpossible } from './logged-numbers.js';

const topToken = z.looseObject({ token: z.string(), logprob: z.unknown() });

/** One sample of a log of inspect_ai, as far as it is read. */
export const inspectSample = z.looseObject({
  id: z.union([z.string(), z.number()]),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  error: z.unknown().optional(),
  output: z.looseObject({
    choices: z
      .array(
        z.looseObject({
          logprobs: z
            .looseObject({ content: z.array(z.looseObject({ top_logprobs: z.array(topToken).nullish() })) })
            .nullish(),
        }),
      )
      .default([]),
  }),
});

export type InspectSample = z.infer<typeof inspectSample>;

/**
 * The options of one sample among the most probable tokens of its first position. A token stands for an option where it is the
 * option's letter and nothing else; an option beyond the tokens that are logged makes the prompt unreadable: its probability is
 * unknown, not 0. So does one without any probability.
 *
 * @throws InputError for a conversation other than the prompt alone, a log without alternatives, and numbers that are no
 *   log-probabilities
 */
export function readInspectSample(sample: InspectSample, prompt: Prompt, place: string): OptionReading {
  // First of all: what an error left of a conversation need not be the prompt.
  if (sample.error !== undefined && sample.error !== null) {
    return { kind: 'unreadable', reason: 'the imported log has an error for this prompt' };
  }
  const before = sample.messages.filter(({ role }) => role !== 'assistant');
  if (before.length !== 1 || before[0]?.role !== 'user' || before[0].content !== prompt.text) {
    throw new InputError(
      `Importing ${place}: ${sample.id} was asked with ${before.length} messages before the answer (${before.map(({ role }) => role).join(', ')}) or ` +
        'with other words. Expected the text of the prompt as the one user turn. Ask again with the exported task as it is.',
    );
  }
  const tokens = sample.output.choices[0]?.logprobs?.content[0]?.top_logprobs;
  if (tokens === undefined || tokens === null || tokens.length === 0) {
    throw new InputError(
      `Importing ${place}: ${sample.id} has no top_logprobs. Expected the most probable tokens of the first position. Choose a provider that ` +
        'returns them.',
    );
  }
  const options: NamedLogProb[] = [];
  for (const { letter } of prompt.options) {
    const [found, second] = tokens.filter(({ token }) => token === letter);
    if (found === undefined) {
      return {
        kind: 'unreadable',
        reason: `an option is not among the ${tokens.length} most probable tokens of the imported log`,
      };
    }
    if (second !== undefined) {
      throw new InputError(
        `Importing ${place}: ${sample.id} has the token ${letter} twice. Expected every token once.`,
      );
    }
    const logProb = logProbability(found.logprob, `${place}: ${sample.id}, option ${letter}`);
    options.push({ name: `option ${JSON.stringify(letter)}`, logProb });
  }
  const reason = whyImpossible(options);
  return reason === null
    ? lettersReading(
        options.map(({ logProb }) => logProb),
        `${place}: ${sample.id}`,
      )
    : { kind: 'unreadable', reason };
}
