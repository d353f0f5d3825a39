"""The header of a safetensors file: names, element types and shapes, read without its weights."""

import json
import struct
from math import prod
from pathlib import Path

from refusal import Refused

LONGEST_HEADER = 100_000_000
POINTER = b"version https://git-lfs"


def read(path: Path) -> dict[str, int]:
    """Number of weights by element type (`BF16`, `F32`). @raises Refused for a file that is cut off or something else"""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(len(POINTER))
        if start == POINTER:
            raise Refused(f"Reading {path}: it is a Git LFS pointer, not the weights. Expected the file itself. Fetch it: git lfs pull.")
        file.seek(0)
        length = struct.unpack("<Q", file.read(8).ljust(8, b"\xff"))[0]
        if length > min(LONGEST_HEADER, size):
            raise Refused(f"Reading {path}: it does not begin like a safetensors file. Expected one. Download it again, whole.")
        try:
            tensors = {name: value for name, value in json.loads(file.read(length)).items() if name != "__metadata__"}
            end = max((tensor["data_offsets"][1] for tensor in tensors.values()), default=0)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(f"Reading {path}: its header is damaged ({error!r}). Download it again, whole.") from error
    if size != 8 + length + end:
        raise Refused(f"Reading {path}: it has {size} bytes, its header tells of {8 + length + end}. Download it again, whole.")
    counts: dict[str, int] = {}
    for tensor in tensors.values():
        counts[tensor["dtype"]] = counts.get(tensor["dtype"], 0) + prod(tensor["shape"])
    return counts
