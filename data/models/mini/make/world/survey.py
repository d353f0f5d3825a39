"""The survey's aggregates, the item bank and the countries: what people answered."""

import csv
import json
from dataclasses import dataclass

import numpy as np

from paths import DATA

# Variables outside the default item set: pick lists, organisations that differ by country, memberships,
# the postmaterialism index and the party voted for.
LEFT_OUT = {f"Q{n}" for low, high in ((7, 26), (82, 93), (94, 105), (152, 157), (223, 223)) for n in range(low, high + 1)}


@dataclass(frozen=True)
class Option:
    code: int
    label: str
    score: float | None
    offered: bool


@dataclass(frozen=True)
class Item:
    variable: str
    category: str
    question: str
    options: tuple[Option, ...]
    dropped: frozenset[int]
    can_mean: bool

    @property
    def offered(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.offered)


@dataclass(frozen=True)
class Country:
    iso3: str
    prompt_name: str
    continent: str
    western: bool


@dataclass(frozen=True)
class Survey:
    items: tuple[Item, ...]
    countries: tuple[Country, ...]
    shares: dict[tuple[str, str], dict[int, float]]
    """Share of each counted code, by (iso3, variable)."""
    means: dict[tuple[str, str], float]
    """Mean of the survey's codes, by (iso3, variable)."""

    def mean_score(self, iso3: str, item: Item) -> float | None:
        """People's mean score in [-1, 1]: from shares where they exist, else the linear map of the mean."""
        if not item.can_mean:
            return None
        cell = (iso3, item.variable)
        if cell in self.shares:
            return sum(self.shares[cell].get(option.code, 0.0) * option.score for option in item.options)
        if cell not in self.means:
            return None
        lowest, highest = min(item.options, key=_code), max(item.options, key=_code)
        place = (self.means[cell] - lowest.code) / (highest.code - lowest.code)
        return lowest.score + place * (highest.score - lowest.score)

    def target(self, iso3: str, item: Item) -> np.ndarray | None:
        """Probability of each offered option that the text gives this cell; None where the survey says nothing."""
        cell = (iso3, item.variable)
        if cell in self.shares:
            shares = np.array([self.shares[cell].get(option.code, 0.0) for option in item.offered])
            return shares / shares.sum() if shares.sum() > 0 else None
        mean = self.mean_score(iso3, item)
        return None if mean is None else widest(np.array([option.score for option in item.offered]), mean)


def _code(option: Option) -> int:
    return option.code


def widest(scores: np.ndarray, mean: float) -> np.ndarray:
    """The maximum-entropy distribution over `scores` with the given mean, clipped to the range that can be reached."""
    margin = 0.002 * (scores.max() - scores.min())
    mean = min(max(mean, scores.min() + margin), scores.max() - margin)
    low, high = -500.0, 500.0
    for _ in range(100):
        tilt = (low + high) / 2
        weights = np.exp(tilt * scores - (tilt * scores).max())
        weights /= weights.sum()
        low, high = (tilt, high) if weights @ scores < mean else (low, tilt)
    return weights


def read_rows(path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_items() -> tuple[Item, ...]:
    """The items of the default set that can be asked, in the survey's order."""
    files = [json.loads(path.read_text("utf-8")) for path in (DATA / "items" / "bank").glob("*.json")]
    records = [{**record, "category": file["category"]} for file in files for record in file["items"]]
    items = [
        Item(
            record["variable"],
            record["category"],
            record["question"],
            tuple(Option(o["code"], o["label"], o["score"], o["offered"]) for o in record["options"]),
            frozenset(record["droppedCodes"]),
            record["canMean"],
        )
        for record in records
        if record["canAsk"] and record["variable"] not in LEFT_OUT
    ]
    return tuple(sorted(items, key=lambda item: int(item.variable[1:])))


def read_survey() -> Survey:
    items = read_items()
    counted = {item.variable: {option.code for option in item.options} for item in items}
    countries = tuple(
        Country(row["iso3"], row["prompt_name"], row["continent"], row["western"] == "yes")
        for row in read_rows(DATA / "survey" / "countries.csv")
        if row["in_default_set"] == "yes"
    )
    shares: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    for row in read_rows(DATA / "survey" / "wvs7_shares.csv"):
        if int(row["option_code"]) in counted.get(row["variable"], ()):
            cell = shares.setdefault((row["country_iso3"], row["variable"]), {})
            cell[int(row["option_code"])] = (row["share_weighted"], row["share_unweighted"])
    means = {
        (row["country_iso3"], row["variable"]): float(row["mean_weighted"] or row["mean_unweighted"])
        for row in read_rows(DATA / "survey" / "wvs7_means.csv")
        if row["variable"] in counted
    }
    return Survey(items, countries, {cell: _renormalised(values) for cell, values in shares.items()}, means)


def _renormalised(values: dict[int, tuple[str, str]]) -> dict[int, float]:
    """Weighted shares where every option has one, else unweighted ones; special codes are gone, so they sum to 1 again."""
    column = 0 if all(weighted for weighted, _ in values.values()) else 1
    total = sum(float(pair[column]) for pair in values.values())
    return {code: float(pair[column]) / total for code, pair in values.items()}
