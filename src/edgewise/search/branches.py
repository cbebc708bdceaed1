"""Inverses of functions that are no one-to-one maps, followed from row to row without a jump."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from edgewise._arrays import Array


def _both_signs(u: float, near: float) -> tuple[float, ...]:
    return (u, -u)


def _turns_of_sine(u: float, near: float) -> tuple[float, ...]:
    first = u + 2 * np.pi * round((near - u) / (2 * np.pi))
    second = np.pi - u + 2 * np.pi * round((near - np.pi + u) / (2 * np.pi))
    return (first, second)


def _turns_of_cosine(u: float, near: float) -> tuple[float, ...]:
    return tuple(s * u + 2 * np.pi * round((near - s * u) / (2 * np.pi)) for s in (1, -1))


BRANCHES: dict[str, Callable[[float, float], tuple[float, ...]]] = {
    "x^2": _both_signs,
    "sin": _turns_of_sine,
    "cos": _turns_of_cosine,
}
"""Of each function undone, the arguments that one value may have, the nearest turn of each."""


def follow_branches(
    x: Array, principal: Array, branches: Callable[[float, float], tuple[float, ...]]
) -> Array:
    """The smooth branch of an inverse: at each row the value nearest to the parabola through the
    last three.

    Shape:
        x, principal: (rows,), x ascending
    """
    values = principal.tolist()
    at = x.tolist()
    made = values[:1]
    for k in range(1, len(values)):
        near = _extrapolate(at[max(0, k - 3) : k], made[-3:], at[k])
        made.append(min(branches(values[k], near), key=lambda v: abs(v - near)))
    return np.array(made)


def _extrapolate(x: Sequence[float], y: Sequence[float], at: float) -> float:
    """The value of the polynomial through up to three points; equal points count once."""
    if len(x) >= 2 and x[-1] - x[-2] <= 1e-12:
        return y[-1]
    if len(x) == 3 and x[1] - x[0] > 0.2 * (x[2] - x[1]) and at - x[2] < 5 * (x[2] - x[0]):
        first = (y[1] - y[0]) / (x[1] - x[0])
        second = (y[2] - y[1]) / (x[2] - x[1])
        bend = (second - first) / (x[2] - x[0])
        return y[2] + (at - x[2]) * (second + bend * (at - x[1]))
    if len(x) >= 2:
        return y[-1] + (at - x[-1]) * (y[-1] - y[-2]) / (x[-1] - x[-2])
    return y[-1]
