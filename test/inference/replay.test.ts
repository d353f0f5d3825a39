import { describe, expect, it } from 'vitest';
import { replayModel } from '../../lib/inference/replay.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { makeReading } from '../../lib/scoring/make-reading.js';
import type { EncodedPrompt, OptionOrder } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';
import { answerWith } from '../support/fake-source.js';

function encoded(order: OptionOrder, text?: string): EncodedPrompt {
  const prompt = renderPrompt({ item: trustItem, template: lastTemplate, country: netherlands, order });
  return { prompt: text === undefined ? prompt : { ...prompt, text }, tokenIds: [1], optionTokens: [] };
}

const recorded = makeReading({
  model: 'm',
  item: trustItem,
  prompt: encoded('given').prompt,
  tokenIds: [1],
  optionTokens: [0, 1, 2, 3].map((tokenId) => ({ tokenId, text: 'x' })),
  result: answerWith([0.4, 0.2, 0.1, 0.1]),
  tokenText: String,
});
const model = replayModel('recorded', [recorded], 'abc');

describe('replayModel', () => {
  it('answers as was recorded', async () => {
    const [reading] = await model.optionLogProbs([encoded('given')]);
    expect(reading).toMatchObject({ kind: 'read', optionLogProbs: [0.4, 0.2, 0.1, 0.1].map(Math.log) });
    expect(reading?.kind === 'read' && Math.exp(reading.optionLogMass)).toBeCloseTo(0.8, 12);
  });

  it('cannot be read where nothing was recorded, or the wording has changed since', async () => {
    const [other, reworded] = await model.optionLogProbs([
      encoded('reversed'),
      encoded('given', 'another text'),
    ]);
    expect(other).toEqual({ kind: 'unreadable', reason: 'this prompt was not recorded' });
    expect(reworded).toEqual({ kind: 'unreadable', reason: 'recorded with another wording of the prompt' });
  });

  it('hands on why a reading has no score', async () => {
    const unscored = { ...recorded, status: 'unscored' as const, reason: 'letters merge', optionMass: null };
    const [reading] = await replayModel('r', [unscored], 'x').optionLogProbs([encoded('given')]);
    expect(reading).toEqual({ kind: 'unreadable', reason: 'letters merge' });
  });

  it('refuses what was not recorded at all', async () => {
    await expect(model.generate([1], { tokens: 1 })).rejects.toThrow(
      'Asking the recorded model "recorded" for texts: only option letters were recorded.',
    );
  });

  it('plans everything as one unit, and nothing as none', () => {
    expect(model.plan([encoded('given'), encoded('reversed')]).units).toEqual([{ prompts: [0, 1] }]);
    expect(model.plan([]).units).toEqual([]);
  });
});
