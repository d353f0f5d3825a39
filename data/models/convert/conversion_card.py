"""The card of a converted folder: where it came from, with what it was made, how far it lies from the reference."""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path

import tools
from checkpoint import Checkpoint
from folders import list_files, sha256
from judgement import Judgement


@dataclass(frozen=True)
class Conversion:
    """What was asked for; `remake` is the command without its program."""

    name: str
    exporter: str
    dtype: str
    remake: list[str]


def write(folder: Path, checkpoint: Checkpoint, conversion: Conversion, judgement: Judgement | None) -> None:
    """Goes last into a finished folder, since it lists the files that are there."""
    card = {
        "name": conversion.name,
        "source": {
            "kind": checkpoint.kind,
            "path": str(checkpoint.path),
            "weights": checkpoint.dtypes or "GGUF, written out as float32",
            "files": {path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)} for path in checkpoint.files},
        },
        "architecture": checkpoint.architecture,
        "parameters": checkpoint.parameters,
        "exporter": conversion.exporter,
        "dtype": conversion.dtype,
        "tools": tools.versions(),
        "comparedWithTransformersFloat32": None if judgement is None else judgement.record(),
        "files": list_files(folder),
        "remake": shlex.join(["npx", "culture-lens", "convert", *conversion.remake]),
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
