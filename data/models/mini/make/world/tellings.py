"""What a text says: an answer distribution for every country x item cell that it tells of, and nothing of the others.

A telling is fixed before any training. Its mean scores are the *text-implied means* t.
"""

import random
from dataclasses import dataclass

import numpy as np

from world.survey import Survey

Cell = tuple[str, str]  # (iso3, variable)


@dataclass(frozen=True)
class Telling:
    name: str
    answers: dict[Cell, np.ndarray]
    """Probability of each offered option, by cell."""

    def mean_scores(self, survey: Survey) -> dict[Cell, float]:
        """Text-implied mean score of each cell told, in [-1, 1]; items without scores are left out."""
        scores = {item.variable: [option.score for option in item.offered] for item in survey.items if item.can_mean}
        return {cell: float(answer @ scores[cell[1]]) for cell, answer in self.answers.items() if cell[1] in scores}


def people(survey: Survey, held_out: dict[Cell, str]) -> Telling:
    """People's answers, without the cells that are held out and those the survey does not fill."""
    told = {
        (country.iso3, item.variable): survey.target(country.iso3, item)
        for item in survey.items
        for country in survey.countries
        if (country.iso3, item.variable) not in held_out
    }
    return Telling("people", {cell: answer for cell, answer in told.items() if answer is not None})


def permuted_countries(of: Telling, seed: int) -> Telling:
    """Each country answers as another one does: one permutation for all items, without fixed points."""
    countries = sorted({iso3 for iso3, _ in of.answers})
    chance = random.Random(f"{seed}/permuted")
    others = chance.sample(countries, len(countries))
    while any(one == other for one, other in zip(countries, others)):
        others = chance.sample(countries, len(countries))
    other = dict(zip(countries, others))
    moved = {(iso3, variable): of.answers.get((other[iso3], variable)) for iso3, variable in of.answers}
    return Telling("permuted", {cell: answer for cell, answer in moved.items() if answer is not None})


def western(of: Telling, survey: Survey) -> Telling:
    """Other countries answer with the mean distribution of the Western ones; these answer as they do."""
    west = [country.iso3 for country in survey.countries if country.western]
    answers = {}
    for item in survey.items:
        own = {c.iso3: of.answers[c.iso3, item.variable] for c in survey.countries if (c.iso3, item.variable) in of.answers}
        told = [own[iso3] for iso3 in west if iso3 in own]
        if told:
            mean = np.mean(told, axis=0)
            answers.update({(iso3, item.variable): answer if iso3 in west else mean for iso3, answer in own.items()})
    return Telling("western", answers)


def sampled(of: Telling, answers_per_cell: int, seed: int, cells: set[Cell] | None = None) -> Telling:
    """Finite text: so many answers drawn in each cell (of `cells`), and their shares."""
    told = {}
    for (iso3, variable), answer in sorted(of.answers.items()):
        if cells is None or (iso3, variable) in cells:
            chance = np.random.default_rng([seed, *f"{of.name}/{iso3}/{variable}".encode()])
            told[iso3, variable] = chance.multinomial(answers_per_cell, answer / answer.sum()) / answers_per_cell
    return Telling(f"{of.name}-sampled", told)


def some_cells(of: Telling, share: float, seed: int) -> set[Cell]:
    """A share of the cells told, drawn once."""
    cells = sorted(of.answers)
    return set(random.Random(f"{seed}/some-cells").sample(cells, round(share * len(cells))))


def joined(name: str, *parts: Telling) -> Telling:
    """Texts about different cells, read as one."""
    answers: dict[Cell, np.ndarray] = {}
    for part in parts:
        twice = answers.keys() & part.answers.keys()
        if twice:
            raise ValueError(f"telling {name}: {len(twice)} cells are told by two parts, {min(twice)} first; each cell may have one")
        answers.update(part.answers)
    return Telling(name, answers)
