import { toBinary } from '@bufbuild/protobuf';
import { editAttention, mixesTokens } from './attention/edit-attention.js';
import { fixedValues } from './constants.js';
import type { EditedGraph, GraphEdit, GraphFacts } from './edited-graph.js';
import { indexGraph } from './graph-index.js';
import { limitsFromFacts, tightest } from './limits.js';
import { takeDecoderWithoutCaches } from './merged-decoder.js';
import { type ModelFile, readModelFile } from './model-file.js';
import { type GraphProto, type ModelProto, ModelProtoSchema } from './onnx_pb.js';
import { pickPlaces } from './output-layer.js';
import { editPositions } from './positions.js';
import { prune } from './prune.js';
import { hasQuantisedWeights } from './quantised.js';
import { declareReads, READ_INPUTS, READ_OUTPUTS, returnReadings } from './reading-outputs.js';
import { Refusal } from './refusal.js';
import { rowInputs } from './row-inputs.js';

export type { EditedGraph, EditMade, EditReport, GraphEdit, GraphFacts } from './edited-graph.js';
export type { PositionInput } from './row-inputs.js';

// From here on the operators that are added mean what is meant.
const FIRST_OPSET = 11;

/**
 * Reads a graph file and prepares it for packed rows. The file is never changed, nothing is written, and large weights are
 * not even read.
 *
 * @throws InputError when the file is cut short or no ONNX model
 */
export function editGraph(graphPath: string, facts: GraphFacts): GraphEdit {
  return editModel(readModelFile(graphPath), facts);
}

/** Edits a graph that has been read, in place. See {@link editGraph}. */
export function editModel(file: ModelFile, facts: GraphFacts): GraphEdit {
  try {
    return { kind: 'edited', graph: edited(file, facts), original: file.bytes };
  } catch (error) {
    if (error instanceof Refusal) {
      return { kind: 'refused', reason: error.message };
    }
    throw error;
  }
}

function edited({ model, weightsFolder }: ModelFile, facts: GraphFacts): EditedGraph {
  const graph = graphOf(model);
  takeDecoderWithoutCaches(graph);
  // Caches are no longer returned; what computes them stays where another node reads it.
  graph.output = graph.output.filter(({ name }) => name === 'logits');
  if (graph.output.length === 0) {
    throw new Refusal('the graph has no output "logits"');
  }
  prune(graph);
  const inputs = rowInputs(graph);
  const found = editAttention(indexGraph(graph), { inputs, isFixed: fixedValues() });
  prune(graph);
  const pastLength = found.some((attention) => attention.pastLength === 1) ? 1 : 0;
  const tables = editPositions(indexGraph(graph), { inputs, pastLength });
  const picked = pickPlaces(graph, {
    index: indexGraph(graph),
    isFixed: fixedValues(),
    places: READ_INPUTS.places,
  });
  const declared = inputs.declare();
  declareReads(graph);
  returnReadings(graph, { logits: picked.name, topTokens: facts.topTokens });
  prune(graph);
  const isInput = (name: string): boolean => graph.input.some((input) => input.name === name);
  const positions = declared.positions.filter(({ name }) => isInput(name));
  if (positions.length === 0 && !isInput('position_ids')) {
    throw new Refusal('the graph reads no position_ids, and no count of positions was recognised in it');
  }
  const limits = [
    ...found.flatMap((attention) => attention.limits),
    ...tables,
    ...limitsFromFacts(found, facts),
  ];
  return {
    bias: declared.bias,
    positions,
    bytes: toBinary(ModelProtoSchema, model),
    weightsFolder,
    pastLength,
    reads: READ_INPUTS,
    outputs: READ_OUTPUTS,
    limits: tightest(limits),
    heads: Math.max(0, ...found.flatMap(({ heads }) => heads ?? [])) || null,
    quantised: hasQuantisedWeights(indexGraph(graph)),
    report: {
      attention: [...new Set(found.map(({ operator }) => operator))],
      layers: found.length,
      pickedFrom: picked.from,
    },
  };
}

function graphOf({ graph, opsetImport, functions }: ModelProto): GraphProto {
  const opset = opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0;
  if (graph === undefined || opset < FIRST_OPSET) {
    throw new Refusal(
      `the graph is written in version ${opset} of the ONNX operators, expected ${FIRST_OPSET} or later`,
    );
  }
  const hidden = functions.find(({ node }) => node.some(mixesTokens));
  if (hidden !== undefined) {
    throw new Refusal(`function ${hidden.name} of the model: attention inside functions is not edited`);
  }
  return graph;
}
