"""The card of a shipped model: recipe, training, what its text said, and the SHA-256 of its files. No date, no machine."""

import hashlib
import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from model.write_json import write_json
from paths import MINI
from readings.seeds import rounded
from training.new_model import parameter_counts
from training.run import Trained
from world.mini_world import MiniWorld

FILES = ("config.json", "model.onnx", "tokenizer.json", "tokenizer_config.json")
TOOLS = ("torch", "transformers", "tokenizers", "safetensors", "onnx", "onnxruntime", "numpy")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(folder: Path, trained: Trained, world: MiniWorld, verified: dict) -> None:
    write_json(
        folder / "card.json",
        {
            "name": trained.recipe.name,
            "what": "A Llama-architecture model trained from scratch on text generated from World Values Survey aggregates."
            " It says nothing about any real language model.",
            "parameters": parameter_counts(trained.model),
            "recipe": asdict(trained.recipe),
            "seed": trained.seed,
            "identity": trained.identity,
            "text": {
                "seed": world.world.seed,
                "heldOut": {"path": "../held-out.csv", "sha256": sha256(MINI / "held-out.csv")},
                "target": "at each answer letter the whole distribution that the text tells (people's answer shares, or the"
                " maximum-entropy distribution where only a mean is known; the shares of the drawn answers where text is sampled)",
                "chatTemplate": "in the tokenizer's configuration of every model, so that each can be asked in it; read in"
                " training only by models with an instruction stage",
            },
            "training": {"settings": world.world.section("training"), "stages": rounded(trained.stages)},
            "largestLogitDifferenceFromTransformers": verified,
            "tools": {"python": platform.python_version(), **{name: version(name) for name in TOOLS}},
            "remake": f"cd data/models/mini/make && python make.py ship {trained.recipe.name}",
            "files": {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in FILES},
        },
    )


def check_cards(names: list[str]) -> list[str]:
    """What is wrong with the shipped files; empty when all is well."""
    problems = []
    for name in names:
        folder = MINI / name
        if not (folder / "card.json").exists():
            problems.append(f"{name}/card.json is missing: python make.py ship {name}")
            continue
        card = json.loads((folder / "card.json").read_text("utf-8"))
        expected = {folder / file: entry["sha256"] for file, entry in card["files"].items()}
        expected[MINI / "held-out.csv"] = card["text"]["heldOut"]["sha256"]
        for path, digest in expected.items():
            found = sha256(path) if path.exists() else "no file"
            if found != digest:
                problems.append(f"{name}: {path.name} is {found}, the card says {digest}: restore it, or python make.py ship {name}")
    return problems
