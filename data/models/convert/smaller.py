"""A float32 graph in fewer bits. `python smaller.py fp16|int8|int4 MODEL.onnx SMALLER.onnx`

- `fp16`: weights, cache and logits in float16
- `int8`: weights in 8 bits, activations rounded to 8 bits while running, scaled over the whole tensor (dynamic quantisation)
- `int4`: the matrices' weights in 4 bits, in symmetric blocks of 32, with activations in 8 bits; the embedding stays float32
"""

import logging
import sys
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers.float16 import convert_float_to_float16

BLOCK = 32
ACTIVATIONS_IN_INT8 = 4
# One protobuf message holds less than 2 GiB; weights beyond that lie in a file of their own.
LARGEST_FILE = 1_900_000_000


def main(dtype: str, graph: Path, smaller: Path) -> None:
    logging.disable(logging.INFO)
    {"fp16": to_float16, "int8": to_int8, "int4": to_int4}[dtype](graph, smaller)


def to_float16(graph: Path, smaller: Path) -> None:
    model = convert_float_to_float16(onnx.load(graph), keep_io_types=False, disable_shape_infer=True)
    onnx.save(model, smaller, save_as_external_data=True, location=f"{smaller.name}.data")


def to_int8(graph: Path, smaller: Path) -> None:
    size = sum(path.stat().st_size for path in graph.parent.glob(f"{graph.name}*"))
    quantize_dynamic(graph, smaller, weight_type=QuantType.QInt8, use_external_data_format=size > LARGEST_FILE)


def to_int4(graph: Path, smaller: Path) -> None:
    quantizer = MatMulNBitsQuantizer(onnx.load(graph), block_size=BLOCK, is_symmetric=True, accuracy_level=ACTIVATIONS_IN_INT8)
    quantizer.process()
    quantizer.model.save_model_to_file(str(smaller), True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
