"""`recipes.json` as records, checked: every name that is used is defined, every size can be built."""

import json
from dataclasses import dataclass
from pathlib import Path

from paths import MINI

FACTORS = ("size", "coverage", "languages", "alignment", "synthetic", "null")
FORMS = ("base", "instruction")
FILE = MINI / "recipes.json"


@dataclass(frozen=True)
class Size:
    name: str
    width: int
    layers: int
    heads: int
    inner: int
    rate: float  # learning rate of the matrices inside the layers (Muon)
    embedding_rate: float  # of the embedding and the norms (AdamW)


@dataclass(frozen=True)
class Source:
    """Documents of one language: what they say, and how often each country is written about."""

    telling: str
    coverage: str
    language: str = "english"
    share: float = 1.0


@dataclass(frozen=True)
class Stage:
    name: str
    forms: str
    sources: tuple[Source, ...]
    steps: int


@dataclass(frozen=True)
class Recipe:
    name: str
    size: Size
    seeds: int
    stages: tuple[Stage, ...]
    tokenizer: str


@dataclass(frozen=True)
class World:
    """Everything in recipes.json."""

    seed: int
    file: dict
    recipes: dict[str, Recipe]
    factors: dict[str, list[str]]

    def section(self, name: str) -> dict:
        return self.file[name]


def read_world(path: Path = FILE) -> World:
    file = json.loads(path.read_text("utf-8"))

    def named(section: str, name: str, where: str) -> dict:
        if name not in file[section]:
            raise ValueError(f"{path.name}: {where} names {name!r}, which is not in `{section}`; known are {', '.join(sorted(file[section]))}")
        return file[section][name]

    def stage(name: str, where: str) -> Stage:
        record = named("stages", name, where)
        if record["forms"] not in FORMS:
            raise ValueError(f"{path.name}: stages.{name}.forms is {record['forms']!r}; expected one of {', '.join(FORMS)}")
        sources = tuple(Source(**source) for source in record["sources"])
        for source in sources:
            for section, value in (("tellings", source.telling), ("coverages", source.coverage), ("languages", source.language)):
                named(section, value, f"stages.{name}")
        return Stage(name, record["forms"], sources, file["training"]["steps"][record.get("steps", record["forms"])])

    sizes = {name: _size(name, record, path) for name, record in file["sizes"].items()}
    recipes = {}
    for name, record in file["recipes"].items():
        where = f"recipes.{name}"
        named("sizes", record["size"], where)
        tokenizer = record.get("tokenizer", "english")
        named("tokenizers", tokenizer, where)
        stages = tuple(stage(one, where) for one in record["stages"])
        recipes[name] = Recipe(name, sizes[record["size"]], record["seeds"], stages, tokenizer)
    for factor, arms in file["factors"].items():
        if factor not in FACTORS:
            raise ValueError(f"{path.name}: unknown factor {factor!r}; expected one of {', '.join(FACTORS)}")
        for arm in arms:
            named("recipes", arm, f"factors.{factor}")
    return World(file["seed"], file, recipes, file["factors"])


def _size(name: str, record: dict, path: Path) -> Size:
    if record["width"] % (2 * record["heads"]):
        raise ValueError(
            f"{path.name}: sizes.{name} has a width of {record['width']} and {record['heads']} heads; the width must be a multiple"
            f" of twice the heads ({2 * record['heads']}), because each head turns pairs of numbers by position"
        )
    return Size(name, record["width"], record["layers"], record["heads"], record["inner"], record["rate"], record["embeddingRate"])
