"""`Program`: a compiled formula that is evaluated, differentiated and refitted at rows.

A tree is compiled once to a list of steps on whole columns, of numpy or of torch. Outside a
function's domain the value is NaN, not a continuation, so a formula that is undefined on the data
can't win.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
)
from edgewise.formula.function import Function
from edgewise.formula.scaling import damp_steps


class Arithmetic(Protocol):
    """The operations by which nodes are computed from their parts."""

    def add(self, parts: Sequence[Any]) -> Any: ...

    def multiply(self, parts: Sequence[Any]) -> Any: ...

    def power(self, base: Any, exponent: Any, known: float | None) -> Any:
        """base ** exponent; `known` is the exponent if it is exact."""

    def apply(self, function: Function, argument: Any) -> Any: ...


@dataclass(frozen=True)
class Exactly:
    """Plain arithmetic on numpy or torch arrays; not finite where a formula isn't defined."""

    xp: Any

    def add(self, parts: Sequence[Any]) -> Any:
        return reduce(operator.add, parts)

    def multiply(self, parts: Sequence[Any]) -> Any:
        return reduce(operator.mul, parts)

    def power(self, base: Any, exponent: Any, known: float | None) -> Any:
        return _power(base, exponent, known, self.xp)

    def apply(self, function: Function, argument: Any) -> Any:
        return function.evaluate(argument, self.xp)


NUMPY, TORCH = Exactly(np), Exactly(torch)


class Step(NamedTuple):
    """One node: its kind, the steps of its parts, and its function, input or number."""

    kind: str
    parts: tuple[int, ...]
    payload: Any = None


