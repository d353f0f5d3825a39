import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import type { OpenedModel } from '../../lib/runs/models/model-source.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import { answerTextIds } from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import type { EncodedPrompt, Prompt } from '../../lib/types.js';

interface Input {
  readonly model: string;
  readonly generateTokens: number;
  readonly prompts: readonly { text: string; letters: readonly string[]; continuations: readonly string[] }[];
}
interface Expected {
  readonly prompts: readonly {
    readonly tokenIds: readonly number[];
    readonly letterTokenIds: readonly number[];
    readonly letterLogProbs: readonly number[];
    readonly letterLogMass: number;
    readonly continuations: readonly { readonly logProb: number; readonly tokens: number }[];
    readonly greedy: readonly number[];
  }[];
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(projectPath('test', 'oracle', 'bundled', name), 'utf8')) as T;

// transformers in float32 against onnxruntime in float32: rounding alone.
const TOLERANCE = 1e-4;

describe.each(['mini-100k', 'mini-600k'])('%s against Python transformers', (name) => {
  it('has its oracle', () => {
    expect(existsSync(projectPath('test', 'oracle', 'bundled', `${name}.expected.json`))).toBe(true);
  });

  const input = read<Input>(`${name}.input.json`);
  const expected = read<Expected>(`${name}.expected.json`);
  const folder = projectPath(input.model);
  const tokenizer = loadTokenizer(folder);
  let opening: Promise<OpenedModel> | undefined;
  const open = (): Promise<OpenedModel> => {
    opening ??= openModelFolder(folder, { provider: 'cpu' });
    return opening;
  };
  afterAll(async () => (await opening)?.model.close());

  const prompts = input.prompts.map(
    ({ text, letters }): Prompt => ({
      variable: 'Q0',
      country: null,
      template: 'oracle',
      order: 'given',
      format: 'plain',
      text,
      options: letters.map((letter, code) => ({ letter, code, label: letter })),
    }),
  );
  const encodeAll = async (): Promise<EncodedPrompt[]> => {
    const { encode } = await open();
    return prompts.map((prompt) => {
      const result = encode(prompt);
      if (result.kind !== 'encoded') {
        throw new Error(result.reason);
      }
      return result.encoded;
    });
  };

  it('token ids of prompts and option letters are the same', async () => {
    const encoded = await encodeAll();
    expect(encoded.map(({ tokenIds }) => tokenIds)).toEqual(expected.prompts.map(({ tokenIds }) => tokenIds));
    expect(encoded.map(({ optionTokens }) => optionTokens.map((token) => token.tokenId))).toEqual(
      expected.prompts.map(({ letterTokenIds }) => letterTokenIds),
    );
  });

  it('log-probabilities of all options and their mass agree to 1e-4', async () => {
    const readings = await (await open()).model.optionLogProbs(await encodeAll());
    const differences = readings.flatMap((reading, index) => {
      const wanted = expected.prompts[index];
      if (reading.kind !== 'read' || wanted === undefined) {
        throw new Error(`prompt ${index} was not read`);
      }
      return [
        Math.abs(reading.optionLogMass - wanted.letterLogMass),
        ...reading.optionLogProbs.map((one, place) =>
          Math.abs(one - (wanted.letterLogProbs[place] ?? Number.NaN)),
        ),
      ];
    });
    expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
  });

  it('sums over answer texts agree to 1e-4 a token', async () => {
    const { model } = await open();
    const encoded = await encodeAll();
    const ids = prompts.map((prompt, index) =>
      (input.prompts[index]?.continuations ?? []).map((text) => answerTextIds(tokenizer, prompt, text) ?? []),
    );
    const sums = await model.continuationLogProbs(
      encoded.map(({ tokenIds }) => tokenIds),
      ids,
    );
    for (const [index, own] of sums.entries()) {
      for (const [place, { logProb, tokens }] of own.entries()) {
        const wanted = expected.prompts[index]?.continuations[place];
        expect(tokens).toBe(wanted?.tokens);
        expect(Math.abs(logProb - (wanted?.logProb ?? Number.NaN)) / tokens).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('greedy answers are the same tokens', async () => {
    const { model } = await open();
    for (const [index, { tokenIds }] of (await encodeAll()).entries()) {
      const answer = await model.generate(tokenIds, { tokens: input.generateTokens });
      expect(answer).toEqual(expected.prompts[index]?.greedy);
    }
  });
});
