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
    """For each size: one pair of rates, half and twice of it, and on in the better direction until both neighbours of the best are worse."""
    plan = world.world.section("sweep")
    for size in sizes:
        with claim(f"sweep-{size.name}") as held:
            while held and (multiplier := _next(_done(size.name))) is not None:
                _append(_try(world, size, multiplier, plan))


def _next(tried: dict[float, float]) -> float | None:
    """The multiple of the rates to try next, after those whose deviation r is known; None when the best has been found."""
    if not tried:
        return 1.0
    best = max(tried, key=tried.__getitem__)
    return next((near for near in (best / 2, best * 2) if near not in tried), None)


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
    name = f"sweep-{size.name}-{multiplier:g}"
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


def _done(size: str) -> dict[float, float]:
    """Deviation r by multiplier, of what has been tried."""
    if not FILE.exists():
        return {}
    with open(FILE, newline="", encoding="utf-8") as file:
        return {float(row["multiplier"]): float(row["deviation_r"]) for row in csv.DictReader(file) if row["size"] == size}


def _append(values: list) -> None:
    new = not FILE.exists()
    with open(FILE, "a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerow(values)
    print(dict(zip(COLUMNS, values)), flush=True)
