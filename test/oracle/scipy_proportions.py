"""Expected values for intervals of a share, from statsmodels and scipy.

    pip install -r test/oracle/scipy_requirements.txt
    python test/oracle/scipy_proportions.py

writes test/oracle/scipy_proportions.expected.json. Running it again gives the same bytes.
"""

from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from expected_file import write


def wilson_cases():
    cases = []
    for level in (0.95, 0.8, 0.99):
        for successes, n in ((0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (37, 100), (99, 100), (12345, 22880)):
            low, high = proportion_confint(successes, n, alpha=1 - level, method="wilson")
            scipy_interval = stats.binomtest(successes, n).proportion_ci(level, method="wilson")
            cases.append(
                {
                    "successes": successes,
                    "n": n,
                    "level": level,
                    "low": float(low),
                    "high": float(high),
                    "scipy": [float(scipy_interval.low), float(scipy_interval.high)],
                }
            )
    return cases


if __name__ == "__main__":
    write(__file__, {"wilson": wilson_cases()}, ["scipy", "statsmodels"])
