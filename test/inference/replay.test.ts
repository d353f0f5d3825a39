import { describe, expect, it } from 'vitest';
import { type RecordedReading, replayModel } from '../../lib/inference/replay.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { makeReading } from '../../lib/scoring/make-reading.js';
import type { EncodedPrompt, OptionOrder, Prompt } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';
import { answerWith } from '../support/fake-source.js';

const TOKENS = [7, 8, 9];

function encoded(
  order: OptionOrder,
  changes: Partial<Prompt> = {},
  tokenIds: readonly number[] = TOKENS,
): EncodedPrompt {
  const prompt = renderPrompt({ item: trustItem, template: lastTemplate, country: netherlands, order });
  return { prompt: { ...prompt, ...changes }, tokenIds, optionTokens: [] };
}

const answer = answerWith([0.4, 0.2, 0.1, 0.1]);
const recorded = makeReading({
  model: 'm',
  item: trustItem,
  prompt: encoded('given').prompt,
  tokenIds: TOKENS,
  optionTokens: [0, 1, 2, 3].map((tokenId) => ({ tokenId, text: 'x' })),
  result: answer.kind === 'read' ? { ...answer, topTokens: [{ tokenId: 3, logProb: -0.5 }] } : answer,
  tokenText: String,
});
const model = replayModel('recorded', [recorded], 'abc');

/** Why a prompt cannot be read from one recorded reading; null when it can. */
async function reasonOf(
  prompt: EncodedPrompt,
  changes: Partial<RecordedReading> = {},
): Promise<string | null> {
  const [reading] = await replayModel('r', [{ ...recorded, ...changes }], 'x').optionLogProbs([prompt]);
  return reading?.kind === 'unreadable' ? reading.reason : null;
}

describe('replayModel', () => {
  it('answers as was recorded', async () => {
    const [reading] = await model.optionLogProbs([encoded('given')]);
    expect(reading).toMatchObject({
      kind: 'read',
      optionLogProbs: [0.4, 0.2, 0.1, 0.1].map(Math.log),
      topTokens: [{ tokenId: 3, logProb: -0.5 }],
    });
    expect(reading?.kind === 'read' && Math.exp(reading.optionLogMass)).toBeCloseTo(0.8, 12);
  });

  it('says that it computes nothing', () => {
    expect(model.card).toEqual({
      name: 'recorded',
      engine: 'replay',
      dtype: 'recorded',
      provider: 'none',
      vocabularySize: 0,
      selfTest: null,
      identity: 'abc',
    });
  });

  it('cannot be read where nothing was recorded', async () => {
    expect(await reasonOf(encoded('reversed'))).toBe('this prompt was not recorded');
    expect(await reasonOf(encoded('given'), { readingKind: 'answer-text' })).toBe(
      'this prompt was not recorded',
    );
  });

  it('notices another wording, from the beginning of the hash as from all of it', async () => {
    const reworded = encoded('given', { text: 'another text' });
    const beginning = { promptHash: recorded.promptHash.slice(0, 8) };
    expect(await reasonOf(reworded)).toBe('recorded with another wording of the prompt');
    expect(await reasonOf(reworded, beginning)).toBe('recorded with another wording of the prompt');
    expect(await reasonOf(encoded('given'), beginning)).toBeNull();
  });

  it('notices options with other codes, which the text does not show', async () => {
    const options = encoded('given').prompt.options.map((option) => ({ ...option, code: option.code + 1 }));
    expect(await reasonOf(encoded('given', { options }))).toBe(
      'recorded with options 1,2,3,4, asked with 2,3,4,5',
    );
  });

  it('notices another tokenizer by the number of tokens, where there is one', async () => {
    expect(await reasonOf(encoded('given', {}, [7, 8]))).toContain('recorded with another number of tokens');
    expect(await reasonOf(encoded('given', {}, []))).toBeNull();
  });

  it('hands on why a reading has no score', async () => {
    const unscored = {
      status: 'unscored' as const,
      reason: 'letters merge',
      optionMass: null,
      optionCodes: [],
    };
    expect(await reasonOf(encoded('given'), unscored)).toBe('letters merge');
  });

  it('refuses two readings of one prompt', () => {
    expect(() => replayModel('twice', [recorded, { ...recorded }], 'x')).toThrow(
      'Opening the recorded model "twice": the reading ["Q900","NLD","last","given","plain"] is there more than once.',
    );
  });

  it('refuses what was not recorded at all', async () => {
    const message =
      'Asking the recorded model "recorded" for texts: only its readings of options were recorded.';
    await expect(model.generate([1], { tokens: 1 })).rejects.toThrow(message);
    await expect(model.continuationLogProbs([[1]], [[[2]]])).rejects.toThrow(message);
  });

  it('plans every prompt once, a few thousand at a time, without cost', async () => {
    const many = await model.plan(Array.from({ length: 4500 }, () => encoded('given')));
    expect(many.cost).toBeNull();
    expect(many.units.map(({ prompts }) => prompts.length)).toEqual([2000, 2000, 500]);
    expect(many.units.flatMap(({ prompts }) => prompts)).toEqual(Array.from({ length: 4500 }, (_, i) => i));
    expect((await model.plan([])).units).toEqual([]);
  });
});
