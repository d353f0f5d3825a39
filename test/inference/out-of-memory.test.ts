import { create, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { ModelProtoSchema } from '../../lib/inference/graph/onnx_pb.js';
import { OutOfMemory, runError } from '../../lib/inference/session.js';

const INT64 = 7;
const FLOAT = 1;

/** A graph that makes a tensor as large as it is told: y = ConstantOfShape(shape). */
function graphOfAnySize(): Uint8Array {
  const tensor = (elemType: number, rank: number) => ({
    type: { tensorType: { elemType, shape: { dim: Array.from({ length: rank }, () => ({})) } } },
  });
  const model = toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      opsetImport: [{ domain: '', version: 13n }],
      graph: {
        node: [{ opType: 'ConstantOfShape', input: ['shape'], output: ['y'] }],
        input: [{ name: 'shape', ...tensor(INT64, 1) }],
        output: [{ name: 'y', ...tensor(FLOAT, 3) }],
      },
    }),
  );
  // The number of the format's version (field 1) is not part of our own definition.
  return Uint8Array.of(0x08, 0x08, ...model);
}

const failure = async (run: () => Promise<unknown>): Promise<unknown> =>
  run().then(
    () => null,
    (error: unknown) => error,
  );

describe('a run that memory does not hold', () => {
  it("is told apart by onnxruntime's own words", async () => {
    const session = await InferenceSession.create(graphOfAnySize(), { logSeverityLevel: 4 });
    const shape = new Tensor('int64', BigInt64Array.of(100_000n, 100_000n, 10_000n), [3]);
    const error = runError('x.onnx', 'one row', await failure(() => session.run({ shape })));
    expect(error).toBeInstanceOf(OutOfMemory);
    expect(error.message).toContain('Running the graph x.onnx on one row: onnxruntime says');
    await session.release();
  });

  it('is told apart where the mask itself cannot be had', async () => {
    const error = await failure(async () => new Float32Array(2 ** 40));
    expect(runError('x.onnx', 'one row', error)).toBeInstanceOf(OutOfMemory);
  });

  it.each([
    'Failed to allocate memory for requested buffer of size 4294967296',
    'CUDA failure 2: out of memory ; GPU=0',
    'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0',
  ])("is told apart in CUDA's words: %s", (words) => {
    expect(runError('x.onnx', 'one row', new Error(words))).toBeInstanceOf(OutOfMemory);
  });

  it('is not what other failures are taken for', () => {
    expect(runError('x.onnx', 'one row', new Error('Invalid rank for input'))).not.toBeInstanceOf(
      OutOfMemory,
    );
  });
});
