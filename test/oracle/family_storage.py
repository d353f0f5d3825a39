"""optimum's graphs stored in other ways: numbers in float16, weights in several files, graph in a folder of its own."""

import shutil
from pathlib import Path

import onnx
from family_exports import with_optimum
from onnx.external_data_helper import set_external_data
from onnxruntime.transformers.float16 import convert_float_to_float16

# Shapes and switches stay inside the graph, as exporters leave them.
SMALLEST_OUTSIDE = 1024


def in_float16(source: Path, folder: Path) -> None:
    """Weights, caches, logits and what is between them."""
    with_optimum(source, folder)
    model = onnx.load(folder / "model.onnx")
    onnx.save(convert_float_to_float16(model, keep_io_types=False), folder / "model.onnx")


def in_split_data(source: Path, folder: Path) -> None:
    """Weights in three files, in the order of the graph, as exports of more than 2 GB have them."""
    with_optimum(source, folder)
    store_outside(folder / "model.onnx", ("model.onnx_data", "model.onnx_data_1", "model.onnx_data_2"))


def in_onnx_folder(source: Path, folder: Path) -> None:
    """Graph and weights in `onnx/`, configuration and tokenizer above it."""
    with_optimum(source, folder)
    store_outside(folder / "model.onnx", ("model.onnx_data",))
    (folder / "onnx").mkdir()
    for path in folder.glob("model.onnx*"):
        shutil.move(path, folder / "onnx" / path.name)


def store_outside(graph: Path, locations: tuple[str, ...]) -> None:
    """Moves the large weights of a graph into files beside it, about as many bytes into each."""
    model = onnx.load(graph)
    outside = [tensor for tensor in model.graph.initializer if len(tensor.raw_data) >= SMALLEST_OUTSIDE]
    share = sum(len(tensor.raw_data) for tensor in outside) / len(locations)
    stored = 0
    for tensor in outside:
        set_external_data(tensor, locations[int(stored // share)])
        stored += len(tensor.raw_data)
    graph.unlink()
    onnx.save(model, graph)
    assert all((graph.parent / location).stat().st_size > 0 for location in locations)
