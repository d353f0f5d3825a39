import { expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { floatingPointOperations, packedRowWork, wholePromptWork } from './floating-point-operations.js';
import { layerParameters, readModelShape } from './model-shape.js';

const shape = {
  layers: 3,
  hiddenSize: 10,
  feedForwardSize: 20,
  heads: 2,
  keyValueHeads: 1,
  headSize: 4,
  vocabularySize: 100,
};

it('counts two operations for every weight, pair and output row', () => {
  // Query 10 x 8, key and value 10 x 4 each, output 8 x 10, three of 10 x 20: 840 weights a layer.
  expect(layerParameters(shape)).toBe(840);
  const none = { tokens: 0, attentionPairs: 0, outputRows: 0, tokensPerRun: 1 };
  expect(floatingPointOperations(shape, { ...none, tokens: 7 })).toBe(2 * 3 * 840 * 7);
  // Q·K and P·V: a multiplication and an addition for each of 4 numbers of 2 heads of 3 layers, twice.
  expect(floatingPointOperations(shape, { ...none, attentionPairs: 5 })).toBe(2 * 2 * 4 * 2 * 3 * 5);
  expect(floatingPointOperations(shape, { ...none, outputRows: 9 })).toBe(2 * 10 * 100 * 9);
});

it('counts whole prompts and packed rows by what goes through the layers', () => {
  expect(wholePromptWork([3, 5], { runs: 2, outputRows: 'all' })).toEqual({
    tokens: 8,
    attentionPairs: 9 + 25,
    outputRows: 8,
    tokensPerRun: 4,
  });
  expect(wholePromptWork([3, 5], { runs: 1, outputRows: 'last' }).outputRows).toBe(2);
  expect(packedRowWork([6, 2], 11)).toEqual({
    tokens: 8,
    attentionPairs: 36 + 4,
    outputRows: 11,
    tokensPerRun: 4,
  });
});

it('finds the parameters that the card of a model states', () => {
  const mini = readModelShape(projectPath('data', 'models', 'mini', 'mini-600k'));
  // data/models/mini/README.md: 603,008 without the embedding, of which norms: two a layer and a last one, 128 each.
  expect(mini.layers * layerParameters(mini)).toBe(603_008 - 7 * 128);
});
