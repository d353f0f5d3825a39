"""Expected values for measures of agreement and distances, from scipy, statsmodels and numpy.

    pip install -r test/oracle/scipy_requirements.txt
    python test/oracle/scipy_agreement.py

writes test/oracle/scipy_agreement.expected.json. Running it again gives the same bytes.
"""

import warnings

import numpy
from scipy import stats
from scipy.spatial import distance
from statsmodels.stats.weightstats import DescrStatsW

from expected_file import rounded, write

# scipy warns of constant samples, which are among the cases.
warnings.simplefilter("ignore")
random = numpy.random.RandomState(20250311)


def samples():
    """Pairs of samples: plain, with ties, short, constant."""
    x = rounded(random.uniform(-1, 1, size=40))
    noise = random.normal(0, 0.3, size=40)
    likert = [int(value) for value in random.randint(1, 5, size=30)]
    other = [int(value) for value in random.randint(1, 5, size=30)]
    return [
        ("forty values with noise", x, rounded(0.6 * numpy.array(x) + 0.1 + noise)),
        ("ties on both sides", likert, other),
        ("ties on one side", [1, 1, 2, 3, 3, 3], [0.3, -1, 0.2, 5, 4, 0.1]),
        ("equal samples", [0.1, 0.5, -0.3], [0.1, 0.5, -0.3]),
        ("squeezed to a twentieth", [-0.9, -0.2, 0.4, 0.8], [-0.045, -0.01, 0.02, 0.04]),
        ("shifted by one half", [-0.4, 0.1, 0.2, 0.3], [0.1, 0.6, 0.7, 0.8]),
        ("turned round", [1, 2, 3, 4], [9, 3, 2, 1]),
        ("three pairs", [1, 2, 3], [2, 4, 7]),
        ("two pairs", [1, 2], [3, 5]),
        ("one pair", [1], [3]),
        ("no pair", [], []),
        ("first sample constant", [2, 2, 2, 2], [1, 2, 3, 4]),
        ("second sample constant", [1, 2, 3, 4], [2, 2, 2, 2]),
        ("both samples constant", [2, 2, 2], [5, 5, 5]),
    ]


def concordance(x, y):
    # 1 - mean squared difference / what it would be without any relation.
    unrelated = numpy.var(x) + numpy.var(y) + (numpy.mean(x) - numpy.mean(y)) ** 2
    return float(1 - numpy.mean((numpy.array(x) - numpy.array(y)) ** 2) / unrelated)


def agreement_case(name, x, y):
    # scipy answers two points with +-1 and a constant sample with NaN; here both are undefined.
    short = len(x) < 3
    flat_x, flat_y = len(set(x)) < 2, len(set(y)) < 2
    line = None if short or flat_x else stats.linregress(x, y)
    return {
        "name": name,
        "x": x,
        "y": y,
        "spearman": None if short or flat_x or flat_y else float(stats.spearmanr(x, y).statistic),
        "concordance": None if short or (flat_x and flat_y) else concordance(x, y),
        "slope": None if line is None else float(line.slope),
        "offset": None if line is None else float(line.intercept),
        "absoluteError": None if len(x) == 0 else float(numpy.mean(numpy.abs(numpy.subtract(x, y)))),
    }


def rank_cases():
    lists = [[10, 30, 10], [3], [], [2, 2, 2, 2], [5, 4, 3], [int(value) for value in random.randint(0, 6, size=25)]]
    return [{"values": values, "ranks": stats.rankdata(values).tolist()} for values in lists]


def weighted_cases():
    cases = []
    for size in (3, 12, 60):
        x = rounded(random.normal(size=size))
        y = rounded(0.5 * numpy.array(x) + random.normal(size=size))
        weights = rounded(random.uniform(0.1, 4, size=size))
        cases.append({"x": x, "y": y, "weights": weights})
    cases.append({"x": [1, 2, 2, 5, 9], "y": [3, 3, 1, 7, 6], "weights": [1, 0, 3, 0, 2]})
    for case in cases:
        both = DescrStatsW(numpy.column_stack([case["x"], case["y"]]), weights=case["weights"])
        case["r"] = float(both.corrcoef[0, 1])
    return cases


def weighted_mean_cases():
    cases = []
    for size in (1, 4, 9):
        r = rounded(random.uniform(-0.9, 0.98, size=size))
        weights = rounded(random.uniform(0, 3, size=size))
        z = DescrStatsW(numpy.arctanh(r), weights=weights).mean
        plain = DescrStatsW(numpy.array(r), weights=weights).mean
        cases.append({"correlations": r, "weights": weights, "mean": float(numpy.tanh(z)), "plainMean": float(plain)})
    return cases


def distance_cases():
    cases = []
    pairs = [
        ([-1, 1], [1, 0], [0, 1]),
        ([-1, 0, 1], [0.2, 0.3, 0.5], [0.2, 0.3, 0.5]),
        ([-1, 0, 1], [0, 1, 0], [0.5, 0, 0.5]),
        ([1, 1 / 3, -1 / 3, -1], [0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0.25, 0.25]),
        ([0], [1], [1]),
    ]
    for size in (4, 10):
        shares = random.dirichlet(numpy.ones(size), size=2)
        pairs.append((numpy.linspace(-1, 1, size).tolist(), shares[0].tolist(), shares[1].tolist()))
    for positions, p, q in pairs:
        cases.append(
            {
                "positions": positions,
                "p": p,
                "q": q,
                "wasserstein": float(stats.wasserstein_distance(positions, positions, p, q)),
                # scipy gives the distance, the root of the divergence.
                "jensenShannon": float(distance.jensenshannon(p, q, base=2) ** 2),
            }
        )
    return cases


if __name__ == "__main__":
    write(
        __file__,
        {
            "agreement": [agreement_case(*sample) for sample in samples()],
            "ranks": rank_cases(),
            "weighted": weighted_cases(),
            "weightedMeans": weighted_mean_cases(),
            "distances": distance_cases(),
        },
        ["numpy", "scipy", "statsmodels"],
    )
