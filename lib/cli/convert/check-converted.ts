import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../files/input-error.js';
import { readJsonFile } from '../../files/read-json.js';
import { readModelSettings } from '../../inference/model-settings.js';
import type { ProviderChoice } from '../../inference/provider.js';
import { DEFAULT_CHAT_SETTINGS, loadChatTemplate, renderChat } from '../../prompts/chat-template.js';
import { openModelFolder } from '../../runs/models/open-model-folder.js';
import { loadTokenizer } from '../../tokenization/tokenizer.js';
import type { ModelCard } from '../../types.js';

/** What culture-lens itself finds in a converted folder. */
export interface ConvertedFolder {
  readonly selfTest: ModelCard['selfTest'];
  readonly vocabularySize: number;
  /** Null for a folder that was converted without comparison. */
  readonly compared: ComparedPrompts | null;
}

/** The library's own reading of the prompts on which the export was compared with transformers. */
export interface ComparedPrompts {
  readonly prompts: number;
  /** Of the most probable tokens' log-probabilities, from transformers in float32, in nats. */
  readonly largestDifference: number;
  /** What a float32 folder is held to; null for other element types, which are other models. */
  readonly bound: number | null;
}

const expectedFile = z.object({
  listedTokenIds: z.array(z.int()).min(1),
  sequences: z
    .array(
      z.object({
        form: z.enum(['plain', 'chat']),
        text: z.string(),
        tokenIds: z.array(z.int()).min(1),
        logProbs: z.array(z.number()),
      }),
    )
    .min(1),
});
const cardFile = z.looseObject({
  dtype: z.string(),
  comparedWithTransformersFloat32: z.looseObject({ boundOfFloat32: z.number() }).nullable(),
});

type Expected = z.infer<typeof expectedFile>;

/**
 * Opens a converted folder as a study would, and reads again what transformers was asked: tokens and log-probabilities.
 *
 * @throws InputError when the folder cannot be opened, a prompt becomes other tokens, or a float32 number is another one
 */
export async function checkConverted(
  folder: string,
  options: { readonly provider?: ProviderChoice } = {},
): Promise<ConvertedFolder> {
  const card = readJsonFile(join(folder, 'card.json'), cardFile, 'the card of the conversion');
  const path = join(folder, 'expected.json');
  const expected = existsSync(path) ? readJsonFile(path, expectedFile, 'what transformers says') : null;
  if (expected !== null) {
    requireSameTokens(folder, expected);
  }
  const provider = options.provider ?? 'cpu';
  const { slidingWindow, originalContext } = readModelSettings(folder);
  const longest = Math.min(
    slidingWindow ?? Number.POSITIVE_INFINITY,
    originalContext ?? Number.POSITIVE_INFINITY,
  );
  const packed = (expected?.sequences ?? []).filter(({ tokenIds }) => tokenIds.length <= longest);
  // A row of prompts cannot be longer than an attention window; a whole prompt can.
  const whole = (expected?.sequences ?? []).filter(({ tokenIds }) => tokenIds.length > longest);
  const first = await readAgain(folder, {
    provider,
    listed: expected?.listedTokenIds ?? [],
    sequences: packed,
  });
  const { selfTest, vocabularySize } = first.card;
  if (expected === null) {
    return { selfTest, vocabularySize, compared: null };
  }
  const second =
    whole.length === 0
      ? 0
      : (
          await readAgain(folder, {
            ...{ provider, listed: expected.listedTokenIds, sequences: whole },
            packing: 'off',
          })
        ).largestDifference;
  const bound = card.dtype === 'fp32' ? (card.comparedWithTransformersFloat32?.boundOfFloat32 ?? null) : null;
  const largestDifference = Math.max(first.largestDifference, second);
  requireWithin(folder, largestDifference, bound);
  return {
    selfTest,
    vocabularySize,
    compared: { prompts: expected.sequences.length, largestDifference, bound },
  };
}

/** The model's card, and the largest difference of a listed token's log-probability from the expected one. */
async function readAgain(
  folder: string,
  asked: {
    readonly provider: ProviderChoice;
    readonly listed: readonly number[];
    readonly sequences: Expected['sequences'];
    readonly packing?: 'off';
  },
): Promise<{ readonly card: ModelCard; readonly largestDifference: number }> {
  const { provider, listed, sequences, packing = 'auto' } = asked;
  const { model } = await openModelFolder(folder, { provider, packing });
  try {
    const found = await model.continuationLogProbs(
      sequences.map(({ tokenIds }) => tokenIds),
      sequences.map(() => listed.map((id) => [id])),
    );
    const differences = sequences.flatMap(({ logProbs }, prompt) =>
      logProbs.map((logProb, token) => Math.abs(logProb - (found[prompt]?.[token]?.logProb ?? Number.NaN))),
    );
    const largestDifference = differences.reduce((largest, one) => Math.max(largest, one), 0);
    return { card: model.card, largestDifference };
  } finally {
    await model.close();
  }
}

function requireSameTokens(folder: string, { sequences }: Expected): void {
  const tokenizer = loadTokenizer(folder);
  const template = loadChatTemplate(folder);
  for (const { form, text, tokenIds } of sequences) {
    const chat = form === 'chat' && template !== null;
    const whole = chat
      ? renderChat(template, [{ role: 'user', content: text }], DEFAULT_CHAT_SETTINGS)
      : text;
    const found = tokenizer.encode(whole, { specialTokens: !chat });
    if (found.join() !== tokenIds.join()) {
      const place = found.findIndex((id, index) => id !== tokenIds[index]);
      throw new InputError(
        `Checking ${folder}: ${JSON.stringify(text.slice(0, 60))} (${form}) becomes ${found.length} tokens here and ` +
          `${tokenIds.length} in transformers, other ones from place ${place < 0 ? found.length : place}. Expected the same. ` +
          'The graph is right and was kept, but this tokenizer or chat template cannot be reproduced here.',
      );
    }
  }
}

function requireWithin(folder: string, largest: number, bound: number | null): void {
  if (Number.isNaN(largest) || (bound !== null && largest > bound)) {
    throw new InputError(
      `Checking ${folder}: a log-probability that is read here differs by ${largest.toExponential(1)} nats from transformers. ` +
        `Expected at most ${bound?.toExponential(0) ?? 'a number'}. The folder was kept; ask it with --packing off, and compare.`,
    );
  }
}
