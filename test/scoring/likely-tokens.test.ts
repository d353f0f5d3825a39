import { describe, expect, it } from 'vitest';
import { likelyTokens } from '../../lib/scoring/likely-tokens.js';
import type { EncodedPrompt, OptionReading, Prompt } from '../../lib/types.js';

const encoded: EncodedPrompt = {
  prompt: {
    options: [
      { letter: 'A', code: 1, label: 'yes' },
      { letter: 'B', code: 2, label: 'no' },
    ],
  } as unknown as Prompt,
  tokenIds: [7, 8],
  optionTokens: [
    { tokenId: 10, text: ' A' },
    { tokenId: 11, text: ' B' },
  ],
};
// "The" .5, " A" .25, and " B" .0625, which is not among the most probable.
const result: Extract<OptionReading, { kind: 'read' }> = {
  kind: 'read',
  optionLogProbs: [Math.log(0.25), Math.log(0.0625)],
  optionLogMass: Math.log(0.3125),
  topTokens: [
    { tokenId: 20, logProb: Math.log(0.5) },
    { tokenId: 10, logProb: Math.log(0.25) },
  ],
};

describe('the likely next tokens', () => {
  const tokens = likelyTokens({ encoded, result, tokenText: (id) => `token ${id}` });

  it('are the most probable ones and every letter, each once, in order', () => {
    expect(tokens.map(({ text, option }) => [text, option])).toEqual([
      ['token 20', null],
      [' A', 'yes'],
      [' B', 'no'],
    ]);
  });

  it('hold the option mass', () => {
    const letters = tokens.filter(({ option }) => option !== null);
    const mass = letters.reduce((sum, { probability }) => sum + probability, 0);
    expect(mass).toBeCloseTo(Math.exp(result.optionLogMass), 12);
  });
});
