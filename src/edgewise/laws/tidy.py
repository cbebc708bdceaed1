"""The usual one of the parameters that give the same curve: positive sizes, small phases."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from edgewise._arrays import Array
from edgewise.laws.frequencies import find_frequencies, find_turns
from edgewise.laws.solve import FitProblem

SAME = 1e-9
"""Curves are the same if they differ by less than this fraction of their size."""


def tidy(rows: FitProblem, theta: Array, held: Sequence[int] = ()) -> Array:
    """Find the usual parameters of the same curve.

    Frequencies are positive, and others where they may be; phases are from -π to π, and times
    within half a period of 0.
    Some curves have two descriptions: cos(w·t) doesn't know the sign of w, and a·sin(t + p) is
    -a·sin(t + p + π). Curves are compared at the rows and between them.

    Args:
        held: parameters that stay as they are.
    """
    x = np.concatenate([rows.x, (rows.x + np.roll(rows.x, 1, axis=0)) / 2])
    values = rows.curve.values(x, theta)
    size = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    turns = {k: t for k, t in find_turns(rows.curve, theta).items() if k not in held}

    def is_same(other: Array) -> bool:
        inside = bool(((other >= rows.lower) & (other <= rows.upper)).all())
        made = rows.curve.values(x, other)
        return inside and np.allclose(made, values, rtol=0, atol=SAME * size, equal_nan=True)

    waves, fixed = find_frequencies(rows.curve), {*turns, *held}
    for k in sorted(range(len(theta)), key=lambda k: k not in waves):
        if theta[k] < 0 and k not in fixed:
            others = set(range(len(theta))) - {k, *waves, *fixed}
            partners = [j for j in others if theta[j] < 0 or k in waves]
            theta = next(filter(is_same, _mirrored(theta, k, partners, turns)), theta)
    for k, turn in turns.items():
        folded = theta.copy()
        folded[k] = math.remainder(theta[k], turn)
        theta = folded if is_same(folded) else theta
    return theta


def _mirrored(
    theta: Array, place: int, partners: Sequence[int], turns: Mapping[int, float]
) -> Iterator[Array]:
    """Parameters with another sign of one, alone, with that of a partner, or with a moved phase."""
    for other in (None, *partners):
        flipped = theta.copy()
        flipped[place] *= -1
        if other is not None:
            flipped[other] *= -1
        yield flipped
    for phase, turn in turns.items():
        for sign, part in ((1, 0.5), (-1, 0.0), (-1, 0.5)):
            flipped = theta.copy()
            flipped[place] *= -1
            flipped[phase] = sign * theta[phase] + part * turn
            yield flipped
