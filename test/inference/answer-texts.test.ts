import { describe, expect, it } from 'vitest';
import { answerTextLogProbs } from '../../lib/inference/answer-texts.js';
import { continuationLogProbs } from '../../lib/inference/continuation.js';
import type { SequenceReader } from '../../lib/inference/sequence-reader.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import type { EncodedAnswers } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const prompt = renderPrompt({
  item: trustItem,
  template: lastTemplate,
  country: netherlands,
  order: 'given',
});

/** A reader of ten tokens that gives token t log-probability -t, but what is said of the tokens in `odd`. */
function reader(odd: Readonly<Record<number, number>> = {}): SequenceReader {
  return {
    whyNaN: 'the model returned NaN or infinite logits',
    vocabularySize: 10,
    plan: async () => ({ kind: 'single-prompts', reason: 'a test', units: [], cost: null }),
    read: async (sequences) =>
      sequences.map(({ reads }) =>
        reads.map(({ tokenIds }) => ({ logProbs: tokenIds.map((id) => odd[id] ?? -id), topTokens: [] })),
      ),
    release: async () => {},
  };
}

const asked = (...answerTokenIds: number[][]): EncodedAnswers => ({
  prompt,
  tokenIds: [1, 2],
  answerTokenIds,
});

describe('answerTextLogProbs', () => {
  it('sums over the tokens of each text', async () => {
    const found = await answerTextLogProbs(reader(), [asked([3], [1, 2], [4, 4, 4]), asked([5], [6])]);
    expect(found).toEqual([
      { kind: 'read', optionLogProbs: [-3, -3, -12] },
      { kind: 'read', optionLogProbs: [-5, -6] },
    ]);
  });

  it('tells what cannot be read with its reason, and reads the others', async () => {
    const odd = { 7: Number.NaN, 8: Number.NEGATIVE_INFINITY };
    const prompts = [asked([3], [1, 7]), asked([3], [11]), asked([1], [2, 8]), asked([1], [2])];
    expect(await answerTextLogProbs(reader(odd), prompts)).toEqual([
      { kind: 'unreadable', reason: 'the model returned NaN or infinite logits' },
      { kind: 'unreadable', reason: 'token 11 of answer text "Somewhat" is outside the vocabulary' },
      { kind: 'unreadable', reason: 'the model gives answer text "Somewhat" no probability at all' },
      { kind: 'read', optionLogProbs: [-1, -2] },
    ]);
  });

  it('takes a reading that lacks a place for no number, not for a smaller sum', async () => {
    const short: SequenceReader = { ...reader(), read: async (sequences) => sequences.map(() => []) };
    expect(await answerTextLogProbs(short, [asked([3], [1])])).toMatchObject([{ kind: 'unreadable' }]);
    await expect(continuationLogProbs(short, { prompts: [[1]], continuations: [[[2]]] })).rejects.toThrow(
      'Reading continuations: the model returned NaN or infinite logits.',
    );
  });
});
