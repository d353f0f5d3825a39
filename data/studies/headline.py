"""The headline table from one file that `npx culture-lens export readings` wrote: python3 data/studies/headline.py mini.csv

Standard library only (Python 3.10 or later); with pandas start from pandas.read_csv or pandas.read_parquet.
"""

import csv
import sys
from collections import defaultdict
from math import atanh, sqrt, tanh
from statistics import correlation, fmean


def r(pairs):
    """Pearson's r; None with fewer than three pairs and where one side is constant."""
    return correlation(*zip(*pairs)) if len(pairs) > 2 and all(len(set(side)) > 1 for side in zip(*pairs)) else None


def cosine(pairs):
    """r of numbers that are deviations already; None where one side is 0 throughout."""
    norm = sqrt(sum(x * x for x, _ in pairs) * sum(y * y for _, y in pairs))
    return sum(x * y for x, y in pairs) / norm if len(pairs) > 2 and norm > 0 else None


def means(values):
    known = [value for value in values if value is not None]
    plain = fmean(known) if known else None
    return plain, tanh(fmean(atanh(max(-0.999, min(0.999, value))) for value in known)) if known else None


asked = defaultdict(list)
with open(sys.argv[1], newline="", encoding="utf-8") as table:
    for row in csv.DictReader(table):
        asked[row["model"], row["template"], row["format"], row["reading"]].append(row)

print("model,template,format,reading,r,deviation_r,r_within_items,west_minus_others")
for way, rows in asked.items():
    people, countries, items, deviations, western = defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), {}
    for row in rows:
        if row["human_mean_score"]:
            people[row["variable"]].append(float(row["human_mean_score"]))
    for row in rows:
        if row["human_mean_score"] and row["model_mean_score"]:
            pair = float(row["human_mean_score"]), float(row["model_mean_score"])
            countries[row["country"]].append(pair)
            items[row["variable"]].append(pair)
            deviations[row["country"]].append(tuple(score - fmean(people[row["variable"]]) for score in pair))
            western[row["country"]] = row["western"] == "TRUE"
    # The one answer of a country-free wording says nothing about differences between countries.
    named = rows[0]["country_named"] == "TRUE"
    of = {country: r(pairs) for country, pairs in countries.items()}
    west, others = (means(of[country] for country in of if western[country] is side)[0] for side in (True, False))
    figures = [
        means(of.values())[1],
        means(map(cosine, deviations.values()))[1] if named else None,
        means(map(r, items.values()))[0] if named else None,
        None if west is None or others is None else west - others,
    ]
    print(",".join([*way, *("" if figure is None else repr(figure) for figure in figures)]))
