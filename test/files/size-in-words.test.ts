import { expect, it } from 'vitest';
import { sizeInWords } from '../../lib/files/size-in-words.js';

it.each([
  [0, '0.0 MB'],
  [49_999, '0.0 MB'],
  [50_000, '0.1 MB'],
  [538_090_408, '538.1 MB'],
  [999_949_999, '999.9 MB'],
  [999_950_000, '1.0 GB'],
  [1_600_000_000, '1.6 GB'],
  [1_234_500_000_000, '1,234.5 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
