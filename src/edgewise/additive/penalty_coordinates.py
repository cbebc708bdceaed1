"""Coordinates of a term in which its penalty is a ridge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from edgewise.additive.columns import Array


def split_by_roughness(gram: Array, rough: Array) -> tuple[Array, tuple[NDArray[np.intp], ...]]:
    """Coordinates of variance 1 in which the penalty is diagonal, and two groups of them.

    The first group has no roughness. The others, the bends, are divided by the root of theirs, so
    that one ridge penalises them all.
    """
    sizes, axes = linalg.eigh(gram)
    large = sizes > 1e-10 * sizes[-1]
    whiten = axes[:, large] / np.sqrt(sizes[large])
    bends, turn = linalg.eigh(whiten.T @ rough @ whiten)
    transform = whiten @ turn
    bent = bends > 1e-8 * max(bends[-1], 1e-300)
    if bent.any():
        transform[:, bent] /= np.sqrt(bends[bent] / np.median(bends[bent]))
    # B-splines add up to 1: without the constant one dimension less is left (``large``).
    groups = [np.flatnonzero(~bent), np.flatnonzero(bent)]
    return transform, tuple(group for group in groups if len(group))
