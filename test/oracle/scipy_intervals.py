"""Expected values for intervals, regression, tests and completion, from scipy, statsmodels and numpy.

    pip install -r test/oracle/scipy_requirements.txt
    python test/oracle/scipy_intervals.py

writes test/oracle/scipy_intervals.expected.json. Running it again gives the same bytes.
"""

import itertools

import numpy
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.sandwich_covariance import cov_cluster, cov_cluster_2groups
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from expected_file import rounded, write

random = numpy.random.RandomState(20250312)


def t_cases():
    degrees = [1, 1.2, 2, 3.7, 6, 9, 59, 204, 1e6]
    return [
        {"df": df, "quantile": float(stats.t.ppf(0.975, df)), "tail": float(2 * stats.t.sf(2.1, df))} for df in degrees
    ]


def matrix_rows(matrix):
    return [[None if numpy.isnan(value) else round(float(value), 6) for value in row] for row in matrix]


def as_array(rows):
    return numpy.array([[numpy.nan if value is None else value for value in row] for row in rows])


def world(rows, columns, missing, slope=0.8):
    common = random.normal(size=columns)
    x = common + 0.5 * random.normal(size=(rows, columns))
    y = slope * x + 0.6 * random.normal(size=(rows, columns))
    x[random.uniform(size=x.shape) < missing] = numpy.nan
    y[random.uniform(size=y.shape) < missing] = numpy.nan
    return matrix_rows(x), matrix_rows(y)


def row_r(x, y):
    both = ~numpy.isnan(x) & ~numpy.isnan(y)
    return numpy.array([stats.pearsonr(a[known], b[known]).statistic for a, b, known in zip(x, y, both)])


def jackknife(statistic, groups):
    """Delete-one-group jackknife variance; statistic takes the columns that stay."""
    names = list(dict.fromkeys(groups))
    groups = numpy.array(groups)
    without = numpy.array([statistic(groups != name) for name in names])
    return (len(names) - 1) * numpy.var(without), len(names)


def interval_of(estimate, variance, g):
    reach = stats.t.ppf(0.975, g - 1) * numpy.sqrt(variance)
    return {"estimate": float(estimate), "low": float(estimate - reach), "high": float(estimate + reach)}


def headline_cases():
    cases = []
    for rows, columns, g, missing in ((9, 30, 8, 0), (18, 40, 13, 0.1), (3, 24, 6, 0.05)):
        x_rows, y_rows = world(rows, columns, missing)
        _, other_rows = world(rows, columns, missing, slope=0.3)
        x, y, other = as_array(x_rows), as_array(y_rows), as_array(other_rows)
        groups = [f"b{place * g // columns}" for place in range(columns)]
        first = [place % 2 == 0 for place in range(rows)]
        z = lambda keep: numpy.mean(numpy.arctanh(row_r(x[:, keep], y[:, keep])))
        everything = numpy.ones(columns, dtype=bool)
        sampled = rows >= 8
        v_item, count = jackknife(z, groups)
        v_country = numpy.var(numpy.arctanh(row_r(x, y)), ddof=1) / rows if sampled else 0
        headline = interval_of(z(everything), v_item + v_country, count)
        # The difference is read on the cells that all three have.
        all_three = numpy.where(numpy.isnan(x + y + other), numpy.nan, x)
        differences = lambda keep: row_r(all_three[:, keep], y[:, keep]) - row_r(all_three[:, keep], other[:, keep])
        v_item, _ = jackknife(lambda keep: numpy.mean(differences(keep)), groups)
        v_country = numpy.var(differences(everything), ddof=1) / rows if sampled else 0
        difference = interval_of(numpy.mean(differences(everything)), v_item + v_country, count)
        marks = numpy.array(first)
        part = lambda r: numpy.mean(r[marks]) - numpy.mean(r[~marks])
        v_item, _ = jackknife(lambda keep: part(row_r(x[:, keep], y[:, keep])), groups)
        r = row_r(x, y)
        both_sampled = bool(min(marks.sum(), (~marks).sum()) >= 8)
        v_country = sum(numpy.var(side, ddof=1) / len(side) for side in (r[marks], r[~marks])) if both_sampled else 0
        lean = interval_of(part(r), v_item + v_country, count)
        cases.append(
            {
                "x": x_rows,
                "y": y_rows,
                "other": other_rows,
                "groups": groups,
                "firstPart": first,
                "rowsFixed": not sampled,
                "z": headline,
                "r": {key: float(numpy.tanh(value)) for key, value in headline.items()},
                "difference": difference,
                "lean": lean,
                "leanRowsFixed": not both_sampled,
            }
        )
    return cases


