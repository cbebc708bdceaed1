"""Fit y = c Π s(x)^e f(a g(x) + b)^q for many choices of f, g and s: sin(u)²/u², e⁻ᵏᵘ/(u² + b).

log |y| = Σ e log |s| + q log |f(a g + b)| + log |c| is linear in the exponents, so such a product
is a sum of the kind that :mod:`.composite_search` fits, with log |f| as the function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight, pick_evenly
from edgewise.formula.expression import Expression, Power
from edgewise.formula.function import Function
from edgewise.formula.library import Library
from edgewise.formula.rewrites import cancel_inverse
from edgewise.formula.signs import is_call
from edgewise.search.composite_search import (
    ROWS,
    SKIPPED,
    WORK,
    Frame,
    Leaves,
    Projected,
    Setting,
    fit_function,
    pick_likeliest,
)
from edgewise.search.search import Guess, multiply_powers, weights_of

LEAST = 1e-12
"""Least |y|, as a fraction of the largest, whose logarithm is taken."""
SOFT = 0.03
"""The first steps take log √(f² + this²): a zero of f can't pass rows at which log |f| is -∞."""


@dataclass(frozen=True, eq=False)
class _PowerSetting(Setting):
    """Rows of y whose logarithms are the target."""

    y: Array = field(kw_only=True)
    weight: Array = field(kw_only=True)

    @cached_property
    def terms(self) -> Array:
        with np.errstate(all="ignore"):
            return np.log(np.abs(self.around.values))

    def fitted_function(self, function: Function, origin: int) -> Function:
        return _take_log(function)

    def smoothed_function(self, function: Function, origin: int) -> Function:
        return _take_log(function, SOFT)

    def make_tree(
        self, inside: Expression, u: Array, function: Function, origin: int, frame: Frame, c: Array
    ) -> Expression | None:
        bases = [(inside, function.evaluate(u))]
        bases += [(self.around.trees[k], self.around.values[k]) for k in frame.terms]
        tree = multiply_powers(bases, c[:-1], self.y, self.weight, slack=0.0)
        return None if tree is None else tree.replace(_merge_exponential)


def _merge_exponential(node: Expression) -> Expression | None:
    """exp(u)^p = exp(p u)"""
    merges = isinstance(node, Power) and is_call(node.base, "exp")
    return next(cancel_inverse(node)) if merges else None


def search_powers(
    inner: Leaves,
    around: Leaves,
    *,
    y: Array,
    library: Library,
    reach: float,
    weight: Array | None,
    keep: int,
) -> Iterator[Guess]:
    """The best y = c Π s^e f(a g + b)^q, the best first.

    Args:
        inner: candidates for g.
        around: candidates for s. None, each of them, and all together are tried.
    """
    rows = pick_evenly(len(y), ROWS)
    with np.errstate(all="ignore"):
        size = np.maximum(np.abs(y), LEAST * np.abs(y).max())
        target, w = np.log(size), weights_of(1 / size, weight)
    root = np.sqrt(fill_weight(w, len(y))[rows])
    setting = _PowerSetting(
        inner.at(rows),
        around.at(rows),
        target[rows],
        root,
        y=y[rows],
        weight=fill_weight(weight, len(y))[rows],
    )
    if not np.isfinite(target).all() or setting.is_flat:
        return
    usable = np.flatnonzero(np.isfinite(setting.terms).all(1)).tolist()
    frames = [Frame(None), *(Frame(None, (k,)) for k in usable)]
    frames += [Frame(None, tuple(usable))] if len(usable) > 1 else []
    found: list[Projected] = []
    for function in library.distinct():
        # Powers of powers are those of x, and powers of exp are exp itself.
        repeats = function.power or function.free in ("shift", "both")
        if function.name in SKIPPED or (repeats and function.name != "x"):
            continue
        found += fit_function(function, 0, frames, setting, reach, keep)
    for fvu, tree in pick_likeliest(found, len(rows), keep):
        yield Guess(tree, fvu, 1, "power of a function", WORK)


def _take_log(function: Function, soft: float = 0.0) -> Function:
    """log √(f² + soft²), in which a is redundant for x, and no number for other functions."""

    def value(xp: Any, u: Any) -> Any:
        f = function.evaluate(u, xp)
        return 0.5 * xp.log(f * f + soft * soft)

    def differentiate(xp: Any, u: Any, _: Any) -> Any:
        f = function.evaluate(u, xp)
        return function.differentiate(u, f, xp) * f / (f * f + soft * soft)

    return replace(
        function,
        value=value,
        derivative=differentiate,
        parity=abs(function.parity),
        free="scale" if function.free == "both" else "",
    )
