"""Whether transformers reads all that a GGUF file says of its model, before anything heavy begins."""

import re
from pathlib import Path

from gguf_architectures import AROUND, HEAD_SIZES, KNOWN, OF_GGUF, OUTPUT
from gguf_header import GgufHeader
from refusal import Refused

BLOCK = re.compile(r"^blk\.\d+\.")
BYTE_LEVEL = "gpt2"
LISTED = 6


def require_whole(path: Path, header: GgufHeader, kind: str) -> None:
    """@raises Refused when transformers would read another model than the file holds"""
    unread = settings_and_tensors_left_out(header, kind)
    if unread:
        raise Refused(
            f"Converting {path}: it has {_listed(unread)}, which transformers leaves out in silence when it reads GGUF. "
            "Expected a model without them. Convert the original safetensors folder instead."
        )
    lacking = settings_and_tensors_lacking(header, kind)
    if lacking:
        raise Refused(
            f"Converting {path}: it lacks {_listed(lacking)}, for which transformers takes numbers of its own in silence. "
            f"Expected all that {kind} needs. Convert the original safetensors folder instead."
        )
    odd = odd_head_sizes(header, kind)
    if odd:
        raise Refused(
            f"Converting {path}: it has {_listed(odd)}, which transformers does not read in GGUF. "
            "Expected one width of a head. Convert the original safetensors folder instead."
        )


def require_known_pre_tokenizer(path: Path, header: GgufHeader, kind: str) -> None:
    """@raises Refused when only the original tokenizer can tell how text is split"""
    known = OF_GGUF[kind].pre_tokenizers
    model, name = (header.metadata.get(f"tokenizer.ggml.{key}") for key in ("model", "pre"))
    if known is not None and (model != BYTE_LEVEL or name not in known):
        raise Refused(
            f"Converting {path}: its tokenizer is {model} with the pre-tokenizer {name}, which was not held against an original "
            f"tokenizer for {kind} and may split text otherwise in silence. Expected {BYTE_LEVEL} with {' or '.join(known)}. "
            "Lay tokenizer.json and tokenizer_config.json of the original model beside the file."
        )


def settings_and_tensors_left_out(header: GgufHeader, kind: str) -> list[str]:
    """What changes the model's answers and does not come out of transformers' reading of the file."""
    keys = _own(header.metadata, kind)
    scaled = keys.get("rope.scaling.type", "none") != "none"
    settings = [key for key in keys if key not in KNOWN and not (key.startswith("rope.scaling.") and not scaled)]
    known = AROUND | {OUTPUT} | OF_GGUF[kind].layer
    return [*settings, *_own(header.lists, kind), *(name for name in header.tensors if BLOCK.sub("", name) not in known)]


def settings_and_tensors_lacking(header: GgufHeader, kind: str) -> list[str]:
    """What the architecture needs and the file has not, for which transformers would take numbers of its own."""
    keys = _own(header.metadata, kind)
    absent = sorted(OF_GGUF[kind].needed - keys.keys())
    if absent:
        return absent
    layers = (f"blk.{layer}.{name}" for layer in range(keys["block_count"]) for name in sorted(OF_GGUF[kind].layer))
    present = set(header.tensors)
    return [name for name in (*sorted(AROUND), *layers) if name not in present]


def odd_head_sizes(header: GgufHeader, kind: str) -> list[str]:
    """Sizes of a head that are not the same: rotated in part, values of another width, or a width that llama.cpp itself has not."""
    keys = _own(header.metadata, kind)
    whole = keys["embedding_length"] // keys["attention.head_count"]
    width = keys.get(HEAD_SIZES[0], keys.get(HEAD_SIZES[2], whole)) if OF_GGUF[kind].free_heads else whole
    return [f"{key} {keys[key]} where heads are {width} wide" for key in HEAD_SIZES if keys.get(key, width) != width]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:LISTED]) + (f" and {len(names) - LISTED} more" if len(names) > LISTED else "")


def _own(named: dict[str, object], kind: str) -> dict:
    return {key.removeprefix(f"{kind}."): value for key, value in named.items() if key.startswith(f"{kind}.")}
