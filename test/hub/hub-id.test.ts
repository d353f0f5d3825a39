import { describe, expect, it } from 'vitest';
import { parseHubId } from '../../lib/hub/hub-id.js';

describe('parseHubId', () => {
  it.each([
    ['onnx-community/Qwen2.5-0.5B-Instruct', { id: 'onnx-community/Qwen2.5-0.5B-Instruct' }],
    ['a/b@main', { id: 'a/b', revision: 'main' }],
    ['a/b@refs/pr/1', { id: 'a/b', revision: 'refs/pr/1' }],
    ['a/b_c.d@v1.0', { id: 'a/b_c.d', revision: 'v1.0' }],
  ])('reads %s', (text, expected) => {
    expect(parseHubId(text)).toEqual(expected);
  });

  it.each([
    ['gpt2', 'it names no organisation. Expected org/name'],
    ['https://huggingface.co/a/b', 'without the address of the hub'],
    ['a/b/c', "it is none of the hub's"],
    ['../b', "it is none of the hub's"],
    ['a/..', "it is none of the hub's"],
    ['a/b--c', "it is none of the hub's"],
    ['a/b c', "it is none of the hub's"],
    ['', "it is none of the hub's"],
    [`a/${'b'.repeat(100)}`, "it is none of the hub's"],
    ['a/b@', 'the revision "" of a/b'],
    ['a/b@../../x', 'the revision "../../x" of a/b'],
    ['a/b@/etc', 'the revision "/etc" of a/b'],
    ['a/b@x\\y', 'the revision "x\\y" of a/b'],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseHubId(text)).toThrow(message);
  });
});
