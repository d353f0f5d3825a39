"""Expected values for test/statistics, from scipy and numpy.

    pip install numpy==2.4.6 scipy==1.17.1
    python test/oracle/scipy_statistics.py

writes test/oracle/scipy_statistics.expected.json: inputs, outputs and the versions that made them. Running it again gives
the same bytes.
"""

import json
import pathlib
import platform
import warnings

import numpy
import scipy
from scipy import stats

warnings.simplefilter("ignore")
random = numpy.random.RandomState(20240607)


def rounded(values):
    return [round(float(value), 6) for value in values]


def pearson_case(name, x, y):
    if len(x) < 3 or len(set(x)) == 1 or len(set(y)) == 1:
        # scipy answers two points with +-1 and a constant with NaN; here both are undefined.
        r = None
    else:
        r = float(stats.pearsonr(x, y).statistic)
    scipy_says = None
    if len(x) >= 2:
        value = float(stats.pearsonr(x, y).statistic)
        scipy_says = None if numpy.isnan(value) else value
    return {"name": name, "x": x, "y": y, "r": r, "scipy": scipy_says}


def pearson_cases():
    x = rounded(random.normal(size=60))
    noise = random.normal(size=60)
    likert = [int(value) for value in random.randint(1, 5, size=40)]
    other = [int(value) for value in random.randint(1, 5, size=40)]
    far = [round(1e8 + value, 3) for value in random.normal(size=25)]
    far_too = [round(1e8 + 0.5 * (value - 1e8) + extra, 3) for value, extra in zip(far, random.normal(size=25))]
    return [
        pearson_case("sixty values with noise", x, rounded(0.6 * numpy.array(x) + noise)),
        pearson_case("ties on both sides", likert, other),
        pearson_case("three points", [1, 2, 3], [2, 4, 7]),
        pearson_case("a perfect falling line", [1, 2, 3, 4], [8, 6, 4, 2]),
        pearson_case("values far from zero", far, far_too),
        pearson_case("tiny values", [1e-160, 2e-160, 4e-160, 3e-160], [3e-170, 1e-170, 2e-170, 8e-170]),
        pearson_case("first sample constant", [2, 2, 2, 2], [1, 2, 3, 4]),
        pearson_case("both samples constant", [2, 2, 2], [5, 5, 5]),
        pearson_case("two pairs", [1, 2], [3, 5]),
    ]


def fisher_cases():
    groups = [[0.2, 0.5, 0.9], [-0.4, 0.4], [0.8], rounded(random.uniform(-0.95, 0.95, size=12))]
    return [
        {
            "correlations": group,
            "z": [float(numpy.arctanh(r)) for r in group],
            "mean": float(numpy.tanh(numpy.mean(numpy.arctanh(group)))),
            "plainMean": float(numpy.mean(group)),
        }
        for group in groups
    ]


def deviation_cases():
    cases = []
    for size in (3, 8, 30):
        x, y, reference = (rounded(random.uniform(-1, 1, size=size)) for _ in range(3))
        dx = numpy.array(x) - numpy.array(reference)
        dy = numpy.array(y) - numpy.array(reference)
        r = 1 - scipy.spatial.distance.cosine(dx, dy)
        cases.append({"x": x, "y": y, "reference": reference, "r": float(r)})
    return cases


def spread_cases():
    samples = [[1, 2, 3, 4], [0.5, 0.5, 0.5], rounded(random.normal(size=15))]
    return [
        {"values": values, "mean": float(numpy.mean(values)), "standardDeviation": float(numpy.std(values, ddof=1))}
        for values in samples
    ]


def random_cases():
    # 700 numbers take 1,400 words, so the state is renewed twice.
    cases = []
    for seed in (0, 1, 42, 4294967295):
        numbers = numpy.random.RandomState(seed).random_sample(700)
        cases.append({"seed": seed, "first": numbers[:5].tolist(), "last": numbers[-2:].tolist(), "count": 700})
    return cases


def main():
    expected = {
        "versions": {
            "python": platform.python_version(),
            "numpy": numpy.__version__,
            "scipy": scipy.__version__,
        },
        "pearson": pearson_cases(),
        "fisher": fisher_cases(),
        "deviation": deviation_cases(),
        "spread": spread_cases(),
        "random": random_cases(),
    }
    path = pathlib.Path(__file__).with_name("scipy_statistics.expected.json")
    path.write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
