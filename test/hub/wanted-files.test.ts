import { describe, expect, it } from 'vitest';
import { isSafeName } from '../../lib/hub/file-names.js';
import { chooseFiles, weightsAt } from '../../lib/hub/wanted-files.js';

const names = (wish: Parameters<typeof chooseFiles>[1], ...all: string[]): string[] => {
  const { sideFiles, graph } = chooseFiles(all, wish, 'a/b at c');
  return [...sideFiles.map(({ name, alsoAt }) => (alsoAt === null ? name : `${name} > ${alsoAt}`)), graph];
};

const TOKENIZER = ['tokenizer.json', 'tokenizer_config.json'];

describe('chooseFiles', () => {
  it('takes configuration, tokenizer, chat template and licence, and no picture, no checkpoint', () => {
    const others = [
      'README.md',
      'model.safetensors',
      'picture.png',
      'special_tokens_map.json',
      'onnx/model_q4.onnx',
    ];
    const wanted = ['LICENSE', 'config.json', 'generation_config.json', ...TOKENIZER, 'chat_template.jinja'];
    expect(names({}, ...others, ...wanted, 'onnx/model.onnx')).toEqual([...wanted, 'onnx/model.onnx']);
  });

  it('takes what belongs to the tokenizer from where the tokenizer is', () => {
    const own = ['cpu/tokenizer.json', 'cpu/tokenizer_config.json'];
    // The template at the top may be of another version than the tokenizer that lies beside the graph.
    expect(names({}, ...own, ...TOKENIZER, 'chat_template.jinja', 'cpu/model.onnx')).toEqual([
      ...own,
      'cpu/model.onnx',
    ]);
    expect(names({}, ...TOKENIZER, 'chat_template.jinja', 'config.json', 'cpu/model.onnx')).toEqual([
      'config.json > cpu/config.json',
      'tokenizer.json > cpu/tokenizer.json',
      'tokenizer_config.json > cpu/tokenizer_config.json',
      'chat_template.jinja > cpu/chat_template.jinja',
      'cpu/model.onnx',
    ]);
  });

  it('leaves a tokenizer in onnx/ there, where it is found, and what it lacks goes beside it', () => {
    expect(names({}, 'onnx/model.onnx', 'onnx/tokenizer.json', 'tokenizer_config.json')).toEqual([
      'onnx/tokenizer.json',
      'tokenizer_config.json > onnx/tokenizer_config.json',
      'onnx/model.onnx',
    ]);
  });

  it('knows by their names what files may hold the weights of the graph, and of no other', () => {
    const weights = ['onnx/model_q4.onnx_data', 'onnx/model_q4.onnx_data_1', 'onnx/model_q4.onnx.data'];
    const all = [...TOKENIZER, 'onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model_q4.onnx', ...weights];
    expect(chooseFiles(all, { dtype: 'q4' }, 'a/b at c').likelyWeights).toEqual(weights);
    expect(chooseFiles(all, {}, 'a/b at c').likelyWeights).toEqual(['onnx/model.onnx_data']);
  });
});

describe('weightsAt', () => {
  it('reads a location relative to the graph', () => {
    expect(weightsAt('w/x.bin', 'onnx/model.onnx', ['onnx/w/x.bin'], 'a/b')).toBe('onnx/w/x.bin');
  });

  it.each([['../x'], ['/etc/passwd'], ['a\\b'], ['']])('refuses "%s"', (location) => {
    expect(() => weightsAt(location, 'onnx/model.onnx', ['x'], 'a/b')).toThrow('leads out of its folder');
  });
});

describe('isSafeName', () => {
  it.each([
    ['a/b.json', true],
    ['.hidden', true],
    ['a..b', true],
    ['../a', false],
    ['a/../b', false],
    ['/a', false],
    ['a//b', false],
    ['C:/a', false],
    ['a\\b', false],
    ['a\u0000b', false],
    ['', false],
    ['a/', false],
  ])('%j: %s', (name, expected) => {
    expect(isSafeName(name)).toBe(expected);
  });
});
