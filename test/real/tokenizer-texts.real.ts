import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import { exportersPython } from '../support/exporters-python.js';
import { bothIds, texts } from '../tokenization/family-fixtures.js';
import { realFolder, requireWeights } from './reference.js';

requireWeights();

const folder = join(realFolder, 'out', 'hf');
const PROGRAM = `
import json, sys, tokenizers
tokenizer = tokenizers.Tokenizer.from_file(sys.argv[1])
texts = json.load(sys.stdin)
print(json.dumps([{"plain": tokenizer.encode(text, add_special_tokens=False).ids, "special": tokenizer.encode(text).ids} for text in texts]))
`;

it('gives every text in twenty scripts the ids of Python tokenizers', () => {
  const run = spawnSync(exportersPython, ['-c', PROGRAM, join(folder, 'tokenizer.json')], {
    ...{ encoding: 'utf8', input: JSON.stringify(texts), maxBuffer: 2 ** 28 },
  });
  expect(run.stderr).toBe('');
  const expected = JSON.parse(run.stdout) as ReturnType<typeof bothIds>[];
  const tokenizer = loadTokenizer(folder);
  expect(expected).toHaveLength(texts.length);
  expect(
    texts.filter(
      (text, index) => JSON.stringify(bothIds(tokenizer, text)) !== JSON.stringify(expected[index]),
    ),
  ).toEqual([]);
  // The comparison can fail: other texts have other ids.
  expect(
    texts.filter(
      (text, index) =>
        text !== '' && JSON.stringify(bothIds(tokenizer, `${text}x`)) === JSON.stringify(expected[index]),
    ),
  ).toEqual([]);
});
