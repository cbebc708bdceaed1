"""Read and check the arguments of fits: errors, limits of detection, bounds, start values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise._checks import read_mapping, read_number
from edgewise.formula.scaling import power_of_two_above
from edgewise.laws.censored import Censored
from edgewise.laws.errors import read_errors
from edgewise.laws.noise import NOISE_OF_KIND, Noise, Normal, Orthogonal
from edgewise.laws.read import column_names, get_column, has_columns, read_vector
from edgewise.laws.solve import FitProblem
from edgewise.nn.reading import read_real

ORDINARY = 1e30
"""Sizes of y up to it, and down to its inverse, are ordinary."""
LARGEST = 1e100
"""Greatest values of a column beyond which, or below whose inverse, powers leave float64."""


def read_noise(
    owner: str,
    y: Array,
    sigma: Any,
    x_sigma: Any,
    names: Sequence[str],
    table: Any,
    censored: Any,
) -> Noise:
    """The distribution of y around a curve of the named inputs.

    Raises:
        ValueError: if the errors can't be read, or contradict each other or the values of y.
    """
    (errors,) = read_errors(owner, sigma, x_sigma, rows=len(y), names=names, table=table)
    side = read_side(owner, censored, table, len(y))
    if side.any():
        if errors.x_sigma is not None or errors.kind not in (None, "constant", "given"):
            raise ValueError(
                f"{owner} with censored expected a numeric sigma or none, and no x_sigma, got "
                f"sigma {errors.kind!r}"
            )
        if errors.sigma is None:
            return Censored(_rough_sigma(y), side, is_known=False)
        return Censored(errors.sigma, side)
    if errors.x_sigma is not None:
        if errors.sigma is None:
            raise ValueError(f"{owner} with x_sigma expected a numeric sigma, got {sigma!r}")
        return Orthogonal(errors.sigma, errors.x_sigma)
    if errors.sigma is not None:
        return Normal(errors.sigma, is_known=True)
    if errors.kind == "poisson" and (y < 0).any():
        raise ValueError(f"{owner} expected counts of at least 0, got {y.min():g}")
    if errors.kind == "relative" and not ((y > 0).all() or (y < 0).all()):
        raise ValueError(
            f"{owner} expected y of one sign, without 0, for relative errors, got y from "
            f"{y.min():g} to {y.max():g}: pass sigma as an array"
        )
    if errors.kind in (None, "constant"):
        return Normal(_size(y))
    return NOISE_OF_KIND[errors.kind]


def _size(y: Array) -> Array:
    """1, or of extreme y a power of two of their size, as squares of residuals overflow; (1,)"""
    most = np.abs(y).max(keepdims=True, initial=0.0)
    ordinary = (most <= ORDINARY) & (most >= 1 / ORDINARY)
    return np.where(ordinary, 1.0, power_of_two_above(most))


def _rough_sigma(y: Array) -> Array:
    """Initial errors, equal in all rows: a tenth of the standard deviation of y."""
    size = _size(y)
    return np.full(len(y), float((y / size).std()) / 10 or 1.0) * size


def read_side(owner: str, censored: Any, table: Any, rows: int) -> Array:
    """The side of y on which each true value lies: -1 below, 1 above, 0 if measured; (rows,)

    Raises:
        ValueError: unless each row has one of these, or a boolean.
    """
    if censored is None:
        return np.zeros(rows)
    if isinstance(censored, str) and has_columns(table) and censored in column_names(table):
        censored = get_column(table, censored)
    read = read_real(f"{owner} censored", censored)
    truths, values = read.dtype == torch.bool, read_vector(f"{owner} censored", read)
    if len(values) != rows or not np.isin(values, (-1, 0, 1)).all():
        raise ValueError(
            f"{owner} expected censored to be -1 (the value is below y), 0 (measured) or 1 (above "
            f"y) in each of {rows} rows, or True for a value below y"
        )
    return -values if truths else values


def read_start(
    owner: str, names: Sequence[str], start: Mapping[str, float] | None
) -> dict[str, float]:
    """Start values by name, checked to be finite."""
    values = read_mapping(owner, "start", start)
    for name in values:
        if name not in names:
            raise ValueError(f"{owner} expected starts of {', '.join(names)}, got {name!r}")
    return {n: read_number(owner, f"the start of {n}", v) for n, v in values.items()}


def read_bounds(
    owner: str,
    names: Sequence[str],
    bounds: Mapping[str, tuple[float, float]] | None,
    lower: Array,
    upper: Array,
) -> tuple[Array, Array]:
    """The bounds `lower` and `upper`, replaced by those given by name."""
    lower, upper = lower.copy(), upper.copy()
    for name, pair in read_mapping(owner, "bounds", bounds, '{"k": (0, 10)}').items():
        if name not in names:
            raise ValueError(f"{owner} expected bounds of {', '.join(names)}, got {name!r}")
        try:
            low, high = pair
            low = -math.inf if low is None else float(low)
            high = math.inf if high is None else float(high)
        except (TypeError, ValueError, RuntimeError) as error:
            raise ValueError(
                f"{owner} expected two bounds of {name} such as (0, 10), got {pair!r}"
            ) from error
        if not low < high:
            raise ValueError(f"{owner} expected bounds of {name} in order, got {pair!r}")
        lower[names.index(name)], upper[names.index(name)] = low, high
    return lower, upper


def check_rows(owner: str, rows: FitProblem) -> FitProblem:
    """Check that there are more rows than parameters."""
    count, parameters = len(rows.y), len(rows.curve.parameters)
    if len(rows.x) != count:
        raise ValueError(f"{owner} expected as many rows of x as of y, got {len(rows.x)}, {count}")
    sized = {**dict(zip(rows.curve.inputs, rows.x.T, strict=True)), "y": rows.y}
    with np.errstate(over="ignore"):
        sized["y in its errors"] = rows.noise.weight(rows.y) * rows.y
    for name, values in sized.items():
        size = float(np.abs(values).max(initial=0.0))
        if size and not 1 / LARGEST <= size <= LARGEST:
            raise ValueError(
                f"{owner} expected {name} between {1 / LARGEST:g} and {LARGEST:g} in size, got "
                f"{size:.3g}: measure it in another unit"
            )
    measured = int(rows.measured.sum())
    if measured <= parameters:
        raise ValueError(
            f"{owner} expected more measured rows than parameters, at least {parameters + 1} for "
            f"{', '.join(rows.curve.parameters)}; got {measured}"
        )
    return rows
