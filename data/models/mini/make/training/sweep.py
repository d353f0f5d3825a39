"""Learning rates, chosen for each size on a validation part of the cells that the text tells: never on held-out ones."""

import csv
from dataclasses import replace

import numpy as np

from paths import MINI, WORK
from readings.agreement import pooled
from readings.read import read_answers
from recipes import Size
from text.forms import forms_of
from text.rows import Writer
from text.sources import DocumentSource
from text.templates import read_templates
from training.claims import claim
from training.new_model import new_model
from training.train import train_stage
from world.coverage import country_weights
from world.mini_world import MiniWorld
from world.tellings import Telling, some_cells

FILE = MINI / "learning-rates.csv"
COLUMNS = ("size", "multiplier", "rate", "embedding_rate", "steps", "r", "deviation_r", "mean_absolute_error")
SEED = 1000  # of no recipe


def sweep(world: MiniWorld, sizes: list[Size]) -> None:
    """Each size with each multiple of one pair of rates; results are appended to learning-rates.csv."""
    plan = world.world.section("sweep")
    for size in sizes:
        for multiplier in plan["multipliers"]:
            with claim(f"sweep-{size.name}-{multiplier}") as held:
                if held and (size.name, multiplier) not in _done():
                    _append(_try(world, size, multiplier, plan))


def _try(world: MiniWorld, size: Size, multiplier: float, plan: dict) -> list:
    rates = {"rate": plan["rate"] * multiplier, "embedding_rate": plan["embeddingRate"] * multiplier}
    size = replace(size, **rates)
    people = world.telling("people")
    validation = some_cells(people, plan["validationShare"], SEED)
    told = Telling("all but validation", {cell: answer for cell, answer in people.answers.items() if cell not in validation})
    weights = country_weights(world.survey, world.world.section("coverages")["even"], set())
    source = DocumentSource(world.survey.items, world.survey.countries, told, weights, None, 1.0)
    training, tokenizer = world.world.section("training"), world.tokenizer("english")
    model = new_model(size, tokenizer.get_vocab_size(), training, SEED)
    forms = forms_of("base")
    writer = Writer([source], forms, tokenizer, training["documentsPerRow"], str(SEED))
    name = f"sweep-{size.name}-{multiplier}"
    train_stage(model, size, writer, plan["steps"], training, name, WORK / "sweep" / f"{name}.pt", name)
    return [size.name, multiplier, *rates.values(), plan["steps"], *_reached(model.eval(), world, validation).values()]


def _reached(model, world: MiniWorld, cells: set) -> dict[str, float]:
    """Agreement with people over the validation cells, in the first wording of the text itself; the highest deviation r is taken."""
    survey = world.survey
    own = forms_of("base")[0][0].template
    answers = read_answers(model, world.tokenizer("english"), survey.items, survey.countries, own)
    human = [[survey.mean_score(country.iso3, item) for item in survey.items] for country in survey.countries]
    mask = np.array([[(country.iso3, item.variable) in cells for item in survey.items] for country in survey.countries])
    found = pooled(np.array(human, dtype=float), answers.mean_scores, mask)
    return {name: round(value, 4) for name, value in found.items()}


def _done() -> set[tuple[str, float]]:
    if not FILE.exists():
        return set()
    with open(FILE, newline="", encoding="utf-8") as file:
        return {(row["size"], float(row["multiplier"])) for row in csv.DictReader(file)}


def _append(values: list) -> None:
    new = not FILE.exists()
    with open(FILE, "a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerow(values)
    print(dict(zip(COLUMNS, values)), flush=True)
