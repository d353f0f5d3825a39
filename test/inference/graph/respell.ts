import { create, toBinary } from '@bufbuild/protobuf';
import { InferenceSession } from 'onnxruntime-node';
import { expect } from 'vitest';
import { type EditedGraph, editModel, type GraphEdit } from '../../../lib/inference/graph/edit-graph.js';
import { readModelFile } from '../../../lib/inference/graph/model-file.js';
import { insertBefore, makeNode } from '../../../lib/inference/graph/nodes.js';
import {
  AttributeProtoSchema,
  type GraphProto,
  ModelProtoSchema,
  type NodeProto,
  TensorProtoSchema,
} from '../../../lib/inference/graph/onnx_pb.js';
import type { GraphBytes } from '../../../lib/inference/session.js';
import { differences, loadExport, requireEdited, TOP_TOKENS } from './exports.js';
import { layOut, openEdited, readAlone, readRow } from './tree-reader.js';

/** A committed export that is about to be written in another way. */
export interface Draft {
  readonly graph: GraphProto;
  /** The node of that name. */
  node(name: string): NodeProto;
  /** All nodes of one operator. */
  nodes(opType: string): NodeProto[];
  /** Puts a new node before another; its only output has the node's name, which is returned. */
  before(
    node: NodeProto,
    name: string,
    opType: string,
    input: readonly string[],
    integers?: Record<string, number>,
  ): string;
  /** Adds float32 numbers; returns their name. */
  floats(name: string, values: readonly number[], dims?: readonly number[]): string;
  /** Adds int64 numbers; returns their name. */
  integers(name: string, values: readonly number[], dims?: readonly number[]): string;
}

const NO_FACTS = { slidingWindow: null, originalContext: null, topTokens: TOP_TOKENS };

/** Edits a fixture whose graph has been changed first. */
export function editChanged(name: string, change: (draft: Draft) => void): GraphEdit {
  const file = readModelFile(loadExport(name).graph);
  change(draftOf(file.model.graph as GraphProto));
  return editModel(file, NO_FACTS);
}

/** A fixture whose graph has been changed, in memory. */
export function changed(name: string, change: (draft: Draft) => void): GraphBytes {
  const { model, graph, weightsFolder } = readModelFile(loadExport(name).graph);
  change(draftOf(graph));
  return { bytes: toBinary(ModelProtoSchema, model), weightsFolder };
}

/**
 * Changes a fixture's graph, and compares its edit, packed into a row, with the changed graph itself, each sequence alone.
 *
 * @param sequences how many of the fixture's sequences, the shortest first
 */
export async function expectSameNumbers(name: string, change: (draft: Draft) => void): Promise<EditedGraph> {
  const { graph: path, headSize, listed, sequences } = loadExport(name);
  const file = readModelFile(path);
  change(draftOf(file.model.graph as GraphProto));
  const folder = { model_external_initializers_file_folder_path: file.weightsFolder };
  const unedited = await InferenceSession.create(toBinary(ModelProtoSchema, file.model), {
    logSeverityLevel: 4,
    extra: { session: folder },
  });
  const edit = requireEdited(editModel(file, NO_FACTS));
  const edited = await openEdited(edit, headSize);
  const ids = sequences.map(({ tokenIds }) => tokenIds);
  const { logProbs } = await readRow(edited, edit, layOut(ids), { tokens: listed });
  const alone: number[][] = [];
  for (const sequence of ids) {
    alone.push(await readAlone({ session: unedited, headSize }, sequence, listed));
  }
  expect(differences(logProbs, alone).at(-1)).toBeLessThan(1e-4);
  return edit;
}

function draftOf(graph: GraphProto): Draft {
  return {
    graph,
    node: (name) => {
      const node = graph.node.find((one) => one.name === name);
      if (node === undefined) {
        throw new Error(`no node ${name}`);
      }
      return node;
    },
    nodes: (opType) => graph.node.filter((node) => node.opType === opType),
    before: (node, name, opType, input, integers = {}) => {
      insertBefore(graph, node, [makeNode(opType, { input, output: [name], integers })]);
      return name;
    },
    floats: (name, values, dims = []) => {
      const tensor = create(TensorProtoSchema, {
        name,
        dataType: 1,
        dims: dims.map(BigInt),
        floatData: [...values],
      });
      graph.initializer.push(tensor);
      return name;
    },
    integers: (name, values, dims = []) => {
      const int64Data = values.map(BigInt);
      graph.initializer.push(
        create(TensorProtoSchema, { name, dataType: 7, dims: dims.map(BigInt), int64Data }),
      );
      return name;
    },
  };
}

/** An integer attribute, to be given to a node that exists. */
export const integer = (name: string, value: number) =>
  create(AttributeProtoSchema, { name, type: 2, i: BigInt(value) });
