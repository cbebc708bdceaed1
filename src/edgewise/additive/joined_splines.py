"""Curves of one column as one cubic spline: its knots, and its coefficients."""

from __future__ import annotations

from collections.abc import Iterable
from math import factorial

import numpy as np
from scipy.interpolate import PPoly

from edgewise.additive.columns import Array
from edgewise.additive.curves import Curve

DEGREE = 3


def join_points(curves: Iterable[Curve]) -> Array:
    """All knots between the ends, as often as the least smooth curve needs them in a cubic."""
    found: dict[float, int] = {}
    for curve in curves:
        values, counts = np.unique(curve.knots, return_counts=True)
        times = dict(zip(values.tolist(), counts.tolist(), strict=True))
        low, *inner, high = curve.places.tolist()
        for value in inner:
            needed = min(times[value] + DEGREE - curve.degree, DEGREE)
            found[value] = max(found.get(value, 0), needed)
        found[low], found[high] = 1, 1
    return np.repeat(sorted(found), [found[value] for value in sorted(found)])


def find_control_points(pieces: PPoly, knots: Array) -> Array:
    """The coefficients of polynomials in cubic B-splines on knots that include their breaks.

    Coefficient i is the polar form F(t_{i+1}, t_{i+2}, t_{i+3}) of the cubic polynomial in a cell
    under spline i; with s = t - m around the middle m of the cell,

    .. math:: F = a + \\tfrac b3 (s_1 + s_2 + s_3) + \\tfrac c3 (s_1 s_2 + s_1 s_3 + s_2 s_3)
              + d\\, s_1 s_2 s_3.

    The widest cell loses the fewest digits.

    Shape:
        knots: (n,), of which 3 at either end are outside or at the end → (n - 4,)

    Source: Ramshaw, *Blossoms are polar forms* (1989).
    """
    cells = np.diff(knots)
    cells[:DEGREE], cells[-DEGREE:] = 0.0, 0.0  # outside
    under = np.lib.stride_tricks.sliding_window_view(cells, DEGREE + 1)
    widest = np.arange(len(under)) + under.argmax(1)
    middle = (knots[widest] + knots[widest + 1]) / 2
    a, b, c, d = (pieces(middle, n) / factorial(n) for n in range(DEGREE + 1))
    r, s, t = (knots[1 + j : 1 + j + len(under)] - middle for j in range(DEGREE))
    return np.asarray(a + b * (r + s + t) / 3 + c * (r * s + r * t + s * t) / 3 + d * r * s * t)
