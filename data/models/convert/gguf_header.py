"""What a GGUF file says of itself before its weights: read with nothing but Python."""

import struct
from dataclasses import dataclass
from io import BufferedReader
from math import prod
from pathlib import Path

from refusal import Refused

MAGIC = b"GGUF"
VERSIONS = (2, 3)
NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
STRING, ARRAY = 8, 9


@dataclass(frozen=True)
class GgufHeader:
    """Single values of the metadata, how long its lists are, the names of the tensors and the number of all weights."""

    metadata: dict[str, object]
    lists: dict[str, int]
    tensors: tuple[str, ...]
    parameters: int


@dataclass(frozen=True)
class PassedOver:
    """A list whose values were not kept: a vocabulary is one."""

    length: int


def read(path: Path) -> GgufHeader:
    with path.open("rb") as file:
        magic, version = file.read(4), _number(file, "<I")
        if magic != MAGIC or version not in VERSIONS:
            raise Refused(
                f"Reading {path}: it begins with {magic!r} and version {version}. "
                "Expected a little-endian GGUF file of version 2 or 3. Download it again, whole."
            )
        try:
            tensors, entries = _number(file, "<Q"), _number(file, "<Q")
            metadata = {_string(file): _value(file, _number(file, "<I")) for _ in range(entries)}
            sizes = dict(_tensor(file) for _ in range(tensors))
        except (struct.error, UnicodeDecodeError, KeyError, MemoryError) as error:
            raise Refused(f"Reading {path}: its header breaks off or is damaged ({error!r}). Download it again, whole.") from error
    lists = {key: value.length for key, value in metadata.items() if isinstance(value, PassedOver)}
    single = {key: value for key, value in metadata.items() if key not in lists}
    return GgufHeader(single, lists, tuple(sizes), sum(sizes.values()))


def _value(file: BufferedReader, kind: int) -> object:
    if kind == STRING:
        return _string(file)
    if kind == ARRAY:
        inner, length = _number(file, "<I"), _number(file, "<Q")
        if inner in NUMBERS:
            file.seek(struct.calcsize(NUMBERS[inner]) * length, 1)
        else:
            for _ in range(length):
                _value(file, inner)
        return PassedOver(length)
    return _number(file, NUMBERS[kind])


def _tensor(file: BufferedReader) -> tuple[str, int]:
    """Name and number of weights; element type and place in the file are passed over."""
    name = _string(file)
    size = prod(_number(file, "<Q") for _ in range(_number(file, "<I")))
    file.seek(struct.calcsize("<I") + struct.calcsize("<Q"), 1)
    return name, size


def _string(file: BufferedReader) -> str:
    length = _number(file, "<Q")
    raw = file.read(length)
    if len(raw) < length:
        raise struct.error(f"a text of {length} bytes was expected")
    return raw.decode("utf-8", errors="replace")


def _number(file: BufferedReader, form: str):
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]
