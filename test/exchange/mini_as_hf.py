"""A bundled mini model as a Hugging Face folder: mini_as_hf.py <mini folder> <new folder>. Its graph keeps the weights under their PyTorch names."""

import shutil
import sys
from pathlib import Path

import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

source, target = map(Path, sys.argv[1:3])
graph = onnx.load(source / "model.onnx").graph
target.mkdir(parents=True)
save_file(
    {one.name: numpy_helper.to_array(one) for one in graph.initializer if one.name.startswith("model.")},
    target / "model.safetensors",
    metadata={"format": "pt"},
)
for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
    shutil.copy(source / name, target / name)
