"""What the result of a stage depends on, as one SHA-256: equal stages of different recipes are trained once."""

import hashlib
import json
from dataclasses import asdict
from functools import cache

from paths import DATA, MINI
from recipes import Recipe, Stage
from world.mini_world import MiniWorld


def stage_identities(recipe: Recipe, seed: int, world: MiniWorld) -> list[str]:
    """One for each stage; each holds the stages before it."""
    identities, before = [], ""
    for stage in recipe.stages:
        before = _sha256(json.dumps([before, seed, asdict(recipe.size), recipe.tokenizer, _stage(stage, world), _text(world)], sort_keys=True))
        identities.append(before)
    return identities


def _stage(stage: Stage, world: MiniWorld) -> dict:
    """A stage by what it does, not by its name."""
    record = asdict(stage)
    del record["name"]
    file = world.world.file
    for source in record["sources"]:
        source["says"] = _says(world, source["telling"])
        source["weights"] = file["coverages"][source["coverage"]]
        source["speakers"] = file["languages"][source["language"]]
    return {**record, "training": file["training"]}


@cache
def _says(world: MiniWorld, telling: str) -> str:
    answers = world.telling(telling).answers
    return _sha256(json.dumps([[*cell, [round(float(share), 9) for share in answer]] for cell, answer in sorted(answers.items())]))


@cache
def _text(world: MiniWorld) -> str:
    """Every wording that the models read: it changes when an item, a country's name, a template or a wording does."""
    items = [[i.variable, i.question, [[o.code, o.label] for o in i.offered]] for i in world.survey.items]
    countries = [[country.iso3, country.prompt_name] for country in world.survey.countries]
    files = [path.read_text("utf-8") for path in (MINI / "wordings.json", DATA / "prompts" / "templates.json")]
    return _sha256(json.dumps([items, countries, files, world.world.section("tokenizers")]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