class Program:
    """A tree compiled for repeated evaluation.

    Args:
        tree: the formula.

    Attributes:
        numbers: the values of its numbers, in the order of :meth:`Expression.numbers`.
        free: the indices of the free numbers among them.
        places: the step that computes each node.
    """

    def __init__(self, tree: Expression) -> None:
        self.tree = tree
        self.steps: list[Step] = []
        self.numbers: list[float] = []
        self.free: list[int] = []
        self.places: list[tuple[Expression, int]] = []
        self._known: dict[str, int] = {}
        self._add(tree)
        free = set(self.free)
        self._varying = self._depending(lambda step: step.kind == "number" and step.payload in free)
        numbers = {step.payload: k for k, step in enumerate(self.steps) if step.kind == "number"}
        self._free_steps = [numbers[place] for place in self.free]

    def _add(self, node: Expression) -> int:
        at = self._compile(node)
        self.places.append((node, at))
        return at

    def _compile(self, node: Expression) -> int:
        if isinstance(node, Number):
            if node.exact is None:
                self.free.append(len(self.numbers))
            self.numbers.append(node.value)
            return self._push(Step("number", (), len(self.numbers) - 1))
        if isinstance(node, Input):
            if node.key not in self._known:
                self._known[node.key] = self._push(Step("input", (), node.index))
            return self._known[node.key]
        # In the order of `walk`: parts from left to right.
        parts = tuple(self._add(p) for p in node.parts)
        if isinstance(node, Sum):
            return self._push(Step("sum", parts))
        if isinstance(node, Product):
            return self._push(Step("product", parts))
        if isinstance(node, Power):
            fixed = node.exponent
            known = fixed.value if isinstance(fixed, Number) and fixed.exact is not None else None
            return self._push(Step("power", parts, known))
        if isinstance(node, Apply):
            return self._push(Step("apply", parts, node.function))
        raise TypeError(f"expected a node of a formula, got {type(node).__name__}")

    def _push(self, step: Step) -> int:
        self.steps.append(step)
        return len(self.steps) - 1

    def _depending(self, is_variable: Callable[[Step], bool]) -> list[bool]:
        """Whether each step depends on a variable."""
        found: list[bool] = []
        for step in self.steps:
            found.append(is_variable(step) or any(found[part] for part in step.parts))
        return found

    def run(self, x: Any, numbers: Sequence[Any], arithmetic: Arithmetic = NUMPY) -> list[Any]:
        """The value of every step.

        Args:
            numbers: values in place of :attr:`numbers`.

        Shape:
            x: (*, in); values: (*,), or () for steps without inputs
        """
        values: list[Any] = []
        for kind, parts, payload in self.steps:
            if kind == "number":
                value = numbers[payload]
            elif kind == "input":
                value = x[..., payload]
            elif kind == "product":
                value = arithmetic.multiply([values[part] for part in parts])
            elif kind == "sum":
                value = arithmetic.add([values[part] for part in parts])
            elif kind == "power":
                value = arithmetic.power(values[parts[0]], values[parts[1]], payload)
            else:
                value = arithmetic.apply(payload, values[parts[0]])
            values.append(value)
        return values

    def _forward(self, x: Array, numbers: Sequence[Any]) -> list[Any]:
        return self.run(x, [np.float64(n) for n in numbers])

    def values(self, x: Array, numbers: Sequence[Any] | None = None) -> Array:
        """The formula at each row; (rows, in) → (rows,).

        Args:
            numbers: values in place of :attr:`numbers`; each may be an array with one for each row.
        """
        with np.errstate(all="ignore"):
            value = self._forward(x, self.numbers if numbers is None else numbers)[-1]
        return np.broadcast_to(value, len(x)) if np.ndim(value) == 0 else value

    def values_and_jacobian(
        self, x: Array, numbers: Sequence[Any] | None = None
    ) -> tuple[Array, Array]:
        """Values, and derivatives by each free number; (rows,) and (rows, free).

        Args:
            numbers: as in :meth:`values`.
        """
        numbers = self.numbers if numbers is None else numbers
        with np.errstate(all="ignore"):
            values = self._forward(x, numbers)
            jacobian = self._jacobian(values, len(x))
        value = values[-1]
        return (np.broadcast_to(value, len(x)) if np.ndim(value) == 0 else value), jacobian

    def _jacobian(self, values: list[Any], rows: int) -> Array:
        """Derivatives by each free number, from the value of every step; (rows, free)"""
        adjoint = self._backward(values, self._varying)
        columns = np.empty((rows, len(self.free)))
        for n, step in enumerate(self._free_steps):
            columns[:, n] = adjoint[step]
        return columns

    def gradient(self, x: Array) -> Array:
        """Derivatives by each input; (rows, in) → (rows, in)."""
        with np.errstate(all="ignore"):
            asked = self._depending(lambda step: step.kind == "input")
            adjoint = self._backward(self._forward(x, self.numbers), asked)
        result = np.zeros_like(x)
        for k, step in enumerate(self.steps):
            if step.kind == "input":
                result[:, step.payload] = adjoint[k]
        return result

    def all_values_and_adjoints(
        self, x: Array, numbers: Sequence[Any] | None = None
    ) -> tuple[list[Any], list[Any]]:
        """The value of every step at each row, and the derivative of the formula by it."""
        with np.errstate(all="ignore"):
            values = self._forward(x, self.numbers if numbers is None else numbers)
            return values, self._backward(values, [True] * len(values))

    def _backward(self, values: list[Any], asked: Sequence[bool]) -> list[Any]:
        """The derivative of the formula by each step that is asked for; others aren't used."""
        adjoint: list[Any] = [None] * len(values)
        adjoint[-1] = 1.0
        for k in range(len(values) - 1, -1, -1):
            kind, parts, payload = self.steps[k]
            if not parts or not asked[k]:
                continue
            a = adjoint[k]
            if kind == "sum":
                for part in parts:
                    _add(adjoint, part, a)
            elif kind == "product":
                _product_rule(parts, values, adjoint, a, asked)
            elif kind == "power":
                base, exponent = parts
                b, p = values[base], values[exponent]
                if asked[base]:
                    lower = _power(b, p - 1, None if payload is None else payload - 1)
                    _add(adjoint, base, a * p * lower)
                if payload is None and asked[exponent]:
                    # b^p log b, which is 0 where b^p is: x^n has a slope by n at x = 0, too.
                    log = np.log(np.where(values[k] == 0, 1.0, b))
                    _add(adjoint, exponent, a * values[k] * log)
            else:
                u = values[parts[0]]
                _add(adjoint, parts[0], a * payload.differentiate(u, values[k]))
        return [0.0 if a is None else a for a in adjoint]


