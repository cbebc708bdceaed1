"""Measures of symmetry: how far slopes and values at rows contradict a form, the worst rows aside.

Slopes may come from automatic differentiation or from a numeric model of measurements; those at the
border of the data are often wrong, so a tenth of the rows may disagree.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array

KEPT = 0.9
"""The fraction of the rows that has to agree."""


def keep_most(violation: Array) -> NDArray[np.bool_]:
    """Which rows count: all but the tenth with the greatest violations; (rows,) → (rows,)"""
    return np.asarray(violation <= np.quantile(violation, KEPT))


def trimmed_mean(values: Array) -> Array:
    """The mean absolute value without the greatest tenth; (rows, …) → (…)"""
    count = max(1, int(KEPT * len(values)))
    return np.asarray(np.sort(np.abs(values), axis=0)[:count].mean(0))


def find_proportion(u: Array, v: Array) -> tuple[float, float]:
    """The c with u ≈ c·v, and Σ|u − c·v| / Σ(|u| + |c·v|) over the rows that agree best.

    c is the median of u/v with weights |v|, so that a few wrong rows don't move it.
    """
    size = np.abs(v)
    ratios = u / np.where(size > 0, v, 1.0)
    order = np.argsort(ratios)
    heavy = np.cumsum(size[order])
    ratio = float(ratios[order[min(np.searchsorted(heavy, heavy[-1] / 2), len(u) - 1)]])
    off = np.abs(u - ratio * v)
    total = np.abs(u) + np.abs(ratio * v)
    count = max(1, int(KEPT * len(off)))
    keep = np.argpartition(off, count - 1)[:count]
    return ratio, float(off[keep].sum() / max(total[keep].sum(), 1e-300))


def measure_interaction(base: Array, one: Array, two: Array, both: Array) -> float:
    """How far f is from a sum u(a) + v(b): |f(a', b') − f(a', b) − f(a, b') + f(a, b)| over the
    geometric mean of the effects of a and of b alone.

    No effect counts as less than a hundredth of the spread of f: below that errors of f itself
    look like interaction.

    Args:
        base, one, two, both: f at (a, b), (a', b), (a, b') and (a', b') of each row.
    """
    least = 0.01 * trimmed_mean(base - np.median(base))
    first, second = (np.maximum(trimmed_mean(part - base), least) for part in (one, two))
    effect = float(np.sqrt(first * second))
    return float(trimmed_mean(both - one - two + base)) / max(effect, 1e-300)
