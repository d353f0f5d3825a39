"""The card of a model: recipe, training, numbers, and the SHA-256 of its files. It holds no date and no machine."""

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path

from export import write_json
from recipes import HELD_OUT_SHARE, MINI, RECIPES, SEED, VOCABULARY, Recipe

FILES = ("config.json", "model.onnx", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
TOOLS = ("torch", "transformers", "tokenizers", "safetensors", "onnx", "onnxruntime", "numpy")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(recipe: Recipe, training: dict, parameters: dict, numbers: dict, verified: dict, text: str) -> None:
    folder = MINI / recipe.name
    write_json(
        folder / "card.json",
        {
            "name": recipe.name,
            "what": "A Llama-architecture model trained from scratch on text generated from World Values Survey aggregates."
            " It says nothing about any real language model.",
            "parameters": parameters,
            "recipe": _recipe_record(recipe),
            "text": {
                "seed": SEED,
                "vocabulary": VOCABULARY,
                "heldOutShare": HELD_OUT_SHARE,
                "heldOutFile": {"path": "../held-out.csv", "sha256": sha256(MINI / "held-out.csv")},
                "wordings": text,
                "target": "the whole answer distribution of people at each answer letter (the limit of infinitely much text);"
                " the maximum-entropy distribution where only a mean is known",
            },
            "training": _rounded(training),
            "numbers": _rounded(numbers),
            "largestLogitDifferenceFromTransformers": verified,
            "tools": {"python": platform.python_version(), **{name: version(name) for name in TOOLS}},
            "files": {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in FILES},
        },
    )


def _recipe_record(recipe: Recipe) -> dict:
    record = recipe.record()
    return {**record, "text": {**record["text"], "templates": dict(recipe.text.templates)}}


def _rounded(value):
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value


def check_cards(text: str) -> list[str]:
    """What is wrong with the shipped files; empty when all is well. model.safetensors may be absent."""
    problems = []
    for name in RECIPES:
        folder = MINI / name
        if not (folder / "card.json").exists():
            problems.append(f"{name}/card.json is missing")
            continue
        card = json.loads((folder / "card.json").read_text("utf-8"))
        expected = {folder / file: entry["sha256"] for file, entry in card["files"].items()}
        expected[MINI / "held-out.csv"] = card["text"]["heldOutFile"]["sha256"]
        for path, digest in expected.items():
            if not path.exists():
                if path.name == "model.safetensors":
                    print(f"{name}/{path.name} is absent (make.py --safetensors writes it from model.onnx)")
                else:
                    problems.append(f"{name}: {path.name} is missing")
            elif sha256(path) != digest:
                problems.append(f"{name}: {path.name} has SHA-256 {sha256(path)}, the card says {digest}")
        if card["text"]["wordings"] != text:
            print(f"{name}: items, templates or country names have changed since it was trained")
    return problems
