import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  type GraphProto,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx_pb.js';

// Types of attributes by their numbers in the ONNX format.
const INT = 2;

/** One size of a tensor: a number, a name for a size that varies, or null for one that nothing is said about. */
export type Dimension = number | string | null;

/** The attribute of a node by its name. */
export function attributeOf(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute.find((attribute) => attribute.name === name);
}

/** An integer attribute of a node. @param missing its value where the node does not say */
export function integerAttribute(node: NodeProto, name: string, missing: number): number {
  const value = attributeOf(node, name)?.i;
  return value === undefined ? missing : Number(value);
}

/** A new node of the standard operators with one output for each name. */
export function makeNode(opType: string, { input, output, integers = {} }: NodeParts): NodeProto {
  const attribute = Object.entries(integers).map(([name, value]) =>
    create(AttributeProtoSchema, { name, type: INT, i: BigInt(value) }),
  );
  const name = output[0] ?? opType;
  return create(NodeProtoSchema, { name, opType, input: [...input], output: [...output], attribute });
}

/** What a new node consists of. */
export interface NodeParts {
  readonly input: readonly string[];
  readonly output: readonly string[];
  /** Its integer attributes. */
  readonly integers?: Readonly<Record<string, number>>;
}

/** Turns a node into another one that computes the same output name. */
export function becomeNode(
  node: NodeProto,
  opType: string,
  { input, integers = {} }: Omit<NodeParts, 'output'>,
): void {
  const { attribute } = makeNode(opType, { input, output: [], integers });
  node.opType = opType;
  node.domain = '';
  node.input = [...input];
  node.output = node.output.slice(0, 1);
  node.attribute = attribute;
}

/** Sets one input of a node, naming those before it that were left out. */
export function setInput(node: NodeProto, index: number, name: string): void {
  while (node.input.length <= index) {
    node.input.push('');
  }
  node.input[index] = name;
}

/** Puts new nodes right before another node of a graph. */
export function insertBefore(graph: GraphProto, before: NodeProto, nodes: readonly NodeProto[]): void {
  graph.node.splice(graph.node.indexOf(before), 0, ...nodes);
}

/** Declares an input or an output of a graph. */
export function declareTensor(
  name: string,
  elementType: number,
  dimensions: readonly Dimension[],
): ValueInfoProto {
  const dim = dimensions.map((size) => {
    if (size === null) {
      return {};
    }
    return typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } };
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: { tensorType: { elemType: elementType, shape: { dim } } },
  });
}

/** An initializer of int64 numbers in one dimension. */
export function integerTensor(name: string, values: readonly number[]): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: [BigInt(values.length)],
    dataType: 7,
    int64Data: values.map(BigInt),
  });
}
