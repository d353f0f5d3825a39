import { expect, it } from 'vitest';
import { listOption, listOptionOf } from './list-option.js';

it('reads names separated by commas', () => {
  expect(listOption('Q57, Q164')).toEqual(['Q57', 'Q164']);
  expect(() => listOption('Q57,,Q164')).toThrow('Expected names separated by commas.');
});

it('refuses a name that is not known, and lists those that are', () => {
  const peers = listOptionOf(['ours', 'ort']);
  expect(peers('ort,ours')).toEqual(['ort', 'ours']);
  expect(() => peers('ours,vllm')).toThrow('There is no "vllm". Expected some of ours, ort.');
});
