import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { chooseReader } from '../../../lib/inference/choose-reader.js';
import { checkGraphFiles } from '../../../lib/inference/graph/check-graph-files.js';
import { externalFiles } from '../../../lib/inference/graph/external-files.js';
import { readModelFile } from '../../../lib/inference/graph/model-file.js';
import { declareTensor } from '../../../lib/inference/graph/nodes.js';
import { type GraphProto, ModelProtoSchema } from '../../../lib/inference/graph/onnx_pb.js';
import { readModelSettings } from '../../../lib/inference/model-settings.js';
import { onTheCpu } from '../../support/open-settings.js';
import { familyNames, loadExport } from './exports.js';

const scratch = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let copies = 0;

/** A copy of the fixture whose weights lie in a second file. */
function copy(): { readonly graph: string; readonly weights: string } {
  copies += 1;
  const folder = join(scratch, String(copies), 'model');
  cpSync(dirname(loadExport('external-data').graph), folder, { recursive: true });
  return { graph: join(folder, 'model.onnx'), weights: join(folder, 'model.onnx_data') };
}

const loads = (graph: string): Promise<InferenceSession> =>
  InferenceSession.create(graph, { logSeverityLevel: 4 });

describe('a graph with all its files', () => {
  const mini = projectPath('data', 'models', 'mini', 'mini-100k', 'model.onnx');
  const exports = ['plain', 'external-data', 'no-position-ids', ...familyNames()];

  it.each(
    exports
      .filter((name) => name !== 'families/llama-bfloat16')
      .map((name) => loadExport(name).graph)
      .concat(mini),
  )('%s passes', (graph) => {
    expect(() => checkGraphFiles(graph)).not.toThrow();
  });

  it('reads its weights up to the very end of the file', () => {
    const { graph, weights } = copy();
    expect(externalFiles(readModelFile(graph).graph)).toEqual([
      { location: 'model.onnx_data', lastByte: statSync(weights).size },
    ]);
  });
});

describe('external data', () => {
  it('that is missing is named, with its place and size', () => {
    const { graph, weights } = copy();
    const { size } = statSync(weights);
    rmSync(weights);
    expect(() => checkGraphFiles(graph)).toThrow(
      `Reading the graph ${graph}: its weights lie in model.onnx_data, which is not there. ` +
        `Expected it at ${weights}, ${size} bytes long or more. Put it beside the graph`,
    );
  });

  it('that is cut short is named, with both sizes', () => {
    const { graph, weights } = copy();
    const { size } = statSync(weights);
    truncateSync(weights, 12);
    expect(() => checkGraphFiles(graph)).toThrow(
      `model.onnx_data has 12 bytes, the graph reads up to ${size}: the copy is cut short. Copy the file again`,
    );
    truncateSync(weights, size - 1);
    expect(() => checkGraphFiles(graph)).toThrow(`model.onnx_data has ${size - 1} bytes`);
  });

  it('behind a link to another folder is refused with the way out, as onnxruntime refuses it', async () => {
    const { graph, weights } = copy();
    const elsewhere = join(scratch, `weights-${copies}`);
    renameSync(weights, elsewhere);
    symlinkSync(elsewhere, weights);
    expect(() => checkGraphFiles(graph)).toThrow(
      `its weights lie in model.onnx_data, which stands for ${elsewhere}. onnxruntime reads weights from the folder of the ` +
        `graph only. Put the file itself at ${weights}, as a copy or a hard link (ln).`,
    );
    await expect(loads(graph)).rejects.toThrow('escapes model directory');
    rmSync(weights);
    linkSync(elsewhere, weights);
    expect(() => checkGraphFiles(graph)).not.toThrow();
    await (await loads(graph)).release();
  });

  it('behind a link that leads nowhere is said to be so', () => {
    const { graph, weights } = copy();
    rmSync(weights);
    symlinkSync('gone', weights);
    expect(() => checkGraphFiles(graph)).toThrow(
      'its weights lie in model.onnx_data, a link that leads nowhere',
    );
  });

  it('beside which the graph itself lies, both behind links as in hub caches, passes and is packed', async () => {
    const { graph, weights } = copy();
    const blobs = join(dirname(dirname(graph)), 'blobs');
    mkdirSync(blobs);
    for (const [index, path] of [graph, weights].entries()) {
      renameSync(path, join(blobs, String(index)));
      symlinkSync(join('..', 'blobs', String(index)), path);
    }
    expect(() => checkGraphFiles(graph)).not.toThrow();
    await (await loads(graph)).release();
    // The name of the weights in memory is that of the file itself, which onnxruntime takes from memory too.
    const { bytes, weightsFolder } = readModelFile(graph);
    const folder = { model_external_initializers_file_folder_path: weightsFolder };
    await (
      await InferenceSession.create(bytes, { logSeverityLevel: 4, extra: { session: folder } })
    ).release();
    const settings = { ...onTheCpu, ...readModelSettings(dirname(graph)), threads: 1 };
    const { reader, selfTest } = await chooseReader({ ...settings, graph });
    await reader.release();
    expect(selfTest).toMatchObject({ way: 'packed-rows', whyNotPacked: null });
  });
});

describe('a graph that cannot be asked', () => {
  const write = (name: string, change: (graph: GraphProto) => void): string => {
    const path = join(scratch, name);
    const model = fromBinary(ModelProtoSchema, readFileSync(loadExport('plain').graph));
    change(model.graph as GraphProto);
    writeFileSync(path, toBinary(ModelProtoSchema, model));
    return path;
  };

  it('is refused by the name of its input, without onnxruntime', () => {
    const graph = write('hybrid.onnx', ({ input }) => {
      input.push(declareTensor('past_conv.1', 1, ['batch_size', 16, 3]));
    });
    expect(() => checkGraphFiles(graph)).toThrow(
      `Reading the graph ${graph}: input "past_conv.1" is the state of a`,
    );
  });

  it('is refused when it is cut short', () => {
    const { graph } = copy();
    truncateSync(graph, 9_000);
    expect(() => checkGraphFiles(graph)).toThrow(
      new RegExp(`Reading the graph ${graph}: .*beyond its message.*The file may be cut short`),
    );
  });

  it.each<[string, (graph: GraphProto) => void]>([
    [
      'input "past_key_values.0.key" is in bfloat16',
      ({ input }) => {
        setType(input, 'past_key_values.0.key', 16);
      },
    ],
    [
      'output "logits" is in bfloat16',
      ({ output }) => {
        setType(output, 'logits', 16);
      },
    ],
    [
      'input "past_key_values.1.value" is in float8e4m3fn',
      ({ input }) => {
        setType(input, 'past_key_values.1.value', 17);
      },
    ],
    [
      'input "past_key_values.1.value" is in int2',
      ({ input }) => {
        setType(input, 'past_key_values.1.value', 26);
      },
    ],
  ])('is refused when its %s', (words, change) => {
    const graph = write('type.onnx', change);
    expect(() => checkGraphFiles(graph)).toThrow(
      `Reading the graph ${graph}: ${words}, which onnxruntime-node can neither take nor return, whatever the provider.`,
    );
    expect(() => checkGraphFiles(graph)).toThrow('culture-lens convert <checkpoint> <out> --dtype fp32');
  });

  it('is refused as an exporter wrote it in bfloat16', () => {
    expect(() => checkGraphFiles(loadExport('families/llama-bfloat16').graph)).toThrow(
      'input "past_key_values.0.key" is in bfloat16',
    );
  });
});

function setType(values: GraphProto['input'], name: string, elementType: number): void {
  const found = values.find((value) => value.name === name)?.type?.tensorType;
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  found.elemType = elementType;
}
