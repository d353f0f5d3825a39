"""Expected values at the edges of every statistic: one value, two, ties, constants, a missing value; from scipy, statsmodels.

    pip install -r test/oracle/scipy_requirements.txt
    python test/oracle/scipy_edges.py

writes test/oracle/scipy_edges.expected.json: what these packages answer, null where that is NaN, infinite or an error.
Running it again gives the same bytes.
"""

import warnings

import numpy
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW

from expected_file import write

# The packages warn of exactly these cases.
warnings.simplefilter("ignore")


def answer(compute):
    try:
        value = float(compute())
    except ValueError:
        return None
    return value if numpy.isfinite(value) else None


def pair_cases():
    missing = numpy.nan
    pairs = [
        ("one pair", [0.4], [0.7]),
        ("two pairs", [0.1, 0.6], [0.9, 0.2]),
        ("two equal pairs", [0.3, 0.3], [0.5, 0.5]),
        ("three pairs with a tie", [0.1, 0.1, 0.4], [0.2, 0.5, 0.3]),
        ("ties everywhere", [1, 1, 2, 2, 3, 3], [1, 2, 1, 2, 1, 3]),
        ("one value apart", [0, 0, 0, 0, 1], [0.2, 0.1, 0.3, 0.2, 0.9]),
        ("first constant", [0.25, 0.25, 0.25, 0.25], [0.1, 0.2, 0.4, 0.3]),
        ("second constant", [0.1, 0.2, 0.4, 0.3], [0.75, 0.75, 0.75, 0.75]),
        ("both constant", [0.5, 0.5, 0.5], [0.25, 0.25, 0.25]),
        ("a missing value", [0.1, missing, 0.3, 0.9], [0.4, 0.5, 0.1, 0.2]),
    ]
    return [
        {
            "name": name,
            "x": [None if numpy.isnan(value) else value for value in x],
            "y": y,
            "pearson": answer(lambda: stats.pearsonr(x, y).statistic),
            "spearman": answer(lambda: stats.spearmanr(x, y).statistic),
            "slope": answer(lambda: stats.linregress(x, y).slope),
            "offset": answer(lambda: stats.linregress(x, y).intercept),
            "weighted": answer(lambda: DescrStatsW(numpy.column_stack([x, y]), weights=[2.5] * len(x)).corrcoef[0, 1]),
        }
        for name, x, y in pairs
    ]


def welch_cases():
    lists = [
        ([1], [2]),
        ([1, 2], [4]),
        ([1, 2], [4, 8]),
        ([1, 2, 2, 1], [2, 2, 1, 2]),
        ([0.25, 0.25, 0.25], [0.5, 0.75, 0.5]),
        ([0.25, 0.25], [0.25, 0.25]),
        ([3, 1, 2], [1, 2, 3]),
    ]
    return [
        {
            "first": first,
            "second": second,
            "t": answer(lambda: stats.ttest_ind(first, second, equal_var=False).statistic),
            "p": answer(lambda: stats.ttest_ind(first, second, equal_var=False).pvalue),
        }
        for first, second in lists
    ]


def level_cases():
    return [
        {"df": df, "level": level, "quantile": float(stats.t.ppf((1 + level) / 2, df))}
        for df in (1, 5.5, 40)
        for level in (0.5, 0.8, 0.9, 0.99, 0.999)
    ]


def regression_cases():
    """Ties in x, a constant y, three points."""
    lists = [([1, 1, 2, 2, 3], [1, 3, 2, 4, 4]), ([1, 2, 4], [1, 0, 3]), ([6, 7, 8, 9], [0.5, 0.5, 0.5, 0.5])]
    cases = []
    for x, y in lists:
        fit = sm.OLS(y, sm.add_constant(numpy.array(x, dtype=float))).fit()
        low, high = fit.conf_int(alpha=0.1)[1]
        cases.append({"x": x, "y": y, "slope": float(fit.params[1]), "low": float(low), "high": float(high)})
    return cases


def adjustment_cases():
    lists = [[0], [1], [0, 0, 1], [0.02, 0.02, 0.02], [0.5, 0.5, 1e-9, 1e-9], [0.04, 0.03, 0.02, 0.01]]
    return [
        {
            "p": p,
            "holm": multipletests(p, method="holm")[1].tolist(),
            "benjaminiHochberg": multipletests(p, method="fdr_bh")[1].tolist(),
        }
        for p in lists
    ]


def distance_cases():
    """Positions out of order, at one place, and further apart than [-1, 1]."""
    lists = [
        ([1, -1, 0], [0.2, 0.5, 0.3], [0.6, 0.1, 0.3]),
        ([0, 0, 1], [0.5, 0.2, 0.3], [0.1, 0.3, 0.6]),
        ([0.5, 0.5], [1, 0], [0, 1]),
        ([-10, 3, 7.5, 100], [0, 0.25, 0.75, 0], [0.5, 0, 0, 0.5]),
    ]
    return [
        {"positions": at, "p": p, "q": q, "wasserstein": float(stats.wasserstein_distance(at, at, p, q))}
        for at, p, q in lists
    ]


if __name__ == "__main__":
    write(
        __file__,
        {
            "pairs": pair_cases(),
            "welch": welch_cases(),
            "levels": level_cases(),
            "regression": regression_cases(),
            "adjustment": adjustment_cases(),
            "distances": distance_cases(),
        },
        ["numpy", "scipy", "statsmodels"],
    )
