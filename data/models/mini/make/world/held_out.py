"""Which country x item cells stand in no text at all, and why."""

import random
from collections import defaultdict
from dataclasses import dataclass

from paths import MINI
from world.survey import Country, Survey, read_rows

FILE = MINI / "held-out.csv"
KINDS = ("country", "block", "cell")


@dataclass(frozen=True)
class HeldOut:
    """How much is held out: whole countries, one block (category) of each other country, and a share of the rest."""

    seed: int
    countries: int
    cell_share: float


def choose_held_out(survey: Survey, how: HeldOut) -> dict[tuple[str, str], str]:
    """Kind of each held-out cell, by (iso3, variable): a cell is counted once, under the first kind that takes it."""
    whole = _countries(survey, how)
    kinds = {(iso3, item.variable): "country" for iso3 in whole for item in survey.items}
    others = [country for country in survey.countries if country.iso3 not in whole]
    kinds.update(dict.fromkeys(_blocks(survey, others, how), "block"))
    strata: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for country in others:
        for item in survey.items:
            if (country.iso3, item.variable) not in kinds:
                strata[country.continent, item.category].append((country.iso3, item.variable))
    chance = random.Random(f"{how.seed}/cells")
    for _, cells in sorted(strata.items()):
        kinds.update(dict.fromkeys(chance.sample(cells, _share(len(cells), how.cell_share, chance)), "cell"))
    return kinds


def _countries(survey: Survey, how: HeldOut) -> set[str]:
    """Countries in proportion to their continents (largest remainders)."""
    chance = random.Random(f"{how.seed}/countries")
    continents: dict[str, list[Country]] = defaultdict(list)
    for country in survey.countries:
        continents[country.continent].append(country)
    fair = {name: how.countries * len(group) / len(survey.countries) for name, group in continents.items()}
    seats = {name: int(share) for name, share in fair.items()}
    for name in sorted(fair, key=lambda one: (seats[one] - fair[one], one))[: how.countries - sum(seats.values())]:
        seats[name] += 1
    return {country.iso3 for name in sorted(seats) for country in chance.sample(continents[name], seats[name])}


def _blocks(survey: Survey, countries: list[Country], how: HeldOut) -> list[tuple[str, str]]:
    """One category of each country, every category about equally often."""
    chance = random.Random(f"{how.seed}/blocks")
    categories = sorted({item.category for item in survey.items})
    rounds = [chance.sample(categories, len(categories)) for _ in range(len(countries) // len(categories) + 1)]
    drawn = [category for one in rounds for category in one][: len(countries)]
    return [
        (country.iso3, item.variable)
        for country, category in zip(chance.sample(countries, len(countries)), drawn)
        for item in survey.items
        if item.category == category
    ]


def _share(size: int, share: float, chance: random.Random) -> int:
    """`share` of a stratum, rounded up or down by chance so that the expected number is exact."""
    whole = int(size * share)
    return whole + (chance.random() < size * share - whole)


def held_out_csv(survey: Survey, kinds: dict[tuple[str, str], str]) -> str:
    lines = [
        f"{country.iso3},{item.variable},{kinds[country.iso3, item.variable]}\n"
        for country in survey.countries
        for item in survey.items
        if (country.iso3, item.variable) in kinds
    ]
    return "iso3,variable,held_out\n" + "".join(lines)


def read_held_out() -> dict[tuple[str, str], str]:
    return {(row["iso3"], row["variable"]): row["held_out"] for row in read_rows(FILE)}
