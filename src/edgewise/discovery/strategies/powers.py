"""Fit y = c Π x^p exp(b x) exp(b / x) by linear regression of log y on log x, x and 1/x."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import final

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.expression import Expression, Input, free, multiply, power
from edgewise.formula.scaling import scale_columns
from edgewise.formula.signs import call
from edgewise.laws.suggest import list_choices
from edgewise.search.budget import Budget

MOST_COMBINED = 3
"""With at most this many inputs, each may also enter through an exponential."""
MOST_TURNED = 1e-3
"""Largest part of Σ y² in rows of the other sign, which noise may have flipped."""
CURVED_BITS = 2.0
"""Bits that an exponential costs more than a power."""
OFFERED = 4
"""Most combinations of powers and exponentials that are offered."""


@final
@dataclass(frozen=True)
class Powers(Strategy):
    """y = c Π x_i^p_i, where some factors are exp(b x_i) or exp(b / x_i), by regression of log |y|.

    Rows have the weights y², so that errors of log y count as errors of y. From the best fits, the
    least significant inputs are dropped one after another.
    """

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        data = problem.search_data
        usable = [
            i
            for i in range(problem.inputs)
            if float(data.x[:, i].min()) > 0 and np.ptp(data.x[:, i]) > 0
        ]
        weight = np.square(data.y) if data.weight is None else data.weight * np.square(data.y)
        sign = float(np.sign(data.y @ weight))
        rows = data.y * sign > 0
        # Noise may flip the sign of rows with small y; they have little weight anyway.
        turned = float(weight[~rows].sum()) > MOST_TURNED * float(weight.sum())
        if not usable or problem.threshold is not None or turned or rows.sum() <= len(usable) + 1:
            return
        x, target, weight = data.x[rows], np.log(np.abs(data.y[rows])), weight[rows]
        found: list[tuple[float, tuple[_Factor, ...], Array]] = []
        for kinds in self._combinations(len(usable), problem):
            factors = tuple(_Factor(i, kind) for i, kind in zip(usable, kinds, strict=True))
            while factors:
                columns = [f.values(x) for f in factors]
                left, c, gains = _line(columns, target, weight)
                found.append((left, factors, c))
                if len(factors) == 1:
                    break
                factors = tuple(f for k, f in enumerate(factors) if k != int(np.argmin(gains)))
            budget.spend(2 * len(usable))
        bits = math.log2(sum(1 for _ in list_choices(problem.inputs)) or 1)  # as a named law
        for size in range(1, len(usable) + 1):
            some = sorted((f for f in found if len(f[1]) == size), key=lambda f: f[0])
            for _, factors, c in some[:OFFERED]:
                front = free(sign * float(np.exp(c[-1])))
                parts = [f.tree(float(b)) for f, b in zip(factors, c[:-1], strict=True)]
                curved = sum(f.kind != "log" for f in factors)
                yield Candidate(
                    multiply(front, *parts), "power laws", prior_bits=bits + CURVED_BITS * curved
                )

    def _combinations(self, count: int, problem: Problem) -> Iterator[tuple[str, ...]]:
        """Choices of one of three functions for each input, power laws first."""
        yield ("log",) * count
        if count <= MOST_COMBINED and "exp" in problem.library:
            for kinds in product(("log", "x", "1/x"), repeat=count):
                if set(kinds) != {"log"}:
                    yield kinds


@dataclass(frozen=True)
class _Factor:
    """x^p, exp(p x) or exp(p / x) of one input."""

    index: int
    kind: str

    def values(self, x: Array) -> Array:
        column = x[:, self.index]
        if self.kind == "log":
            return np.log(column)
        return column if self.kind == "x" else 1 / column

    def tree(self, p: float) -> Expression:
        leaf = Input(self.index)
        if self.kind == "log":
            return power(leaf, free(p))
        return call("exp", multiply(free(p), leaf if self.kind == "x" else power(leaf, -1)))


def _line(columns: list[Array], target: Array, weight: Array) -> tuple[float, Array, Array]:
    """A linear fit: residual sum of squares, coefficients (constant last), each one's share."""
    root = np.sqrt(weight / weight.mean())
    a = np.stack([*columns, np.ones_like(target)], 1) * root[:, None]
    scaled, scale = scale_columns(a)
    solved = np.linalg.lstsq(scaled, target * root, rcond=1e-12)[0]
    left = target * root - scaled @ solved
    inverse = np.linalg.pinv(scaled.T @ scaled)
    gains = np.square(solved) / np.maximum(np.diag(inverse), 1e-300)
    return float(left @ left), solved / scale, gains[:-1]
