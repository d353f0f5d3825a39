import { appendFileSync, copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { editModel } from '../../../lib/inference/graph/edit-graph.js';
import { readModelFile } from '../../../lib/inference/graph/model-file.js';
import { attributeOf } from '../../../lib/inference/graph/nodes.js';
import { type GraphProto, ModelProtoSchema } from '../../../lib/inference/graph/onnx_pb.js';
import { readModelSettings } from '../../../lib/inference/model-settings.js';
import { realFolder, requireWeights } from '../../real/reference.js';
import { differences, editIn, requireEdited, TOP_TOKENS } from './exports.js';
import {
  layOut,
  type Mutation,
  type OpenGraph,
  openEdited,
  openUnedited,
  readAlone,
  readRow,
  type Sequence,
} from './tree-reader.js';

requireWeights();

const TOLERANCE = 1e-4;
const CLEARLY_WRONG = 0.2;
const LISTED = [0, 12, 28, 33, 253, 330, 398, 1000, 5000, 20_000, 49_151];
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'positions counted along the row': { positions: (_, place) => place },
  'a sibling branch visible': { sees: (place, other, should) => should || other < place },
  'an ancestor hidden': { sees: (place, other, should) => should && !(other === 2 && place > 12) },
  'the place before read': { read: (place) => Math.max(0, place - 1) },
};

// A stem of 60 tokens, tails of 1 to 5, branches on branches, and a second root.
const stem = Array.from({ length: 60 }, (_, place) => 100 + ((place * 7919) % 30_000));
const limb = [...stem, 281, 260, 1543];
const SEQUENCES: readonly Sequence[] = [
  stem,
  [...stem, 347],
  [...stem, 347, 30],
  [...stem, 5061, 17, 28],
  [...limb, 42],
  [...limb, 42, 1029, 33],
  [...limb, 9, 8, 7, 6, 5],
  [504, 3575, 282, 4649, 314],
];
const folderOf = (name: string): string => join(realFolder, 'out', name);

async function aloneOn(graph: OpenGraph): Promise<number[][]> {
  const alone: number[][] = [];
  for (const sequence of SEQUENCES) {
    alone.push(await readAlone(graph, sequence, LISTED));
  }
  return alone;
}

describe.each(['plain-fp32', 'genai-fp32'])('SmolLM2-135M-Instruct, %s', (name) => {
  it('says in a packed row what it says of each sequence alone', async () => {
    const folder = folderOf(name);
    const headSize = readModelSettings(folder).headSize ?? 0;
    const start = performance.now();
    const edit = requireEdited(editIn(folder));
    const milliseconds = performance.now() - start;
    const alone = await aloneOn(await openUnedited(join(folder, 'model.onnx'), headSize));
    const graph = await openEdited(edit, headSize);
    const row = layOut(SEQUENCES);
    const { logProbs } = await readRow(graph, edit, row, { tokens: LISTED });
    const largest = differences(logProbs, alone).at(-1) ?? Number.NaN;
    console.log(
      `${name}: edited in ${milliseconds.toFixed(0)} ms, largest difference ${largest.toExponential(1)} nats`,
    );
    expect(edit.report).toMatchObject({ layers: 30, pickedFrom: 'hidden states' });
    expect(largest).toBeLessThan(TOLERANCE);
    for (const mutation of Object.values(MUTATIONS)) {
      const wrong = await readRow(graph, edit, row, { tokens: LISTED, mutation });
      expect(differences(wrong.logProbs, alone).at(-1)).toBeGreaterThan(CLEARLY_WRONG);
    }
  });
});

describe('a graph of more than 1 GB that holds its weights itself', () => {
  it('is edited in less than 2 seconds, without reading them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'large-graph-'));
    try {
      for (const name of ['config.json', 'tokenizer.json']) {
        copyFileSync(join(folderOf('plain-fp32'), name), join(folder, name));
      }
      const path = join(folder, 'model.onnx');
      copyFileSync(join(folderOf('plain-fp32'), 'model.onnx'), path);
      appendWeights(path, 2 ** 29);
      expect(statSync(path).size).toBeGreaterThan(2 ** 30);
      const start = performance.now();
      const edit = requireEdited(editIn(folder));
      const seconds = (performance.now() - start) / 1000;
      console.log(
        `${(statSync(path).size / 1e9).toFixed(2)} GB in one file: edited in ${seconds.toFixed(2)} s`,
      );
      expect(edit.report.layers).toBe(30);
      expect(seconds).toBeLessThan(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Appends a float32 tensor of zeros that no node reads. In protobuf a second `graph` field continues the first. */
function appendWeights(path: string, bytes: number): void {
  const tensor = Buffer.concat([
    ...[
      lengthDelimited(1, varint(bytes / 4)),
      Buffer.from([0x10, 1]),
      lengthDelimited(8, Buffer.from('ballast')),
    ],
    ...[Buffer.from([(9 << 3) | 2]), varint(bytes)],
  ]);
  const initializer = Buffer.concat([Buffer.from([(5 << 3) | 2]), varint(tensor.length + bytes), tensor]);
  const graph = Buffer.concat([Buffer.from([(7 << 3) | 2]), varint(initializer.length + bytes), initializer]);
  appendFileSync(path, graph);
  truncateSync(path, statSync(path).size + bytes);
}

function lengthDelimited(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | 128);
  }
  return Buffer.from([...bytes, rest]);
}

describe('SmolLM2-135M-Instruct, genai-int4', () => {
  // Activations are rounded to int8 on the way into each product (accuracy level 4), and a difference in the seventh digit
  // before 30 layers of rounding comes out as tenths of a nat. Computed in float32 (level 1), the edit must be exact.
  it('says in a packed row what it says of each sequence alone, but for the rounding of activations', async () => {
    const folder = folderOf('genai-int4');
    const headSize = readModelSettings(folder).headSize ?? 0;
    const file = readModelFile(join(folder, 'model.onnx'));
    for (const node of (file.model.graph as GraphProto).node) {
      const level = attributeOf(node, 'accuracy_level');
      if (level !== undefined) {
        level.i = 1n;
      }
    }
    const session = await InferenceSession.create(toBinary(ModelProtoSchema, file.model), {
      extra: { session: { model_external_initializers_file_folder_path: file.weightsFolder } },
    });
    const alone = await aloneOn({ session, headSize });
    const edit = requireEdited(editModel(file, { ...readModelSettings(folder), topTokens: TOP_TOKENS }));
    const { logProbs } = await readRow(await openEdited(edit, headSize), edit, layOut(SEQUENCES), {
      tokens: LISTED,
    });
    const largest = differences(logProbs, alone).at(-1);
    expect(largest).toBeLessThan(TOLERANCE);

    const rounded = requireEdited(editIn(folder));
    const roundedAlone = await aloneOn(await openUnedited(join(folder, 'model.onnx'), headSize));
    const packed = await readRow(await openEdited(rounded, headSize), rounded, layOut(SEQUENCES), {
      tokens: LISTED,
    });
    const spread = differences(packed.logProbs, roundedAlone);
    console.log(
      `genai-int4: largest difference ${largest?.toExponential(1)} nats with float32 activations; with int8 activations ` +
        `median ${spread[spread.length >> 1]?.toFixed(2)}, largest ${spread.at(-1)?.toFixed(2)}`,
    );
  });
});
