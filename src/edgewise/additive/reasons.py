"""Reasons in words: which effects of a row's values were the strongest, and which way they went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Texts = list[list[tuple[str, str]]]
"""For each target or class and each effect, what is said if it is negative, and if positive."""


def word_effects(effects: Sequence[str], titles: Sequence[Any], classes: bool) -> Texts:
    """What may be said: "age raises the prediction", or "age speaks for" a class.

    Args:
        titles: the labels of classes; of targets what :func:`title_targets` calls them.
    """
    down, up = ("speaks against", "speaks for") if classes else ("lowers", "raises")
    return [[(f"{e} {down} {title}", f"{e} {up} {title}") for e in effects] for title in titles]


def title_targets(names: Sequence[str]) -> list[str]:
    """What predictions of these targets are called; a single one needs no name."""
    return [f"the prediction of {name}" for name in names] if names[1:] else ["the prediction"]


def choose_reasons(
    texts: Sequence[tuple[str, str]], parts: NDArray[np.float64], most: int
) -> list[str]:
    """The texts of a row's strongest effects, without effects of 0.

    Shape:
        parts: (effects,), on the scale on which they add up
    """
    order = [e for e in np.argsort(-np.abs(parts), kind="stable") if parts[e]][:most]
    return [texts[e][int(parts[e] > 0)] for e in order]
