"""A Llama checkpoint as an ONNX graph, node by node, so that each weight stands in the file once and under its own name.

Weights keep the layout of the checkpoint, (output, input); a Transpose in front of each product is folded away when a
session loads the graph. Attention is written out: Softmax(Add(scores, bias)).
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 18
BLOCKED = float(np.finfo(np.float32).min)


class Graph:
    """Collects nodes and constants; `op` returns the name of a node's output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}

    def op(self, kind: str, *inputs: str, output: str | None = None, outputs: int = 1, **attributes):
        names = [output] if output else [f"{kind}_{len(self.nodes)}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}_{len(self.nodes)}", **attributes))
        return names[0] if len(names) == 1 else names

    def weight(self, name: str, value: np.ndarray) -> str:
        self.initializers[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        return self.weight("ints_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def number(self, value: int) -> str:
        return self.weight(f"int_{value}", np.array(value, dtype=np.int64))

    def real(self, value: float) -> str:
        return self.weight(f"real_{value!r}", np.array(value, dtype=np.float32))


def llama_graph(config: dict, weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    layers, heads = config["num_hidden_layers"], config["num_attention_heads"]
    size = config["hidden_size"] // heads
    graph = Graph()
    for name, value in weights.items():
        graph.weight(name, value)
    cos, sin = _rotary(graph, config["rope_parameters"]["rope_theta"], size)
    bias = _attention_bias(graph)
    hidden = graph.op("Gather", "model.embed_tokens.weight", "input_ids")
    for layer in range(layers):
        prefix = f"model.layers.{layer}"
        normed = _norm(graph, hidden, f"{prefix}.input_layernorm.weight", config["rms_norm_eps"])
        hidden = graph.op("Add", hidden, _attention(graph, normed, layer, heads, size, cos, sin, bias))
        normed = _norm(graph, hidden, f"{prefix}.post_attention_layernorm.weight", config["rms_norm_eps"])
        hidden = graph.op("Add", hidden, _feed_forward(graph, normed, f"{prefix}.mlp"))
    hidden = _norm(graph, hidden, "model.norm.weight", config["rms_norm_eps"])
    # The last n positions; -0 starts at the first one, so 0 keeps all.
    start = graph.op("Unsqueeze", graph.op("Neg", "num_logits_to_keep"), graph.ints(0))
    kept = graph.op("Slice", hidden, start, graph.ints(np.iinfo(np.int64).max), graph.ints(1))
    graph.op("MatMul", kept, _transposed(graph, "model.embed_tokens.weight"), output="logits")
    return _model(graph, config, layers, heads, size)


def _transposed(graph: Graph, name: str) -> str:
    return graph.op("Transpose", name, perm=[1, 0])


def _linear(graph: Graph, hidden: str, name: str) -> str:
    return graph.op("MatMul", hidden, _transposed(graph, f"{name}.weight"))


def _norm(graph: Graph, hidden: str, weight: str, epsilon: float) -> str:
    square = graph.op("Pow", hidden, graph.real(2.0))
    mean = graph.op("ReduceMean", square, graph.ints(-1), keepdims=1)
    root = graph.op("Sqrt", graph.op("Add", mean, graph.real(epsilon)))
    return graph.op("Mul", graph.op("Div", hidden, root), weight)


def _rotary(graph: Graph, theta: float, size: int) -> tuple[str, str]:
    """Cosine and sine of each token's rotary angles, (batch, 1, token, size)."""
    frequencies = graph.weight("rotary.inv_freq", (theta ** (-np.arange(0, size, 2) / size)).astype(np.float32))
    place = graph.op("Unsqueeze", graph.op("Cast", "position_ids", to=TensorProto.FLOAT), graph.ints(-1))
    half = graph.op("Unsqueeze", graph.op("Mul", place, frequencies), graph.ints(1))
    angles = graph.op("Concat", half, half, axis=-1)
    return graph.op("Cos", angles), graph.op("Sin", angles)


def _rotated(graph: Graph, states: str, cos: str, sin: str) -> str:
    first, second = graph.op("Split", states, outputs=2, axis=-1, num_outputs=2)
    turned = graph.op("Concat", graph.op("Neg", second), first, axis=-1)
    return graph.op("Add", graph.op("Mul", states, cos), graph.op("Mul", turned, sin))


def _attention_bias(graph: Graph) -> str:
    """0 where a token sees a key (not later in the row, and in the attention mask), else blocked; (batch, 1, token, key)."""
    tokens = graph.op("Squeeze", graph.op("Shape", "input_ids", start=1, end=2), graph.ints(0))
    past = graph.op("Squeeze", graph.op("Shape", "past_key_values.0.key", start=2, end=3), graph.ints(0))
    total = graph.op("Add", past, tokens)
    queries = graph.op("Unsqueeze", graph.op("Range", past, total, graph.number(1)), graph.ints(1))
    keys = graph.op("Range", graph.number(0), total, graph.number(1))
    earlier = graph.op("LessOrEqual", keys, queries)
    kept = graph.op("Unsqueeze", graph.op("Cast", "attention_mask", to=TensorProto.BOOL), graph.ints(1, 2))
    return graph.op("Where", graph.op("And", earlier, kept), graph.real(0.0), graph.real(BLOCKED))


def _attention(graph: Graph, hidden: str, layer: int, heads: int, size: int, cos: str, sin: str, bias: str) -> str:
    prefix = f"model.layers.{layer}.self_attn"

    def split(kind: str) -> str:
        states = graph.op("Reshape", _linear(graph, hidden, f"{prefix}.{kind}_proj"), graph.ints(0, 0, heads, size))
        return graph.op("Transpose", states, perm=[0, 2, 1, 3])

    def with_past(states: str, kind: str) -> str:
        return graph.op("Concat", f"past_key_values.{layer}.{kind}", states, output=f"present.{layer}.{kind}", axis=2)

    query = _rotated(graph, split("q"), cos, sin)
    key = with_past(_rotated(graph, split("k"), cos, sin), "key")
    value = with_past(split("v"), "value")
    products = graph.op("MatMul", query, graph.op("Transpose", key, perm=[0, 1, 3, 2]))
    scores = graph.op("Mul", products, graph.real(float(size**-0.5)))
    mixed = graph.op("MatMul", graph.op("Softmax", graph.op("Add", scores, bias), axis=-1), value)
    joined = graph.op("Reshape", graph.op("Transpose", mixed, perm=[0, 2, 1, 3]), graph.ints(0, 0, heads * size))
    return _linear(graph, joined, f"{prefix}.o_proj")


def _feed_forward(graph: Graph, hidden: str, prefix: str) -> str:
    gate = _linear(graph, hidden, f"{prefix}.gate_proj")
    swish = graph.op("Mul", gate, graph.op("Sigmoid", gate))
    return _linear(graph, graph.op("Mul", swish, _linear(graph, hidden, f"{prefix}.up_proj")), f"{prefix}.down_proj")


def _model(graph: Graph, config: dict, layers: int, heads: int, size: int) -> onnx.ModelProto:
    def info(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, list(shape))

    states = [(layer, kind) for layer in range(layers) for kind in ("key", "value")]
    inputs = [
        info("input_ids", TensorProto.INT64, "batch_size", "sequence_length"),
        info("attention_mask", TensorProto.INT64, "batch_size", "total_sequence_length"),
        info("position_ids", TensorProto.INT64, "batch_size", "sequence_length"),
        *(info(f"past_key_values.{l}.{k}", TensorProto.FLOAT, "batch_size", heads, "past_sequence_length", size) for l, k in states),
        info("num_logits_to_keep", TensorProto.INT64),
    ]
    outputs = [
        info("logits", TensorProto.FLOAT, "batch_size", "kept_length", config["vocab_size"]),
        *(info(f"present.{l}.{k}", TensorProto.FLOAT, "batch_size", heads, "total_sequence_length", size) for l, k in states),
    ]
    body = helper.make_graph(graph.nodes, "llama", inputs, outputs, list(graph.initializers.values()))
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="culture-lens")
    onnx.checker.check_model(model, full_check=True)
    return model
