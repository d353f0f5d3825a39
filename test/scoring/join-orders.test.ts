import { describe, expect, it } from 'vitest';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { scoreCells } from '../../lib/scoring/join-orders.js';
import { makeReading } from '../../lib/scoring/make-reading.js';
import type { OptionOrder, OptionReading, Reading } from '../../lib/types.js';
import { lastTemplate, netherlands, trustItem } from '../support/examples.js';

const items = new Map([[trustItem.variable, trustItem]]);
const both = { orders: ['given', 'reversed'], join: 'log-probabilities' } as const;

function reading(order: OptionOrder, result: OptionReading): Reading {
  const prompt = renderPrompt({ item: trustItem, template: lastTemplate, country: netherlands, order });
  const optionTokens = prompt.options.map((_, index) => ({ tokenId: 50 + index, text: ' x' }));
  const tokenText = (tokenId: number): string => `<${tokenId}>`;
  return makeReading({
    model: 'm',
    item: trustItem,
    prompt,
    tokenIds: [1, 2],
    optionTokens,
    result,
    tokenText,
  });
}

const read = (probabilities: readonly number[]): OptionReading => ({
  kind: 'read',
  optionLogProbs: probabilities.map(Math.log),
  optionLogMass: Math.log(probabilities.reduce((sum, one) => sum + one, 0)),
  topTokens: [{ tokenId: 50, logProb: Math.log(probabilities[0] ?? 1) }],
});

describe('makeReading', () => {
  it('keeps the evidence: raw log-probabilities, mass, p̂, mean score, tokens', () => {
    const one = reading('given', read([0.2, 0.1, 0.05, 0.05]));
    // p̂ = .5, .25, .125, .125; mean = .5 + .25/3 - .125/3 - .125 = .41667
    expect(one.optionMass).toBeCloseTo(0.4, 14);
    expect(one.meanScore).toBeCloseTo(0.5 + 0.25 / 3 - 0.125 / 3 - 0.125, 14);
    expect(one.topTokens[0]?.text).toBe('<50>');
    expect(one.tokenCount).toBe(2);
    expect(one.status).toBe('scored');
  });

  it('keeps the reason where there is no score, and no number at all', () => {
    const one = reading('given', { kind: 'unreadable', reason: 'NaN' });
    expect(one).toMatchObject({ status: 'unscored', reason: 'NaN', meanScore: null, optionMass: null });
    expect(one.optionLogProbs).toEqual([]);
  });
});

