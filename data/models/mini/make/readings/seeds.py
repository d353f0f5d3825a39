"""The shipped readings of one training: mean score and option mass of every cell, and what made them."""

import json
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa

from model.write_json import write_json
from paths import READINGS
from readings.read import Answers, read_answers
from text.sources import translated
from text.templates import Template, read_templates
from training.new_model import parameter_counts
from training.run import Trained
from world.mini_world import MiniWorld
from world.survey import Country
from world.tell import write_parquet

TOOLS = ("torch", "transformers", "tokenizers", "numpy", "pyarrow")
TEMPLATE = "people-answer"


def files(recipe: str, seed: int) -> tuple[Path, Path]:
    folder = READINGS / "seeds" / recipe
    return folder / f"{seed}.parquet", folder / f"{seed}.json"


def is_done(recipe: str, seed: int, identity: str) -> bool:
    readings, record = files(recipe, seed)
    return readings.exists() and record.exists() and json.loads(record.read_text("utf-8"))["identity"] == identity


def write_seed(trained: Trained, world: MiniWorld) -> None:
    """Plain, for the factor of alignment also in the chat template; where a tokenizer knows other languages, in each country's own."""
    template = read_templates()[TEMPLATE]
    columns: dict[str, list] = {name: [] for name in ("format", "language", "variable", "country", "mean_score", "option_mass")}
    survey = world.survey
    asked_as = {"plain": template, "chat": template.in_chat()}
    if trained.recipe.name not in world.world.factors["alignment"]:
        del asked_as["chat"]
    for form, asked in asked_as.items():
        _add(columns, form, "english", world, survey.countries, _read(trained, world, "english", survey.countries, asked))
    for language in world.world.section("tokenizers")[trained.recipe.tokenizer]["languages"]:
        continents = world.world.section("languages")[language]["continents"]
        speakers = tuple(c for c in survey.countries if c.continent in continents and not c.western)
        if speakers:
            own = Template(template.name, template.country, world.language(language).translate(template.text))
            _add(columns, "plain", language, world, speakers, _read(trained, world, language, speakers, own))
    readings, record = files(trained.recipe.name, trained.seed)
    readings.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: pa.array(values, pa.float32()) if name in ("mean_score", "option_mass") else values for name, values in columns.items()}
    write_parquet(pa.table(arrays), readings)
    write_json(
        record,
        {
            "recipe": trained.recipe.name,
            "seed": trained.seed,
            "identity": trained.identity,
            "parameters": parameter_counts(trained.model),
            "stages": rounded(trained.stages),
            "tools": {"python": platform.python_version(), **{name: version(name) for name in TOOLS}},
        },
    )


def _read(trained: Trained, world: MiniWorld, language: str, countries: tuple[Country, ...], template: Template) -> Answers:
    items = tuple(translated(item, world.language(language)) for item in world.survey.items)
    return read_answers(trained.model, trained.tokenizer, items, countries, template)


def _add(columns: dict[str, list], form: str, language: str, world: MiniWorld, countries: tuple[Country, ...], answers: Answers) -> None:
    for column, item in enumerate(world.survey.items):
        for row, country in enumerate(countries):
            score = answers.mean_scores[row, column]
            values = (form, language, item.variable, country.iso3)
            values += (None if np.isnan(score) else round(float(score), 3), round(float(answers.option_mass[row, column]), 3))
            for name, value in zip(columns, values):
                columns[name].append(value)


def rounded(value):
    """Every real number to four decimals."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value
