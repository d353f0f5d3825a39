"""How far mean scores agree, in plain means: enough to choose learning rates and to tell a maker how a training went."""

import numpy as np


def agreement(reference: np.ndarray, found: np.ndarray, cells: np.ndarray) -> dict[str, float]:
    """Mean r per country, mean deviation r per country and mean r within items, over the cells of a mask, all (country, item)."""
    both = ~np.isnan(reference) & ~np.isnan(found)
    cells = cells & both
    deviations = [_deviations(np.where(both, values, np.nan)) for values in (reference, found)]
    rows = [row for row in range(len(reference)) if cells[row].sum() >= 3]
    columns = [column for column in range(reference.shape[1]) if cells[:, column].sum() >= 5]
    return {
        "rPerCountry": _mean(_pearson(reference[c, cells[c]], found[c, cells[c]]) for c in rows),
        "deviationR": _mean(_cosine(deviations[0][c, cells[c]], deviations[1][c, cells[c]]) for c in rows),
        "rWithinItems": _mean(_pearson(reference[cells[:, i], i], found[cells[:, i], i]) for i in columns),
        "cells": int(cells.sum()),
    }


def pooled(reference: np.ndarray, found: np.ndarray, cells: np.ndarray) -> dict[str, float]:
    """Over all cells of a mask at once, which says more than means over countries where each has a few: r, deviation r, error."""
    cells = cells & ~np.isnan(reference) & ~np.isnan(found)
    one, other = (_deviations(values)[cells] for values in (reference, found))
    return {
        "r": _pearson(reference[cells], found[cells]),
        "deviationR": _cosine(one, other),
        "meanAbsoluteError": float(np.abs(reference - found)[cells].mean()),
    }


def _deviations(values: np.ndarray) -> np.ndarray:
    """Distance of each cell from the mean of the other countries' cells of its item."""
    known = ~np.isnan(values)
    others = known.sum(0) - known
    return values - (np.nansum(values, axis=0) - np.nan_to_num(values)) / np.maximum(others, 1)


def _pearson(x: np.ndarray, y: np.ndarray) -> float:
    return _cosine(x - x.mean(), y - y.mean())


def _cosine(x: np.ndarray, y: np.ndarray) -> float:
    length = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / length) if length > 0 else float("nan")


def _mean(values) -> float:
    return float(np.nanmean(list(values)))
