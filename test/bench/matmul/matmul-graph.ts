import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  type GraphProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  type ValueInfoProtoSchema,
} from '../../../lib/inference/graph/onnx_pb.js';
import { type LayerMatrix, layerMatrices, layerParameters, type ModelShape } from '../cost/model-shape.js';

const FLOAT = 1;
const INT64 = 7;
const OPSET_VERSION = 17n;
// Field 1 of the model, ir_version 8, as its two bytes: the graph edit's schema does not know this field, and fields may
// stand in any order.
const IR_VERSION = Uint8Array.of(0x08, 8);

/** An ONNX graph that does nothing but the matrix products of a model's layers. */
export interface MatMulGraph {
  /** The model file. Input `rows` is float32 [rows, hidden size]; the outputs only keep the products alive. */
  readonly bytes: Uint8Array;
  /** Floating-point operations for each row of the input. */
  readonly operationsPerRow: number;
}

/**
 * A chain of MatMul nodes with the weight shapes of a model's layers: what onnxruntime reaches at these shapes is the
 * most that a forward pass could reach.
 *
 * Products that the chain does not pass on (key, value, gate) give the first of their rows as an output, or onnxruntime
 * would leave them out.
 *
 * @param weightsBytes how large the weights have to be at least: as many layers are made
 */
export function matMulGraph(shape: ModelShape, weightsBytes: number): MatMulGraph {
  const layers = Math.ceil(weightsBytes / (4 * layerParameters(shape)));
  const matrices = new Map(layerMatrices(shape).map((matrix) => [matrix.name, matrix]));
  const nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  const outputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];
  const initializers: NonNullable<MessageInitShape<typeof GraphProtoSchema>['initializer']> = [
    { name: 'first', dataType: INT64, int64Data: [0n] },
  ];
  const product = (name: LayerMatrix['name'], layer: number, input: string): string => {
    const { inputs, outputs: columns } = matrices.get(name) as LayerMatrix;
    const weight = `${name}.${layer}.weight`;
    const dims = [BigInt(inputs), BigInt(columns)];
    initializers.push({ name: weight, dataType: FLOAT, dims, rawData: weights(inputs, columns) });
    nodes.push({ opType: 'MatMul', input: [input, weight], output: [`${name}.${layer}`] });
    return `${name}.${layer}`;
  };
  const giveFirstRow = (value: string, columns: number): void => {
    nodes.push({ opType: 'Gather', input: [value, 'first'], output: [`${value}.first`] });
    outputs.push(float32(`${value}.first`, [columns]));
  };
  let hidden = 'rows';
  for (let layer = 0; layer < layers; layer += 1) {
    for (const name of ['key', 'value'] as const) {
      giveFirstRow(product(name, layer, hidden), shape.keyValueHeads * shape.headSize);
    }
    hidden = product('attentionOutput', layer, product('query', layer, hidden));
    giveFirstRow(product('gate', layer, hidden), shape.feedForwardSize);
    hidden = product('down', layer, product('up', layer, hidden));
  }
  giveFirstRow(hidden, shape.hiddenSize);
  const model = create(ModelProtoSchema, {
    opsetImport: [{ version: OPSET_VERSION }],
    graph: {
      node: nodes,
      initializer: initializers,
      input: [float32('rows', ['rows', shape.hiddenSize])],
      output: outputs,
    },
  });
  return {
    bytes: Buffer.concat([IR_VERSION, toBinary(ModelProtoSchema, model)]),
    operationsPerRow: 2 * layers * layerParameters(shape),
  };
}

/** A float32 input or output; a dimension with a name is free. */
function float32(
  name: string,
  dims: readonly (number | string)[],
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = dims.map((value) => ({
    value:
      typeof value === 'number'
        ? { case: 'dimValue' as const, value: BigInt(value) }
        : { case: 'dimParam' as const, value },
  }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

/** Weights of mixed signs that keep a chain of products near 1: numbers that overflow or vanish could change the pace. */
function weights(inputs: number, columns: number): Uint8Array {
  const values = new Float32Array(inputs * columns);
  const size = 1 / Math.sqrt(inputs);
  for (let place = 0; place < values.length; place += 1) {
    values[place] = mixed(place) < 0 ? size : -size;
  }
  return new Uint8Array(values.buffer);
}

/** MurmurHash3's last steps: neighbouring places get unrelated signs. */
function mixed(place: number): number {
  const first = Math.imul(place ^ (place >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
