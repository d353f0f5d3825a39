"""What a model builder has: a Hugging Face folder with safetensors, or a GGUF file. Read without loading anything heavy."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import gguf_checks
import gguf_header
import safetensors_header
from architectures import ARCHITECTURES, Architecture
from gguf_architectures import OF_GGUF
from refusal import Refused

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
PICKLES = ("pytorch_model*.bin", "*.pt", "*.pth", "consolidated*.pth")
SETTINGS = ("config.json", "generation_config.json")
TOKENIZER = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "chat_template.jinja",
    "chat_template.json", "tokenizer.model", "vocab.json", "merges.txt",
)  # fmt: skip


@dataclass(frozen=True)
class Checkpoint:
    """A source that can be converted, as far as its own files tell.

    `tokenizer` says what the tokenizer is made from: `json` is taken as it is, `slow` are the older files of a byte-pair
    encoding, `sentencepiece` is a `tokenizer.model`, `gguf` the file's own metadata.
    """

    kind: Literal["folder", "gguf"]
    path: Path
    architecture: str
    exporters: Architecture
    parameters: int
    dtypes: dict[str, int]
    tokenizer: Literal["json", "slow", "sentencepiece", "gguf"]
    weights: tuple[Path, ...]
    beside: tuple[Path, ...] = ()
    config: dict = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.path if self.kind == "folder" else self.path.parent

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that the outcome depends on."""
        return (*self.weights, *self.beside)


def read(source: Path) -> Checkpoint:
    """Tells what a source is. @raises Refused for anything that cannot be converted, by name and with the way out"""
    if source.is_dir():
        return _read_folder(source)
    if source.suffix == ".gguf" and source.is_file():
        return _read_gguf(source)
    what = "does not exist" if not source.exists() else "is neither a folder nor a .gguf file"
    raise Refused(f"Converting {source}: it {what}. Expected a folder with config.json and *.safetensors, or a .gguf file.")


def _read_folder(folder: Path) -> Checkpoint:
    if (folder / "adapter_config.json").exists():
        raise Refused(
            f"Converting {folder}: adapter_config.json says that it is an adapter (LoRA), which is no model alone. Expected the "
            "whole model. Merge it into its base model first (peft: PeftModel.merge_and_unload, then save_pretrained)."
        )
    if not (folder / "config.json").is_file():
        found = ", ".join(sorted(path.name for path in folder.iterdir())[:12]) or "no file"
        raise Refused(
            f"Converting {folder}: config.json is missing, found {found}. Expected a Hugging Face folder: config.json, "
            "*.safetensors and a tokenizer. Copy config.json from where the weights came."
        )
    config = read_json(folder / "config.json")
    architecture, exporters = _known(folder, config)
    if config.get("quantization_config"):
        method = config["quantization_config"].get("quant_method", "unknown")
        raise Refused(
            f"Converting {folder}: config.json names a quantisation ({method}). Expected weights in float32, float16 or "
            "bfloat16. Take the original checkpoint and quantise with --dtype int8 or int4."
        )
    weights = _weights(folder)
    counts = sum((Counter(safetensors_header.read(path)) for path in weights if path.name != INDEX), Counter())
    names = (*SETTINGS, *TOKENIZER)
    return Checkpoint(
        "folder", folder, architecture, exporters, sum(counts.values()), dict(counts), _tokenizer(folder), weights,
        tuple(folder / name for name in names if (folder / name).is_file()), config,
    )  # fmt: skip


def _known(folder: Path, config: dict) -> tuple[str, Architecture]:
    name = (config.get("architectures") or [None])[0]
    if name in ARCHITECTURES:
        return name, ARCHITECTURES[name]
    if config.get("auto_map"):
        raise Refused(
            f"Converting {folder}: {name} brings code of its own (auto_map in config.json), which would run on this machine "
            "unchecked. It is never run here. Expected an architecture of transformers. Export it yourself where you trust it."
        )
    known = ", ".join(sorted(ARCHITECTURES))
    raise Refused(
        f"Converting {folder}: the architecture in config.json is {name}, which neither exporter knows as a model of text. "
        f"Expected one of {known}. Export it yourself, then probe the ONNX folder."
    )


def _weights(folder: Path) -> tuple[Path, ...]:
    index = folder / INDEX
    if index.is_file():
        shards = [folder / name for name in sorted(set(read_json(index).get("weight_map", {}).values()))]
        lost = [path.name for path in shards if not path.is_file()]
        if lost or not shards:
            raise Refused(f"Converting {folder}: {INDEX} names {', '.join(lost) or 'no file'}, missing. Expected all shards. Fetch the rest.")
        return (*shards, index)
    if (folder / SINGLE).is_file():
        return (folder / SINGLE,)
    pickles = sorted(path.name for pattern in PICKLES for path in folder.glob(pattern))
    if pickles:
        raise Refused(
            f"Converting {folder}: the weights are in {pickles[0]}, a pickle, which can run any code when it is opened. "
            f"Expected *.safetensors. Take the safetensors of the same model, or save them anew where you trust the file: "
            "AutoModelForCausalLM.from_pretrained(folder).save_pretrained(other)."
        )
    found = ", ".join(sorted(path.name for path in folder.glob("*.safetensors"))) or "no *.safetensors"
    raise Refused(f"Converting {folder}: found {found}. Expected {SINGLE}, or {INDEX} with the shards that it names.")


def _tokenizer(folder: Path) -> Literal["json", "slow", "sentencepiece"]:
    if (folder / "tokenizer.json").is_file():
        return "json"
    if (folder / "tokenizer.model").is_file():
        return "sentencepiece"
    if (folder / "vocab.json").is_file() and (folder / "merges.txt").is_file():
        return "slow"
    raise Refused(
        f"Converting {folder}: it has no tokenizer. Expected tokenizer.json, tokenizer.model (SentencePiece), or vocab.json with "
        "merges.txt. Copy the tokenizer from where the weights came."
    )


def _read_gguf(path: Path) -> Checkpoint:
    header = gguf_header.read(path)
    kind = header.metadata.get("general.architecture")
    if kind not in OF_GGUF:
        raise Refused(
            f"Converting {path}: its architecture is {kind}. Expected {' or '.join(OF_GGUF)}. "
            "Convert the original safetensors folder instead."
        )
    parts = header.metadata.get("split.count", 1)
    if parts > 1:
        raise Refused(f"Converting {path}: it is one of {parts} parts. Expected one file. Merge them first: llama-gguf-split --merge.")
    gguf_checks.require_whole(path, header, kind)
    own = (path.parent / "tokenizer.json").is_file()
    if not own:
        gguf_checks.require_known_pre_tokenizer(path, header, kind)
    beside = tuple(path.parent / name for name in TOKENIZER if own and (path.parent / name).is_file())
    tokenizer = "json" if own else "gguf"
    name = OF_GGUF[kind].name
    return Checkpoint("gguf", path, name, ARCHITECTURES[name], header.parameters, {}, tokenizer, (path,), beside)


def read_json(path: Path) -> dict:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refused(f"Reading {path}: {error}. Expected JSON. Copy it again from where the model came.") from error
    if not isinstance(value, dict):
        raise Refused(f"Reading {path}: found a {type(value).__name__}. Expected a JSON object.")
    return value