describe('scoreCells', () => {
  it('averages log-probabilities of each option over the orders, then renormalises', () => {
    // given: codes 1..4 = .4 .3 .2 .1; reversed: shown 4,3,2,1 = .4 .3 .2 .1, so codes 1..4 = .1 .2 .3 .4
    // geometric means: sqrt(.04) = .2, sqrt(.06), sqrt(.06), .2: symmetric, so the mean score is 0
    const [cell] = scoreCells(
      [reading('given', read([0.4, 0.3, 0.2, 0.1])), reading('reversed', read([0.4, 0.3, 0.2, 0.1]))],
      items,
      both,
    );
    expect(cell?.meanScore).toBeCloseTo(0, 14);
    const total = 0.4 + 2 * Math.sqrt(0.06);
    expect(cell?.probabilities[0]).toEqual({ code: 1, share: expect.closeTo(0.2 / total, 14) });
    // Mean scores .33 and -.33: the gap is twice that.
    expect(cell?.orderGap).toBeCloseTo(2 * (0.4 + 0.1 - 0.2 / 3 - 0.1), 12);
  });

  it('cancels a bias for the first place exactly for two options', () => {
    const item = {
      ...trustItem,
      options: trustItem.options.filter((option) => [1, 4].includes(option.code)),
    };
    const bias = 3;
    const truth = Math.log(0.7 / 0.3);
    const biased = (order: OptionOrder): Reading => {
      const prompt = renderPrompt({ item, template: lastTemplate, country: netherlands, order });
      const logits = prompt.options.map(
        (option, index) => (option.code === 1 ? truth : 0) + (index === 0 ? bias : 0),
      );
      const total = Math.log(logits.reduce((sum, one) => sum + Math.exp(one), 0));
      const optionLogProbs = logits.map((one) => one - total);
      const result: OptionReading = { kind: 'read', optionLogProbs, optionLogMass: 0, topTokens: [] };
      return makeReading({
        model: 'm',
        item,
        prompt,
        tokenIds: [1],
        optionTokens: [],
        result,
        tokenText: String,
      });
    };
    const [cell] = scoreCells([biased('given'), biased('reversed')], new Map([[item.variable, item]]), both);
    // p̂ of "+1" is .7 again, so the mean score is .7 - .3
    expect(cell?.meanScore).toBeCloseTo(0.4, 12);
  });

  it('leaves half of the bias at both ends of more than two options: no direction, but a size', () => {
    // Uniform truth and 3 nats for the first place: joined log p = 1.5, 0, 0, 1.5 up to a constant.
    const biased = Array.from({ length: 4 }, (_, place) => Math.exp(place === 0 ? 3 : 0) / (Math.exp(3) + 3));
    const [cell] = scoreCells(
      [reading('given', read(biased)), reading('reversed', read(biased))],
      items,
      both,
    );
    const end = Math.exp(1.5) / (2 * Math.exp(1.5) + 2);
    expect(cell?.probabilities.map(({ share }) => share)).toEqual(
      [end, 0.5 - end, 0.5 - end, end].map((one) => expect.closeTo(one, 12)),
    );
  });

  it('takes the order gap from the item as it is now, like the mean score', () => {
    const flipped = {
      ...trustItem,
      options: trustItem.options.map((option) => ({ ...option, score: -(option.score ?? 0) })),
    };
    const readings = [
      reading('given', read([0.4, 0.3, 0.2, 0.1])),
      reading('reversed', read([0.4, 0.3, 0.2, 0.1])),
    ];
    const [before] = scoreCells(readings, items, both);
    const [after] = scoreCells(readings, new Map([[flipped.variable, flipped]]), both);
    expect(after?.orderGap).toBeCloseTo(-(before?.orderGap ?? Number.NaN), 12);
  });

  it('refuses readings of two templates in one go', () => {
    const one = reading('given', read([0.4, 0.3, 0.2, 0.1]));
    expect(() => scoreCells([one, { ...one, template: 'other' }], items, both)).toThrow(
      'the readings differ in template (last, other). Expected readings of one model, template, format and kind',
    );
  });

  it('refuses letters and answer texts in one go, in one order or in two', () => {
    const one = reading('given', read([0.4, 0.3, 0.2, 0.1]));
    const text: Reading = { ...one, readingKind: 'answer-text', order: 'reversed' };
    expect(() => scoreCells([one, text], items, both)).toThrow(
      'the readings differ in readingKind (letter, answer-text). Expected readings of one model, template, format and kind',
    );
  });

  it('has no option mass where the readings have none, as answer texts', () => {
    const texts = (['given', 'reversed'] as const).map(
      (order): Reading => ({
        ...reading(order, read([0.4, 0.3, 0.2, 0.1])),
        ...{ readingKind: 'answer-text', optionMass: null },
      }),
    );
    expect(scoreCells(texts, items, both)).toMatchObject([{ status: 'scored', optionMass: null }]);
  });

  it('averages probabilities where that is asked for', () => {
    const readings = [
      reading('given', read([0.4, 0.3, 0.2, 0.1])),
      reading('reversed', read([0.1, 0.2, 0.3, 0.4])),
    ];
    const [cell] = scoreCells(readings, items, { ...both, join: 'probabilities' });
    expect(cell?.probabilities.map(({ share }) => share)).toEqual(
      [0.4, 0.3, 0.2, 0.1].map((one) => expect.closeTo(one, 14)),
    );
  });

  it('is unscored where an order is missing or unscored, and says which', () => {
    const given = reading('given', read([0.4, 0.3, 0.2, 0.1]));
    expect(scoreCells([given], items, both)[0]?.reason).toBe('no reading with the options reversed');
    const bad = reading('reversed', { kind: 'unreadable', reason: 'letters merge' });
    expect(scoreCells([given, bad], items, both)[0]).toMatchObject({
      status: 'unscored',
      reason: 'letters merge',
      meanScore: null,
    });
  });

  it('needs one order only where a study asks in one', () => {
    const given = reading('given', read([0.4, 0.3, 0.2, 0.1]));
    const [cell] = scoreCells([given], items, { ...both, orders: ['given'] });
    expect(cell).toMatchObject({ status: 'scored', orderGap: null });
  });
});
