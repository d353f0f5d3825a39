import type { GraphProto, NodeProto, TensorProto, ValueInfoProto } from './onnx_pb.js';

/** A graph or a sub-graph of a node (the branches of an `If`), with the names it defines. */
export interface Scope {
  readonly graph: GraphProto;
  /** The scope around it, whose names it sees too; null for the model's graph. */
  readonly parent: Scope | null;
  readonly values: ReadonlyMap<string, Value>;
}

/** Everything that has a name in a graph: what a node computes, an input, an initializer. */
export interface Value {
  readonly name: string;
  readonly scope: Scope;
  /** The node that computes it; null for inputs and initializers. */
  readonly node: NodeProto | null;
  /** Its data, where it is an initializer. */
  readonly tensor: TensorProto | null;
  /** Its declaration, where it is an input of the graph. */
  readonly input: ValueInfoProto | null;
  /** The nodes that read it, those inside sub-graphs included. */
  readonly readers: readonly Reader[];
  /** Whether it is an output of its graph. */
  readonly isOutput: boolean;
}

/** A node that reads a value. */
export interface Reader {
  readonly node: NodeProto;
  readonly scope: Scope;
  /** Which of the node's inputs. */
  readonly input: number;
}

/** A node and the scope that its names belong to. */
export interface PlacedNode {
  readonly node: NodeProto;
  readonly scope: Scope;
}

/** All scopes of a graph, the outermost first. A snapshot: it knows nothing of later edits. */
export interface GraphIndex {
  readonly root: Scope;
  readonly scopes: readonly Scope[];
}

interface OpenValue extends Value {
  readonly readers: Reader[];
  isOutput: boolean;
}

type Source = Partial<Pick<Value, 'node' | 'tensor' | 'input'>>;

/** Who computes and who reads each value of a graph. */
export function indexGraph(graph: GraphProto): GraphIndex {
  const scopes: Scope[] = [];
  const open = (inner: GraphProto, parent: Scope | null): Scope => {
    const values = new Map<string, OpenValue>();
    const scope: Scope = { graph: inner, parent, values };
    scopes.push(scope);
    const add = (name: string, { node = null, tensor = null, input = null }: Source): void => {
      values.set(name, { name, scope, node, tensor, input, readers: [], isOutput: false });
    };
    for (const input of inner.input) {
      add(input.name, { input });
    }
    // An initializer of an older model is listed among the inputs too; it is the data that counts.
    for (const tensor of inner.initializer) {
      add(tensor.name, { tensor });
    }
    for (const node of inner.node) {
      for (const name of node.output) {
        if (name !== '') {
          add(name, { node });
        }
      }
    }
    for (const node of inner.node) {
      for (const [input, name] of node.input.entries()) {
        (findValue(scope, name) as OpenValue | null)?.readers.push({ node, scope, input });
      }
      for (const subGraph of subGraphsOf(node)) {
        open(subGraph, scope);
      }
    }
    for (const { name } of inner.output) {
      const value = findValue(scope, name) as OpenValue | null;
      if (value !== null) {
        value.isOutput = true;
      }
    }
    return scope;
  };
  const root = open(graph, null);
  return { root, scopes };
}

/** The value that a name stands for inside a scope; null for an omitted input or an unknown name. */
export function findValue(scope: Scope, name: string): Value | null {
  for (let at: Scope | null = scope; at !== null && name !== ''; at = at.parent) {
    const value = at.values.get(name);
    if (value !== undefined) {
      return value;
    }
  }
  return null;
}

/** The value at one input of a node; null if the input is omitted. */
export function inputOf({ node, scope }: PlacedNode, input: number): Value | null {
  return findValue(scope, node.input[input] ?? '');
}

/** All nodes of a graph and its sub-graphs. */
export function allNodes(index: GraphIndex): PlacedNode[] {
  return index.scopes.flatMap((scope) => scope.graph.node.map((node) => ({ node, scope })));
}

/** The graphs inside a node's attributes. */
export function subGraphsOf(node: NodeProto): GraphProto[] {
  const found: GraphProto[] = [];
  for (const { g, graphs } of node.attribute) {
    if (g !== undefined) {
      found.push(g);
    }
    found.push(...graphs);
  }
  return found;
}

/** Every name that a node reads, also deep inside its sub-graphs: what those take from outside, and names of their own. */
export function namesReadBy(node: NodeProto): string[] {
  const subGraphs = subGraphsOf(node);
  if (subGraphs.length === 0) {
    return node.input;
  }
  const inner = subGraphs.flatMap((graph) => [
    ...graph.node.flatMap(namesReadBy),
    ...graph.output.map(({ name }) => name),
  ]);
  return [...node.input, ...inner];
}

/** How a node is named in a message to the user. */
export function describeNode(node: NodeProto): string {
  const domain = node.domain === '' || node.domain === 'ai.onnx' ? '' : `${node.domain}.`;
  return `${domain}${node.opType} node ${node.name || node.output[0] || '(unnamed)'}`;
}
