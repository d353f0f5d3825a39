"""Expected values for correlations of whole matrices, r within columns and the bootstrap, from numpy, scipy and pandas.

    pip install -r test/oracle/scipy_requirements.txt
    python test/oracle/scipy_resampling.py

writes test/oracle/scipy_resampling.expected.json. Running it again gives the same bytes.
"""

import numpy
import pandas
from scipy import stats

from expected_file import write

random = numpy.random.RandomState(20250604)


def as_rows(matrix):
    return [[None if numpy.isnan(value) else round(float(value), 6) for value in row] for row in matrix]


def as_array(rows):
    return numpy.array([[numpy.nan if value is None else value for value in row] for row in rows])


def some_rows(rows, columns, missing, like=None, slope=0.7):
    values = random.normal(size=(rows, columns))
    if like is not None:
        values = slope * numpy.nan_to_num(as_array(like)) + 0.6 * values
    values[random.uniform(size=values.shape) < missing] = numpy.nan
    return as_rows(values)


def cross_cases():
    """pandas leaves out missing pairs and answers fewer than three, and a constant row, with NaN."""
    likert = [[float(value) for value in random.randint(1, 5, size=24)] for _ in range(3)]
    flat, short = [2.5] * 24, [1.0, 4.0] + [None] * 22
    pairs = [
        ("complete", some_rows(5, 30, 0), some_rows(4, 30, 0)),
        ("a third missing", some_rows(6, 25, 0.33), some_rows(6, 25, 0.33)),
        ("ties, a constant row, a row of two values", likert + [flat, short], some_rows(2, 24, 0) + [flat] + likert),
    ]
    cases = []
    for name, a, b in pairs:
        frame = pandas.DataFrame(numpy.vstack([as_array(a), as_array(b)]).T)
        block = frame.corr(min_periods=3).to_numpy()[: len(a), len(a) :]
        cases.append({"name": name, "a": a, "b": b, "r": [[None if numpy.isnan(r) else float(r) for r in row] for row in block]})
    return cases


def pearson(x, y):
    both = ~numpy.isnan(x) & ~numpy.isnan(y)
    return stats.pearsonr(x[both], y[both]).statistic


def column_mean_cases():
    """Mean of r within columns; variance by group of columns + by group of rows - by both, each a jackknife."""
    cases = []
    for zones, batteries, rows, columns, missing in ((6, 7, 30, 14, 0), (8, 6, 40, 18, 0.1), (7, 9, 28, 9, 0.05)):
        zone, battery = numpy.arange(rows) % zones, numpy.arange(columns) * batteries // columns
        # How near the second side comes differs between zones and between batteries.
        slope = random.uniform(-0.4, 1.2, size=zones)[zone][:, None] + random.uniform(-0.4, 1.2, size=batteries)[battery]
        x_rows = some_rows(rows, columns, missing)
        y_rows = some_rows(rows, columns, missing, like=x_rows, slope=slope)
        x, y = as_array(x_rows), as_array(y_rows)
        by_column = [pearson(x[:, j], y[:, j]) for j in range(columns)]

        def without(drop):
            kept = numpy.where(drop, numpy.nan, x)
            left = [j for j in range(columns) if not drop[:, j].all()]
            return numpy.mean([pearson(kept[:, j], y[:, j]) for j in left])

        def variance(drops):
            values = numpy.array([without(drop) for drop in drops])
            return (len(values) - 1) * numpy.var(values)

        full = numpy.ones((rows, columns), dtype=bool)
        of_zone = [full & (zone == z)[:, None] for z in range(zones)]
        of_battery = [full & (battery == b)[None, :] for b in range(batteries)]
        v_columns, v_rows = variance(of_battery), variance(of_zone)
        v_both = variance([a & b for a in of_zone for b in of_battery])
        floor = max(v_columns, v_rows)
        total = max(v_columns + v_rows - v_both, floor)
        mean = float(numpy.mean(by_column))
        reach = stats.t.ppf(0.975, min(zones, batteries) - 1) * numpy.sqrt(total)
        cases.append(
            {
                "x": x_rows,
                "y": y_rows,
                "rowGroups": [f"z{z}" for z in zone],
                "columnGroups": [f"b{b}" for b in battery],
                "byColumn": [float(r) for r in by_column],
                "estimate": mean,
                "columns": float(v_columns),
                "rows": float(v_rows),
                "both": float(v_both),
                "floored": bool(v_columns + v_rows - v_both < floor),
                "low": float(mean - reach),
                "high": float(mean + reach),
            }
        )
    return cases


def drawn_below(generator, bound):
    """Whole numbers from the 32-bit words of a Mersenne Twister, half their range on, without the incomplete last stretch."""
    while True:
        word = (int(generator.randint(0, 2**32, dtype=numpy.uint32)) + 2**31) % 2**32
        if word < 2**32 // bound * bound:
            return word % bound


def bootstrap_cases():
    """Each replicate draws groups of columns, then rows, and repeats what was drawn."""
    cases = []
    for rows, columns, groups, missing, seed in ((10, 36, 9, 0.08, 7), (5, 32, 8, 0, 8)):
        x_rows = some_rows(rows, columns, missing)
        y_rows = some_rows(rows, columns, missing, like=x_rows)
        other_rows = some_rows(rows, columns, missing)
        x, models = as_array(x_rows), [as_array(y_rows), as_array(other_rows)]
        x = numpy.where(numpy.isnan(models[0] + models[1]), numpy.nan, x)
        group = numpy.arange(columns) % groups
        marks = numpy.arange(rows) % 2 == 0
        generator = numpy.random.RandomState(seed)
        fisher = lambda r: numpy.arctanh(numpy.clip(r, -0.999, 0.999))
        values = []
        for _ in range(200):
            drawn = [drawn_below(generator, groups) for _ in range(groups)]
            chosen = [drawn_below(generator, rows) for _ in range(rows)] if rows >= 8 else list(range(rows))
            places = numpy.concatenate([numpy.flatnonzero(group == g) for g in drawn])
            r = numpy.array([[pearson(x[i, places], model[i, places]) for i in chosen] for model in models])
            first = marks[chosen]
            # A replicate without a row of one part has no lean; it is left out.
            lean = r[0][first].mean() - r[0][~first].mean() if first.any() and not first.all() else numpy.nan
            values.append([numpy.tanh(fisher(r[0]).mean()), (r[0] - r[1]).mean(), lean])
        table = numpy.array(values)
        found = [column[~numpy.isnan(column)] for column in table.T]
        cases.append(
            {
                "x": x_rows,
                "models": [y_rows, other_rows],
                "columnGroups": [f"g{g}" for g in group],
                "firstPart": [bool(mark) for mark in marks],
                "seed": seed,
                "rowsDrawn": rows >= 8,
                "intervals": [
                    {
                        "replicates": len(column),
                        "low": float(numpy.quantile(column, 0.025)),
                        "high": float(numpy.quantile(column, 0.975)),
                    }
                    for column in found
                ],
            }
        )
    return cases


if __name__ == "__main__":
    write(
        __file__,
        {"crossCorrelation": cross_cases(), "columnMeans": column_mean_cases(), "bootstrap": bootstrap_cases()},
        ["numpy", "scipy", "pandas"],
    )
