import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { editGraph } from '../../../lib/inference/graph/edit-graph.js';
import { makeNode } from '../../../lib/inference/graph/nodes.js';
import {
  FunctionProtoSchema,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  NodeProtoSchema,
} from '../../../lib/inference/graph/onnx_pb.js';
import { differences, loadExport, requireEdited } from './exports.js';
import { bytesOf, canonical, field, model, text } from './protobuf-bytes.js';
import { layOut, openEdited, openUnedited, readAlone, readRow } from './tree-reader.js';

const folder = mkdtempSync(join(tmpdir(), 'graph-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NO_FACTS = { slidingWindow: null, originalContext: null, topTokens: 5 };

const rewritten = (bytes: Uint8Array): Uint8Array =>
  toBinary(ModelProtoSchema, fromBinary(ModelProtoSchema, bytes));

describe('reading and writing a model', () => {
  it.each([
    'plain',
    'no-position-ids',
    'families/phi3-longrope',
    'families/gpt2-merged',
    'families/llama-int8',
  ])('keeps every field of %s', (name) => {
    const bytes = new Uint8Array(readFileSync(loadExport(name).graph));
    const again = rewritten(bytes);
    expect(again).toHaveLength(bytes.length);
    expect(canonical(again, model)).toEqual(canonical(bytes, model));
  });

  it('keeps what the project has no name for', async () => {
    const known = new Uint8Array(readFileSync(loadExport('plain').graph));
    const note = bytesOf([field(1, text('author')), field(2, text('nobody'))]);
    const training = field(2, field(2, text('algorithm')));
    const local = bytesOf([
      field(1, text('Twice')),
      field(4, text('x')),
      field(5, text('y')),
      field(7, toBinary(NodeProtoSchema, makeNode('Add', { input: ['x', 'x'], output: ['y'] }))),
      field(9, bytesOf([Uint8Array.of(16), Uint8Array.of(18)])),
      field(10, text('local')),
    ]);
    const bytes = bytesOf([
      known,
      field(6, text('a note')),
      field(14, note),
      field(20, training),
      field(25, local),
    ]);
    const again = rewritten(bytes);
    expect(canonical(again, model)).toEqual(canonical(bytes, model));
    const names = async (one: Uint8Array): Promise<unknown> => {
      const { inputMetadata, outputMetadata } = await InferenceSession.create(one);
      return { inputMetadata, outputMetadata };
    };
    expect(await names(again)).toEqual(await names(bytes));
  });
});

describe('a file', () => {
  it('that is a link, as hub caches make them, is edited and loaded all the same', async () => {
    const { graph: path, headSize, listed, sequences } = loadExport('plain');
    const link = join(folder, 'model.onnx');
    symlinkSync(path, link);
    const edit = requireEdited(editGraph(link, NO_FACTS));
    expect(edit.weightsFolder).toBe(dirname(path));
    const graphs = [await openEdited(edit, headSize), await openUnedited(path, headSize)] as const;
    const ids = sequences[0]?.tokenIds ?? [];
    const { logProbs } = await readRow(graphs[0], edit, layOut([ids]), { tokens: listed });
    expect(differences(logProbs, [await readAlone(graphs[1], ids, listed)]).at(-1)).toBeLessThan(1e-4);
  });

  it('is not changed by an edit', () => {
    const path = loadExport('plain').graph;
    const before = readFileSync(path);
    requireEdited(editGraph(path, NO_FACTS));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each<[string, () => Uint8Array | string, RegExp]>([
    [
      'cut short',
      () => readFileSync(loadExport('plain').graph).subarray(0, 150_000),
      /ends at byte \d+, beyond its message/,
    ],
    ['cut inside a number', () => Uint8Array.of(0x3a, 0x80), /at byte 1 a number does not end/],
    ['text', () => 'version https://git-lfs.github.com/spec/v1\n', /at byte \d+/],
    ['JSON', () => '{"model_type": "llama"}', /at byte \d+/],
    ['empty', () => '', /it holds no graph/],
  ])('that is %s is refused with its name, what was found and the way out', (name, content, found) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.onnx`);
    writeFileSync(path, content());
    const edit = (): unknown => editGraph(path, NO_FACTS);
    expect(edit).toThrow(basename(path));
    expect(edit).toThrow(found);
    expect(edit).toThrow(/Expected an ONNX model \(protobuf\)\. The file may be cut short: compare its size/);
  });

  it('whose graph returns no logits, is too old or hides attention in a function is refused by name', () => {
    const write = (name: string, change: (one: ModelProto) => void): string => {
      const path = join(folder, name);
      const one = fromBinary(ModelProtoSchema, readFileSync(loadExport('plain').graph));
      change(one);
      writeFileSync(path, toBinary(ModelProtoSchema, one));
      return path;
    };
    const noLogits = write('no-logits.onnx', ({ graph: g }) => {
      (g as GraphProto).output = (g as GraphProto).output.filter(({ name }) => name !== 'logits');
    });
    expect(editGraph(noLogits, NO_FACTS)).toEqual({
      kind: 'refused',
      reason: 'the graph has no output "logits"',
    });
    const old = write('old.onnx', ({ opsetImport }) => {
      (opsetImport[0] as { version: bigint }).version = 10n;
    });
    expect(editGraph(old, NO_FACTS)).toMatchObject({
      reason: expect.stringMatching(/version 10 .* 11 or later/),
    });
    const hidden = write('function.onnx', (one) => {
      const softmax = makeNode('Softmax', { input: ['x'], output: ['y'] });
      one.functions.push(create(FunctionProtoSchema, { name: 'Attend', node: [softmax] }));
    });
    expect(editGraph(hidden, NO_FACTS)).toMatchObject({
      reason: expect.stringMatching(/^function Attend of the model/),
    });
  });
});
