import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { InputError, messageOf } from '../../files/input-error.js';
import { type ByteSource, withFile } from './byte-source.js';
import { type ModelProto, ModelProtoSchema } from './onnx_pb.js';
import { readSkeleton } from './skeleton.js';

/** A graph without its large weights, and where those lie. */
export interface ModelFile {
  readonly model: ModelProto;
  /** Folder that the locations of external data are relative to. */
  readonly weightsFolder: string;
}

/**
 * Reads a graph file; large weights stay where they are, whether they are embedded in it or lie in files beside it.
 *
 * @throws InputError when the file is cut short or not an ONNX model
 */
export function readModelFile(graphPath: string): ModelFile {
  // onnxruntime refuses external data behind a link, as hub caches make them; the file itself it can be told.
  const real = realpathSync(graphPath);
  const model = withFile(real, (source) => parseModel(source, { path: graphPath, location: basename(real) }));
  return { model, weightsFolder: dirname(real) };
}

/**
 * Parses a graph from its bytes, see {@link readModelFile}.
 *
 * @param location name of the file in its folder, for the weights embedded in it
 * @throws InputError when the bytes are no ONNX model
 */
export function parseModel(
  source: ByteSource,
  { path, location }: { readonly path: string; readonly location: string },
): ModelProto {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, readSkeleton(source, location));
  } catch (error) {
    throw notAModel(path, messageOf(error));
  }
  if (model.graph === undefined || model.graph.node.length === 0) {
    throw notAModel(path, 'it holds no graph');
  }
  return model;
}

function notAModel(path: string, found: string): InputError {
  return new InputError(
    `Reading the graph ${path}: ${found}. Expected an ONNX model (protobuf). The file may be cut short: compare its size ` +
      'and SHA-256 with the source and copy it again.',
  );
}
