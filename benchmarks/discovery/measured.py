"""Tables that come with scikit-learn, in rows to fit and rows to judge by.

Linnerud's 20 rows are too few to judge by, and California housing isn't bundled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.discovery.cases import Array, Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of

FIT = 0.7
"""Share of a measured table's rows that is fitted to."""

FRIEDMAN_ROWS = 500
TEST_ROWS = 2000


def _split(x: Array, y: Array, seed: int) -> Data:
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    order = np.array(Dice(seed, 5).shuffle(range(len(y))))
    fit, test = order[: round(FIT * len(y))], order[round(FIT * len(y)) :]
    return Data(x[fit], y[fit], x[test], y[test])


def _diabetes(seed: int) -> Data:
    """442 patients: how far the disease went in a year."""
    from sklearn.datasets import load_diabetes

    x, y = load_diabetes(return_X_y=True, scaled=False)
    return _split(x, y, seed)


def _wine_class(seed: int) -> Data:
    """178 wines: which of three growers, as a number."""
    from sklearn.datasets import load_wine

    x, y = load_wine(return_X_y=True)
    return _split(x, y, seed)


def _wine_alcohol(seed: int) -> Data:
    """178 wines: their alcohol from the other twelve measurements."""
    from sklearn.datasets import load_wine

    x, _ = load_wine(return_X_y=True)
    return _split(x[:, 1:], x[:, 0], seed)


def _cancer(seed: int) -> Data:
    """569 tumours: the largest radius of a nucleus from the ten means."""
    from sklearn.datasets import load_breast_cancer

    x, _ = load_breast_cancer(return_X_y=True)
    return _split(x[:, :10], x[:, 20], seed)


def _iris(seed: int) -> Data:
    """150 flowers: the width of a petal from the other three lengths."""
    from sklearn.datasets import load_iris

    x, _ = load_iris(return_X_y=True)
    return _split(x[:, :3], x[:, 3], seed)


def _friedman(
    name: str, formula: str, ranges: tuple[tuple[float, float], ...], noise: float
) -> Callable[[int], Data]:
    """One of Friedman's three functions, with fresh rows that are as noisy."""
    low, high = np.array(ranges).T

    def points(rows: int, seed: int) -> Array:
        return low + (high - low) * Dice(6, seed).uniforms(rows, len(ranges))

    def data(seed: int) -> Data:
        from sklearn import datasets

        make = getattr(datasets, f"make_{name}")
        x, y = make(FRIEDMAN_ROWS + TEST_ROWS, noise=noise, random_state=seed)
        fit, test = slice(FRIEDMAN_ROWS), slice(FRIEDMAN_ROWS, None)
        truth = tree_of(formula, {f"x{k}": k for k in range(len(ranges))})
        return Data(x[fit], y[fit], x[test], y[test], truth, points)

    return data


UNIT = (0.0, 1.0)
CIRCUIT = ((0.0, 100.0), (40 * np.pi, 560 * np.pi), UNIT, (1.0, 11.0))
"""Of a resistance, a frequency, an inductance and a capacitance."""

# Of both circuit functions a term of 1/(x1 x3) is left out of the truth: it is below 0.01 beside
# hundreds, and nobody can see it under the noise.
FRIEDMAN1 = "10*sin(pi*x0*x1) + 20*(x2 - 1/2)**2 + 10*x3 + 5*x4"
FRIEDMAN2 = "sqrt(x0**2 + (x1*x2)**2)"
FRIEDMAN3 = "atan(x1*x2/x0)"

MEASURED: Mapping[str, Callable[[int], Any]] = {
    "diabetes": _diabetes,
    "friedman1": _friedman("friedman1", FRIEDMAN1, (UNIT,) * 10, 1.0),
    "friedman2": _friedman("friedman2", FRIEDMAN2, CIRCUIT, 125.0),
    "friedman3": _friedman("friedman3", FRIEDMAN3, CIRCUIT, 0.1),
    "wine class": _wine_class,
    "wine alcohol": _wine_alcohol,
    "breast cancer": _cancer,
    "iris": _iris,
}
"""Each table's rows, by a seed."""
