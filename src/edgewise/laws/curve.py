"""`Curve`: a function y = f(x; θ) with its derivatives by the inputs and by the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import Expression, free
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.laws.functions import FUNCTIONS

STEP = float(np.finfo(float).eps) ** (1 / 3)
"""The step of a central difference, as a fraction of a parameter."""


class _Columns:
    """Columns of different shapes that a program can index as x[..., index]."""

    def __init__(self, columns: Sequence[Any]) -> None:
        self.columns = columns

    def __getitem__(self, key: tuple[Any, int]) -> Any:
        return self.columns[key[1]]


@dataclass(frozen=True, eq=False)
class Curve:
    """y = f(x; θ).

    Attributes:
        tree: the formula; the inputs of the tree are first those of f, then the parameters.
        inputs, parameters: the names of the inputs and of the parameters.

    Example:
        >>> from edgewise.laws.curve import Curve
        >>> import numpy as np
        >>> curve = Curve.read("a*exp(-b*t)", ["t"], ["a", "b"])
        >>> curve.values(np.array([[0.0], [1.0]]), np.array([2.0, 0.0])), curve.linear
        (array([2., 2.]), (0,))
    """

    tree: Expression
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]

    @classmethod
    def read(cls, text: str, inputs: Sequence[str], parameters: Sequence[str]) -> Curve:
        """Read a curve from text, in which every name is an input or a parameter.

        Raises:
            ValueError: if the text isn't a formula, or has other names.
        """
        tree, _ = parse_formula(text, [*inputs, *parameters], FUNCTIONS)
        return cls(tree, tuple(inputs), tuple(parameters))

    @cached_property
    def program(self) -> Program:
        return Program(self.tree)

    @cached_property
    def _places(self) -> dict[int, int]:
        """The step of the program that reads each input and parameter in the formula."""
        return {s.payload: k for k, s in enumerate(self.program.steps) if s.kind == "input"}

    def _columns(self, x: Array, theta: Array) -> Any:
        """Input columns, and parameters with an additional last axis for the rows."""
        own = theta[..., None, :] if theta.ndim > 1 else theta
        return _Columns([*x.T, *(own[..., k] for k in range(theta.shape[-1]))])

    def values(self, x: Array, theta: Array) -> Array:
        """f at each row.

        Shape:
            x: (rows, in), theta: (*, parameters) → (*, rows)
        """
        with np.errstate(all="ignore"):
            numbers = [np.float64(n) for n in self.program.numbers]
            value = self.program.run(self._columns(x, theta), numbers)[-1]
        return np.broadcast_to(value, (*theta.shape[:-1], len(x)))

    def derivatives(self, x: Array, theta: Array) -> tuple[Array, Array, Array]:
        """f, its derivatives by the parameters, and those by the inputs.

        Shape:
            x: (rows, in), theta: (parameters,) → (rows,), (rows, parameters), (rows, in)
        """
        values, adjoints = self.program.all_values_and_adjoints(self._columns(x, theta))
        slopes = np.zeros((len(x), x.shape[1] + len(theta)))
        for index, place in self._places.items():
            slopes[:, index] = adjoints[place]
        value = np.broadcast_to(values[-1], (len(x),))
        by_numbers = slopes[:, x.shape[1] :]
        # The chain rule gives 0·∞ where an inner value is infinite, as in 1/(1 + (K/x)^n) at 0.
        lost = np.isnan(by_numbers).any(1) & np.isfinite(value)
        if lost.any():
            by_numbers[lost] = self._differences(x[lost], theta)
        return value, by_numbers, slopes[:, : x.shape[1]]

    def _differences(self, x: Array, theta: Array) -> Array:
        """Central differences of f by each parameter; (rows, in) → (rows, parameters)"""
        steps = STEP * np.where(theta == 0, 1.0, np.abs(theta))
        up, down = theta + np.diag(steps), theta - np.diag(steps)
        with np.errstate(all="ignore"):
            change = self.values(x, up) - self.values(x, down)
        slopes: Array = (change / (2 * steps[:, None])).T
        return slopes

    @cached_property
    def linear(self) -> tuple[int, ...]:
        """The parameters in which f is jointly linear, with the others fixed.

        Linearity is tested at random numbers: a change of several parameters must change f by the
        sum of their single effects.
        """
        rng = np.random.default_rng(0)
        x = rng.uniform(0.2, 0.9, (60, len(self.inputs)))
        base = rng.uniform(0.2, 0.9, (3, len(self.parameters)))
        chosen: list[int] = []
        for k in range(len(self.parameters)):
            seen = {self._is_linear(x, theta, [*chosen, k]) for theta in base}
            if seen - {None} == {True}:
                chosen.append(k)
        return tuple(chosen)

    def _is_linear(self, x: Array, theta: Array, places: list[int]) -> bool | None:
        """Whether f is linear at these numbers; None if it is defined at too few x."""
        moves = np.zeros((len(places) + 2, len(theta)))
        steps = np.random.default_rng(1).uniform(0.3, 1.2, len(places))
        for n, (place, step) in enumerate(zip(places, steps, strict=True)):
            moves[n, place] = step
        moves[-2] = moves[: len(places)].sum(0)
        moves[-1] = 2.7 * moves[-2]
        start = self.values(x, theta)
        change = self.values(x, theta + moves) - start
        with np.errstate(all="ignore"):
            total = change[: len(places)].sum(0)
            wrong = np.abs(change[-2] - total) + np.abs(change[-1] - 2.7 * total)
            size = np.abs(change).sum(0) + 1e-3 * np.abs(start)
        known = np.isfinite(wrong) & np.isfinite(size)
        if known.sum() < 5:
            return None
        return bool((wrong[known] <= 1e-9 * size[known] + 1e-300).all())

    def with_numbers(self, theta: Array) -> Expression:
        """The formula with numbers in place of the parameters."""
        count = len(self.inputs)
        return self.tree.substitute({count + k: free(float(v)) for k, v in enumerate(theta)})