def _add(adjoint: list[Any], part: int, slope: Any) -> None:
    before = adjoint[part]
    adjoint[part] = slope if before is None else before + slope


def _power(base: Any, exponent: Any, fixed: float | None, xp: Any = np) -> Any:
    """base ** exponent, by the fastest method if the exponent is known."""
    if fixed is None:
        return base**exponent
    if fixed == 2:
        return base * base
    if fixed == -1:
        return 1 / base
    if fixed == 0.5:
        return xp.sqrt(base)
    if fixed == 0:
        return xp.ones_like(base)
    if fixed == 1:
        return base
    if fixed == 3:
        return base * base * base
    return base**fixed


def _product_rule(
    parts: tuple[int, ...],
    values: list[Any],
    adjoint: list[Any],
    a: Any,
    asked: Sequence[bool],
) -> None:
    for n, part in enumerate(parts):
        if not asked[part]:
            continue
        others = a
        for m, other in enumerate(parts):
            if m != n:
                others = others * values[other]
        _add(adjoint, part, others)


@dataclass(frozen=True)
class RefittedFormula:
    """The result of :func:`refit`.

    Attributes:
        tree: the formula with the fitted numbers.
        mse: the (weighted) mean square of the residuals; infinite if it isn't finite.
        evaluations: the number of evaluations of the tree.
    """

    tree: Expression
    mse: float
    evaluations: int


def refit(
    tree: Expression,
    x: Array,
    y: Array,
    weight: Array | None = None,
    *,
    steps: int = 20,
    goal: float = 0.0,
) -> RefittedFormula:
    """Refit the free numbers by Levenberg-Marquardt, starting from their present values.

    Args:
        weight: weights of the rows, with mean 1.
        goal: stop at this mean square.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """
    program = Program(tree)
    root = None if weight is None else np.sqrt(weight)
    with np.errstate(all="ignore"):
        return _marquardt(tree, program, x, y, root, steps, goal)


def _marquardt(
    tree: Expression,
    program: Program,
    x: Array,
    y: Array,
    root: Array | None,
    steps: int,
    goal: float,
) -> RefittedFormula:
    start = _try_numbers(program, x, y, root, program.numbers)
    spent = 1
    if not program.free or not math.isfinite(start.cost):
        return RefittedFormula(tree, start.cost, spent)

    def linearise(at: Trial) -> Attempt | None:
        nonlocal spent
        numbers, values, residual = at.point
        jacobian = program._jacobian(values, len(y))
        jacobian = jacobian if root is None else jacobian * root[:, None]
        spent += 2
        if not np.isfinite(jacobian).all():
            return None

        def move(step: Array) -> Trial:
            nonlocal spent
            moved = list(numbers)
            for place, s in zip(program.free, step, strict=True):
                moved[place] += float(s)
            spent += 1
            return _try_numbers(program, x, y, root, moved)

        return damp_steps(at, jacobian, residual, move)

    best, _ = descend(start, linearise, Tenfold(1e-3, least=1e-14), steps=steps, goal=goal)
    numbers, mse = best.point[0], best.cost
    return RefittedFormula(tree.with_free([numbers[k] for k in program.free]), mse, spent)


def _try_numbers(
    program: Program, x: Array, y: Array, root: Array | None, numbers: Sequence[float]
) -> Trial:
    """The mean square that numbers lead to, from the value of every step and the residuals."""
    values = program._forward(x, numbers)
    residual = y - values[-1]
    residual = residual if root is None else residual * root
    mse = float(residual @ residual) / len(y)
    return Trial((list(numbers), values, residual), mse if math.isfinite(mse) else math.inf)
