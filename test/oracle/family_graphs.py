"""Graphs as the exporters of others write them, made of optimum's by changing a few nodes."""

from pathlib import Path

import family_exports
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LOGITS = "logits"
KEEP = "num_logits_to_keep"
TO_THE_END = np.iinfo(np.int64).max


def with_logits_to_keep(source: Path, folder: Path) -> None:
    """A scalar input says for how many last places the output layer computes logits, 0 for all, as onnx-community's exports have it."""
    family_exports.with_optimum(source, folder)
    model = onnx.load(folder / "model.onnx")
    graph = model.graph
    place, layer = next((place, node) for place, node in enumerate(graph.node) if LOGITS in node.output)
    graph.input.append(helper.make_tensor_value_info(KEEP, TensorProto.INT64, []))
    for name, value in {"one_number": -1, "to_the_end": TO_THE_END, "places": 1}.items():
        graph.initializer.append(numpy_helper.from_array(np.array([value], np.int64), f"keep.{name}"))
    nodes = [
        helper.make_node("Neg", [KEEP], ["keep.from_the_end"]),
        helper.make_node("Reshape", ["keep.from_the_end", "keep.one_number"], ["keep.start"]),
        helper.make_node("Slice", [layer.input[0], "keep.start", "keep.to_the_end", "keep.places"], ["keep.hidden_states"]),
    ]
    for offset, node in enumerate(nodes):
        graph.node.insert(place + offset, node)
    layer.input[0] = "keep.hidden_states"
    next(output for output in graph.output if output.name == LOGITS).type.tensor_type.shape.dim[1].dim_param = "places_kept"
    onnx.checker.check_model(model)
    onnx.save(model, folder / "model.onnx")
