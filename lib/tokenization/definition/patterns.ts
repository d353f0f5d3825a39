import type { Part } from './tokenizer-file.js';

// Python's own classes of characters. Tables of Unicode differ in age: letters of Unicode 17 are none yet in tokenizers
// 0.23.3, and 143 signs of punctuation that came or moved after Unicode 8 count there as they did then.
export const PUNCTUATION = '[!-/:-@\\[-`{-~\\p{P}]';
export const NUMBER = '\\p{N}';
export const WHITE_SPACE = '\\p{White_Space}';
export const WORD_LETTERS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200C\\u200D';
/** The cuts of ByteLevel, made for GPT-2. */
export const GPT2_WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** A pattern that matches a text as it is written. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/&-]/g, '\\$&');
}

/** Cuts before and after each match; with `matches` alone what lies between them is dropped. */
export function cutAt(pattern: string, keep: 'everything' | 'gaps' | 'matches' = 'everything'): Part {
  return {
    type: 'Split',
    pattern: { Regex: pattern },
    behavior: keep === 'everything' ? 'Isolated' : 'Removed',
    invert: keep === 'matches',
  };
}
