"""Read the arguments of fits: how measurements scatter, bounds, start values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.laws.noise import Noise, Normal, Orthogonal, Poisson, Relative
from edgewise.laws.read import read_sigma
from edgewise.laws.solve import Rows

Array = NDArray[np.float64]


def read_noise(
    owner: str,
    x: Array,
    y: Array,
    table: Any,
    sigma: Any,
    x_sigma: Any,
    errors: str,
    names: Sequence[str] = (),
) -> Noise:
    """The distribution of y around a curve.

    Raises:
        ValueError: for settings that contradict each other, or errors that aren't positive.
    """
    if errors not in ("normal", "poisson"):
        raise ValueError(f"{owner} expected errors 'normal' or 'poisson', got {errors!r:.40}")
    if errors == "poisson":
        if sigma is not None or x_sigma is not None:
            raise ValueError(f"{owner} expected no sigma for counts: their errors follow from them")
        if (y < 0).any():
            raise ValueError(f"{owner} expected counts of at least 0, got {y.min():g}")
        return Poisson()
    if isinstance(sigma, str) and sigma == "relative":
        if x_sigma is not None:
            raise ValueError(f"{owner} expected sigma in numbers beside x_sigma, got 'relative'")
        if not ((y > 0).all() or (y < 0).all()):
            raise ValueError(
                f"{owner} expected y of one sign, without 0, for relative errors, got y from "
                f"{y.min():g} to {y.max():g}: pass sigma as an array"
            )
        return Relative()
    if sigma is None and x_sigma is None:
        return Normal(np.ones(len(y)))
    if sigma is None:
        raise ValueError(f"{owner} expected sigma beside x_sigma: the errors of y, too")
    spread = read_sigma(f"{owner} sigma", sigma, table, len(y))
    if x_sigma is None:
        return Normal(spread, is_known=True)
    return Orthogonal(spread, _read_x_sigma(f"{owner} x_sigma", x_sigma, table, x, names))


def _read_x_sigma(owner: str, x_sigma: Any, table: Any, x: Array, names: Sequence[str]) -> Array:
    rows, count = x.shape
    if isinstance(x_sigma, Mapping):
        unknown = [n for n in x_sigma if n not in names]
        if unknown:
            raise ValueError(f"{owner} expected errors of {', '.join(names)}, got {unknown[0]!r}")
        made = np.zeros_like(x)
        for name, values in x_sigma.items():
            made[:, list(names).index(name)] = read_sigma(owner, values, table, rows, zero=True)
        return made
    array = np.asarray(x_sigma) if not isinstance(x_sigma, str) else np.empty(0)
    if array.ndim == 2 and array.shape == x.shape:
        columns = [read_sigma(owner, c, table, rows, zero=True) for c in array.T]
        return np.stack(columns, 1)
    if count > 1:
        raise ValueError(
            f"{owner} expected errors for each of {count} inputs: a mapping by name, or an array "
            f"of shape {x.shape}"
        )
    return read_sigma(owner, x_sigma, table, rows, zero=True)[:, None]


def read_start(
    owner: str, names: Sequence[str], start: Mapping[str, float] | None
) -> dict[str, float]:
    """Finite starts by name."""
    values = {} if start is None else dict(start)
    for name, value in values.items():
        if name not in names:
            raise ValueError(f"{owner} expected starts of {', '.join(names)}, got {name!r}")
        if not isinstance(value, int | float | np.number) or not math.isfinite(value):
            raise ValueError(f"{owner} expected a finite start of {name}, got {value!r}")
    return {name: float(value) for name, value in values.items()}


def read_bounds(
    owner: str,
    names: Sequence[str],
    bounds: Mapping[str, tuple[float, float]] | None,
    lower: Array,
    upper: Array,
) -> tuple[Array, Array]:
    """Bounds with those given by name in the place of `lower` and `upper`."""
    lower, upper = lower.copy(), upper.copy()
    for name, pair in (bounds or {}).items():
        if name not in names:
            raise ValueError(f"{owner} expected bounds of {', '.join(names)}, got {name!r}")
        try:
            low, high = pair
            low = -math.inf if low is None else float(low)
            high = math.inf if high is None else float(high)
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"{owner} expected two bounds of {name} such as (0, 10), got {pair!r}"
            ) from error
        if not low < high:
            raise ValueError(f"{owner} expected bounds of {name} in order, got {pair!r}")
        lower[names.index(name)], upper[names.index(name)] = low, high
    return lower, upper


def check_rows(owner: str, rows: Rows) -> Rows:
    """Rows that can tell the parameters: more of them than of these."""
    count, parameters = len(rows.y), len(rows.curve.parameters)
    if len(rows.x) != count:
        raise ValueError(f"{owner} expected as many rows of x as of y, got {len(rows.x)}, {count}")
    if count <= parameters:
        raise ValueError(
            f"{owner} expected more rows than parameters, at least {parameters + 1} for "
            f"{', '.join(rows.curve.parameters)}; got {count}"
        )
    return rows
