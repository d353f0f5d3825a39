import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readVersions } from '../../../lib/runs/versions.js';
import type { EncodedPrompt } from '../../../lib/types.js';
import { wholePromptWork } from '../cost/floating-point-operations.js';
import { readModelShape } from '../cost/model-shape.js';
import type { PeerResult } from '../records.js';
import { answerRequest, peakMemoryBytes, secondsOf } from './child-record.js';

// onnxruntime-node as one would use it by hand: whole prompts of equal length in batches, logits read at the last place.
await answerRequest(async ({ settings, repeats }, prompts): Promise<PeerResult> => {
  const optionLogProbs: (readonly number[])[] = prompts.map(() => []);
  const measured: { label: string; seconds: number[] }[] = [];
  for (const { label, model, batches } of settings) {
    const session = await InferenceSession.create(join(model, 'model.onnx'), { executionProviders: ['cpu'] });
    const { headSize } = readModelShape(model);
    const read = async (batch: readonly number[]): Promise<void> => {
      const asked = batch.map((place) => prompts[place] as EncodedPrompt);
      const found = await readBatch(session, headSize, asked);
      for (const [row, place] of batch.entries()) {
        optionLogProbs[place] = found[row] ?? [];
      }
    };
    await read(batches[0] ?? []);
    const seconds: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      seconds.push(
        await secondsOf(async () => {
          for (const batch of batches) {
            await read(batch);
          }
        }),
      );
    }
    measured.push({ label, seconds });
    await session.release();
  }
  return {
    version: `onnxruntime-node ${readVersions()['onnxruntime-node']}`,
    settings: measured,
    work: wholePromptWork(
      prompts.map((prompt) => prompt.tokenIds.length),
      { runs: settings.at(-1)?.batches.length ?? 1, outputRows: 'all' },
    ),
    optionLogProbs,
    planSeconds: null,
    peakMemoryBytes: peakMemoryBytes(),
    notes: [],
  };
});

async function readBatch(
  session: InferenceSession,
  headSize: number,
  prompts: readonly EncodedPrompt[],
): Promise<number[][]> {
  const length = prompts[0]?.tokenIds.length ?? 0;
  const { logits } = await session.run(feedsOf(session, headSize, prompts), ['logits']);
  const values = logits?.data as Float32Array;
  const vocabulary = logits?.dims.at(-1) ?? 0;
  return prompts.map(({ optionTokens }, row) => {
    const start = (row * length + length - 1) * vocabulary;
    const last = values.subarray(start, start + vocabulary);
    const largest = last.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
    const sum = last.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    return optionTokens.map(({ tokenId }) => (last[tokenId] ?? Number.NaN) - largest - Math.log(sum));
  });
}

function feedsOf(
  session: InferenceSession,
  headSize: number,
  prompts: readonly EncodedPrompt[],
): Record<string, Tensor> {
  const length = prompts[0]?.tokenIds.length ?? 0;
  const dims = [prompts.length, length];
  const fill = (value: (row: number, place: number) => number): Tensor => {
    const data = BigInt64Array.from({ length: prompts.length * length }, (_, at) =>
      BigInt(value(Math.floor(at / length), at % length)),
    );
    return new Tensor('int64', data, dims);
  };
  const feeds: Record<string, Tensor> = {};
  for (const input of session.inputMetadata) {
    if (input.name === 'input_ids') {
      feeds[input.name] = fill((row, place) => prompts[row]?.tokenIds[place] ?? 0);
    } else if (input.name === 'attention_mask') {
      feeds[input.name] = fill(() => 1);
    } else if (input.name === 'position_ids') {
      feeds[input.name] = fill((_, place) => place);
    } else if (input.isTensor) {
      const dimsOfCache = [prompts.length, Number(input.shape[1]), 0, headSize];
      feeds[input.name] = new Tensor('float32', new Float32Array(0), dimsOfCache);
    }
  }
  return feeds;
}
