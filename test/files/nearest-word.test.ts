import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../lib/files/nearest-word.js';

const FIELDS = ['items', 'templates', 'memoryMegabytes', 'join', 'readings'];

describe('nearestWord', () => {
  it.each([
    // One letter left out of nine.
    ['template', 'templates'],
    // Nothing but case: a distance of 0.
    ['memorymegabytes', 'memoryMegabytes'],
    // Two letters in the wrong order are two replacements of eight.
    ['raedings', 'readings'],
    // One letter put in of five.
    ['joins', 'join'],
    ['items', 'items'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearestWord(word, FIELDS)).toBe(meant);
  });

  it('says nothing where more than a third is another word', () => {
    // "jain" is one of four from "join"; "jaan" two of four.
    expect(nearestWord('jain', FIELDS)).toBe('join');
    expect(nearestWord('jaan', FIELDS)).toBeNull();
    expect(nearestWord('temperature', FIELDS)).toBeNull();
    expect(nearestWord('x', [])).toBeNull();
  });

  it('takes the nearest of several', () => {
    expect(nearestWord('graphs', ['graves', 'graph'])).toBe('graph');
  });
});
