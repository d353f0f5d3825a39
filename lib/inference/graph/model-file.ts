import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { InputError, messageOf } from '../../files/input-error.js';
import { withFile } from './byte-source.js';
import { followLinks } from './external-files.js';
import { type GraphProto, type ModelProto, ModelProtoSchema } from './onnx_pb.js';
import { readSkeleton } from './skeleton.js';

/** A graph without its large weights, and where those lie. */
export interface ModelFile {
  readonly model: ModelProto;
  /** The graph of `model`; it has nodes. */
  readonly graph: GraphProto;
  /** The bytes that `model` was read from: the graph as it came, its large weights declared to be external data. */
  readonly bytes: Uint8Array;
  /** Folder that the locations of external data are relative to. */
  readonly weightsFolder: string;
}

/**
 * Reads a graph file; large weights stay where they are, whether they are embedded in it or lie in files beside it.
 * Links are followed to the files themselves.
 *
 * @throws InputError when the file is cut short or not an ONNX model
 */
export function readModelFile(graphPath: string): ModelFile {
  const real = realpathSync(graphPath);
  let bytes: Uint8Array;
  let model: ModelProto;
  try {
    bytes = withFile(real, (source) => readSkeleton(source, basename(real)));
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw notAModel(graphPath, messageOf(error));
  }
  const { graph } = model;
  if (graph === undefined || graph.node.length === 0) {
    throw notAModel(graphPath, 'it holds no graph');
  }
  // onnxruntime refuses external data behind a link, as hub caches make them; the file itself it can be told.
  if (lstatSync(graphPath).isSymbolicLink() && followLinks(graph, graphPath)) {
    bytes = toBinary(ModelProtoSchema, model);
  }
  return { model, graph, bytes, weightsFolder: dirname(real) };
}

function notAModel(path: string, found: string): InputError {
  return new InputError(
    `Reading the graph ${path}: ${found}. Expected an ONNX model (protobuf). The file may be cut short: compare its size ` +
      'and SHA-256 with the source and copy it again.',
  );
}