def two_way_cases():
    """The mean of a complete matrix with groups of equal size, where the jackknife is the sandwich of the regression on 1."""
    cases = []
    for row_groups, column_groups, size in ((6, 7, 2), (8, 6, 3)):
        rows, columns = row_groups * size, column_groups * size
        values = random.normal(size=(rows, columns))
        values += numpy.repeat(random.normal(size=row_groups), size)[:, None]
        values += numpy.repeat(random.normal(size=column_groups), size)[None, :]
        values = numpy.round(values, 6)
        by_row = numpy.repeat(numpy.arange(rows) // size, columns)
        by_column = numpy.tile(numpy.arange(columns) // size, rows)
        fit = sm.OLS(values.ravel(), numpy.ones(values.size)).fit()
        both, first, second = cov_cluster_2groups(fit, by_row, by_column)
        variance = float(both[0, 0])
        reach = stats.t.ppf(0.975, min(row_groups, column_groups) - 1) * numpy.sqrt(variance)
        cases.append(
            {
                "values": values.tolist(),
                "rowGroups": [f"z{row // size}" for row in range(rows)],
                "columnGroups": [f"b{column // size}" for column in range(columns)],
                "estimate": float(values.mean()),
                "rows": float(first[0, 0]),
                "columns": float(second[0, 0]),
                "variance": variance,
                "low": float(values.mean() - reach),
                "high": float(values.mean() + reach),
            }
        )
    return cases


def jackknife_cases():
    """The mean with every value its own group has the textbook variance; ratios are worked out value by value."""
    cases = []
    for size in (2, 5, 30):
        values = rounded(random.normal(size=size))
        cases.append({"values": values, "mean": float(numpy.mean(values)), "variance": float(stats.sem(values) ** 2)})
    return cases


def clustered_cases():
    """The mean with groups of equal size has the variance of the regression on 1, clustered by group."""
    values = rounded(random.normal(size=24))
    groups = [f"g{place % 6}" for place in range(24)]
    fit = sm.OLS(values, numpy.ones(24)).fit()
    variance = cov_cluster(fit, numpy.array([int(name[1:]) for name in groups]))
    return [{"values": values, "groups": groups, "variance": float(variance[0, 0])}]


def regression_cases():
    sizes = [1e5, 3e5, 6e5, 1.2e6, 5e6]
    lists = [
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 7]),
        (rounded(random.normal(size=20)), rounded(random.normal(size=20))),
        (numpy.log10(sizes).tolist(), rounded(0.1 * numpy.log10(sizes) + random.normal(0, 0.02, size=5))),
    ]
    cases = []
    for x, y in lists:
        fit = sm.OLS(y, sm.add_constant(numpy.array(x))).fit()
        low, high = fit.conf_int(alpha=0.05)[1]
        cases.append(
            {
                "x": x,
                "y": y,
                "slope": float(fit.params[1]),
                "intercept": float(fit.params[0]),
                "standardError": float(fit.bse[1]),
                "low": float(low),
                "high": float(high),
            }
        )
    cases[-1]["sizes"] = sizes
    return cases


def welch_cases():
    lists = [
        ([0.61, 0.64, 0.6], [0.55, 0.59, 0.58]),
        (rounded(random.normal(size=5)), rounded(random.normal(0.5, 3, size=9))),
        ([1, 2], [3, 5]),
        ([2, 2, 2], [1, 2, 3]),
    ]
    cases = []
    for first, second in lists:
        test = stats.ttest_ind(first, second, equal_var=False)
        low, high = CompareMeans(DescrStatsW(first), DescrStatsW(second)).tconfint_diff(usevar="unequal")
        cases.append(
            {
                "first": first,
                "second": second,
                "t": float(test.statistic),
                "df": float(test.df),
                "p": float(test.pvalue),
                "low": float(low),
                "high": float(high),
            }
        )
    return cases


