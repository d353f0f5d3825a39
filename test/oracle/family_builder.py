"""The onnxruntime-genai builder with another choice of operators: `family_builder.py CHOICE` and the builder's own arguments.

- `multi-head`: without its operator `Attention`, so that it takes MultiHeadAttention for float32 on CUDA. Its release 0.18.0
  prefers `Attention` there and then writes a graph that no onnxruntime loads: outputs for the caches that no node has.
  Earlier releases wrote MultiHeadAttention.
- `rotary-outside`: RotaryEmbedding nodes before GroupQueryAttention, as it writes in float16 for DirectML
"""

import runpy
import sys
from pathlib import Path

import onnxruntime_genai.models

FOLDER = Path(onnxruntime_genai.models.__file__).parent
sys.path.append(str(FOLDER))

from builders.base import Model  # noqa: E402

REFUSED = {"multi-head": "is_packed_attn_supported", "rotary-outside": "is_fused_rope_supported"}
setattr(Model, REFUSED[sys.argv.pop(1)], lambda model: False)
runpy.run_path(str(FOLDER / "builder.py"), run_name="__main__")
