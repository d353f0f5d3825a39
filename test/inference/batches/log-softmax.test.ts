import { describe, expect, it } from 'vitest';
import { logitRow, logSoftmax, topTokens } from '../../../lib/inference/batches/log-softmax.js';
import { logSumExp } from '../../../lib/inference/read-options.js';

const tensor = (type: string, data: unknown, dims: number[]) =>
  ({ type, data, dims }) as unknown as Parameters<typeof logitRow>[0];

describe('logSoftmax', () => {
  it('gives the logarithms of probabilities that sum to 1', () => {
    // exp(0) : exp(ln 2) : exp(ln 5) = 1 : 2 : 5, so p = 1/8, 2/8, 5/8
    const result = logSoftmax(Float64Array.of(0, Math.log(2), Math.log(5)));
    expect([...(result ?? [])].map(Math.exp)).toEqual([
      expect.closeTo(1 / 8, 14),
      expect.closeTo(2 / 8, 14),
      expect.closeTo(5 / 8, 14),
    ]);
  });

  it('does not overflow on large logits', () => {
    expect(logSoftmax(Float64Array.of(1000, 1000))?.[0]).toBeCloseTo(-Math.LN2, 12);
  });

  it('lets an export mask tokens with minus infinity', () => {
    expect([...(logSoftmax(Float64Array.of(0, Number.NEGATIVE_INFINITY)) ?? [])]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  it.each([
    ['NaN', [0, Number.NaN]],
    ['plus infinity', [0, Number.POSITIVE_INFINITY]],
    ['nothing but minus infinity', [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ])('is undefined for %s', (_, logits) => {
    expect(logSoftmax(Float64Array.from(logits))).toBeNull();
  });
});

describe('logitRow', () => {
  it('counts positions from the end', () => {
    // Two rows of three positions over a vocabulary of two.
    const data = Float32Array.from({ length: 12 }, (_, index) => index);
    const logits = tensor('float32', data, [2, 3, 2]);
    expect([...logitRow(logits, 1, 0)]).toEqual([10, 11]);
    expect([...logitRow(logits, 0, 2)]).toEqual([0, 1]);
  });

  it('widens float16 exactly', () => {
    // IEEE half precision: 0x3c00 = 1, 0xc000 = -2, 0x0001 = 2^-24, 0x7bff = 65504
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff);
    expect([...logitRow(tensor('float16', bits, [1, 1, 4]), 0, 0)]).toEqual([1, -2, 2 ** -24, 65_504]);
  });

  it('refuses other types', () => {
    const logits = tensor('int8', new Int8Array(2), [1, 1, 2]);
    expect(() => logitRow(logits, 0, 0)).toThrow('element type int8 is not supported');
  });
});

describe('topTokens', () => {
  it('sorts by log-probability, equal ones by id', () => {
    const logProbs = Float64Array.of(-3, -1, -2, -1, -9);
    expect(topTokens(logProbs, 3).map((token) => token.tokenId)).toEqual([1, 3, 2]);
  });

  it('returns fewer where the vocabulary is smaller', () => {
    expect(topTokens(Float64Array.of(-1, -0.5), 5)).toEqual([
      { tokenId: 1, logProb: -0.5 },
      { tokenId: 0, logProb: -1 },
    ]);
  });
});

describe('logSumExp', () => {
  it('adds probabilities', () => {
    expect(logSumExp([Math.log(0.2), Math.log(0.3)])).toBeCloseTo(Math.log(0.5), 14);
  });

  it('never claims more than all of the mass', () => {
    expect(logSumExp([Math.log(0.5), Math.log(0.5 + 1e-12)])).toBe(0);
  });
});