def seed_cases():
    """Every split of the seeds."""
    lists = [([0.6, 0.7], [0.4, 0.5]), ([1, 2, 2, 5], [2, 3, 1, 0]), (rounded(random.normal(size=5)), [0.1, 0.9, 1.5])]
    cases = []
    for first, second in lists:
        case = {"first": first, "second": second}
        for alternative in ("greater", "less", "two-sided"):
            test = stats.permutation_test(
                (numpy.array(first), numpy.array(second)),
                lambda a, b: numpy.mean(a) - numpy.mean(b),
                permutation_type="independent",
                alternative=alternative,
                n_resamples=numpy.inf,
            )
            case[alternative] = float(test.pvalue)
        cases.append(case)
    return cases


def row_permutation_cases():
    """Every order of five rows; the statistic is the mean of r over matched rows."""
    x = random.normal(size=(5, 12))
    y = 0.5 * x + random.normal(size=(5, 12))
    x, y = numpy.round(x, 6), numpy.round(y, 6)
    mean_r = [
        float(numpy.mean([stats.pearsonr(x[i], y[j]).statistic for i, j in enumerate(order)]))
        for order in itertools.permutations(range(5))
    ]
    share = float(numpy.mean(numpy.array(mean_r) >= mean_r[0] - 1e-12))
    return [{"x": x.tolist(), "y": y.tolist(), "observed": mean_r[0], "p": share}]


def adjustment_cases():
    lists = [[0.01, 0.02, 0.03, 0.04], [0.04, 0.001, 0.5, 0.03, 0.03], [0.9], [1, 1, 0.2], rounded(random.uniform(size=15) ** 3)]
    return [
        {
            "p": p,
            "holm": multipletests(p, method="holm")[1].tolist(),
            "benjaminiHochberg": multipletests(p, method="fdr_bh")[1].tolist(),
        }
        for p in lists
    ]


def quantile_cases():
    lists = [[3.5], [1, 2], [4, 1, 3, 2], rounded(random.normal(size=101)), [2, 2, 2, 5]]
    return [
        {"values": values, "low": float(numpy.quantile(values, 0.025)), "high": float(numpy.quantile(values, 0.975))}
        for values in lists
    ]


def completion_cases():
    """Soft-thresholded singular values, filled in until nothing moves: the same objective reached another way."""
    cases = []
    for rows, columns, rank, missing in ((10, 8, 1, 0), (12, 9, 2, 0), (14, 10, 2, 0.25), (15, 12, 3, 0.15)):
        factors = random.normal(size=(rows, rank)) @ random.normal(size=(rank, columns))
        values = factors + 0.3 * random.normal(size=(rows, columns)) + random.normal(size=columns)
        values[random.uniform(size=values.shape) < missing] = numpy.nan
        known = matrix_rows(values)
        x = as_array(known)
        means = numpy.nanmean(x, axis=0)
        deviations = x - means
        filled = numpy.where(numpy.isnan(deviations), 0, deviations)
        ridge = 0.7
        for _ in range(20000):
            u, d, v = numpy.linalg.svd(filled, full_matrices=False)
            d = numpy.maximum(d - ridge, 0)
            d[rank:] = 0
            low_rank = (u * d) @ v
            filled = numpy.where(numpy.isnan(deviations), low_rank, deviations)
        cases.append({"values": known, "rank": rank, "ridge": ridge, "completed": (low_rank + means).tolist()})
    return cases


if __name__ == "__main__":
    write(
        __file__,
        {
            "studentT": t_cases(),
            "jackknife": jackknife_cases(),
            "clustered": clustered_cases(),
            "headline": headline_cases(),
            "twoWay": two_way_cases(),
            "regression": regression_cases(),
            "welch": welch_cases(),
            "seeds": seed_cases(),
            "rowPermutation": row_permutation_cases(),
            "adjustment": adjustment_cases(),
            "quantiles": quantile_cases(),
            "completion": completion_cases(),
        },
        ["numpy", "scipy", "statsmodels"],
    )
