"""Reductions y = offset + prefactor·h(new inputs), and how strongly gradients contradict them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.explain.symmetry import trimmed_mean
from edgewise.formula.data import Data
from edgewise.formula.expression import ONE, ZERO, Expression, Input, add, multiply
from edgewise.formula.program import Program

Mask = NDArray[np.bool_]

SLACK = 0.02
"""Violation, relative to the gradient, that is always accepted: errors of gradients are only
estimates."""

FINE = 0.005
"""Unit of the violation when forms are compared."""

WORST = 0.35
"""Largest violation of a form that is proposed."""


@dataclass(frozen=True, eq=False)
class Reduction:
    """y = offset + prefactor·h(inputs) for some function h.

    Attributes:
        inputs: the new inputs as trees of the old ones; none if y is offset + constant·prefactor.
        prefactor, offset: trees of the old inputs; None for 1 and 0.
        score: the fraction of the gradient that contradicts the form, for the worst input.
        strain: the same in units of the gradient's errors; values up to 1 agree with the form.
    """

    inputs: tuple[Expression, ...]
    prefactor: Expression | None
    offset: Expression | None
    score: float
    strain: float

    @property
    def trees(self) -> list[Expression]:
        """The new inputs, the prefactor and the offset."""
        return [t for t in (*self.inputs, self.prefactor, self.offset) if t is not None]

    @property
    def size(self) -> int:
        """The number of nodes."""
        return sum(tree.size for tree in self.trees)

    @property
    def numbers(self) -> int:
        """The number of fitted numbers."""
        return sum(tree.free_count for tree in self.trees)

    def apply(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The rows of the reduced problem: new inputs, and (y - offset)/prefactor."""
        columns = [Program(tree).values(x) for tree in self.inputs]
        new = np.stack(columns, 1) if columns else np.empty((len(x), 0))
        if self.offset is not None:
            y = y - Program(self.offset).values(x)
        if self.prefactor is not None:
            y = y / Program(self.prefactor).values(x)
        return new, y

    def reduce(self, data: Data) -> Data | None:
        """The rows of the reduced problem, weighted so that their errors are those of y.

        None where a new input or the new y isn't finite.
        """
        with np.errstate(all="ignore"):
            x, y = self.apply(data.x, data.y)
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            return None
        weight = data.weight
        if self.prefactor is not None:
            size = np.square(Program(self.prefactor).values(data.x))
            weight = size if weight is None else weight * size
            weight = np.clip(weight, 1e-6 * np.median(weight), None)
            weight = weight / weight.mean()
        return replace(data, x=x, y=y, weight=weight)

    def expand(self, tree: Expression) -> Expression:
        """Rewrite a formula of the new inputs in the old ones."""
        tree = tree.substitute(dict(enumerate(self.inputs)))
        return add(self.offset or ZERO, multiply(self.prefactor or ONE, tree))


@dataclass(frozen=True, eq=False)
class Gradients:
    """Rows with gradients by the original inputs, and the errors of these.

    Attributes:
        slack: violation of a form, relative to the gradient, that is always accepted.
    """

    x: Array
    y: Array
    gradient: Array
    error: Array
    slack: float = SLACK

    @classmethod
    def of(
        cls, x: Array, y: Array, gradient: Array, error: Array, slack: float = SLACK
    ) -> Gradients:
        """Rows whose errors are at most as large as the gradients; larger ones forbid nothing."""
        return cls(x, y, gradient, np.minimum(error, np.abs(gradient).mean(0)), slack)

    @property
    def size(self) -> Array:
        """Mean absolute derivatives by each input, at least a small fraction of the largest."""
        size, spread = np.abs(self.gradient).mean(0), np.maximum(self.x.std(0), 1e-100)
        return np.maximum(size, max(1e-12 * float((size * spread).max()), 1e-100) / spread)


@dataclass(frozen=True, eq=False)
class State:
    """A reduction and the rows of its reduced problem.

    Attributes:
        x: the new inputs.
        y: (y - offset)/prefactor.
        slopes, error: derivatives of y by the new inputs, and their errors.
    """

    reduction: Reduction
    x: Array
    y: Array
    slopes: Array
    error: Array

    @property
    def key(self) -> str:
        parts = sorted(tree.key for tree in self.reduction.inputs)
        return f"{parts} {self.reduction.prefactor} {self.reduction.offset}"

    @cached_property
    def fingerprint(self) -> tuple[int, str]:
        """A key that equivalent forms share: gradients contradict them by the same amount."""
        return len(self.reduction.inputs), f"{self.reduction.score:.4g}"

    @cached_property
    def rank(self) -> float:
        """Smaller is better: few inputs, little strain, short trees, round numbers."""
        r = self.reduction
        size = r.size + 5 * r.numbers + 5 * (r.offset is not None)
        return len(r.inputs) + r.strain + 0.02 * size


def _evaluate(tree: Expression | None, x: Array, default: float) -> tuple[Array, Array]:
    """Values and gradients of a tree; None stands for a constant."""
    if tree is None:
        return np.full(len(x), default), np.zeros_like(x)
    program = Program(tree)
    return program.values(x), program.gradient(x)


def make_state(
    data: Gradients,
    inputs: Sequence[Expression],
    prefactor: Expression | None,
    offset: Expression | None,
    among: Mask,
) -> State | None:
    """The reduced problem of a form; None if it is undefined or gradients contradict it.

    Args:
        among: the original inputs that have an influence.
    """
    values = [_evaluate(tree, data.x, 0.0) for tree in inputs]
    base, base_gradient = _evaluate(offset, data.x, 0.0)
    factor, factor_gradient = _evaluate(prefactor, data.x, 1.0)
    x = np.stack([v for v, _ in values], 1) if values else np.empty((len(data.x), 0))
    jacobian = (
        np.stack([g for _, g in values], 1)
        if values
        else np.empty((len(data.x), 0, data.x.shape[1]))
    )
    with np.errstate(all="ignore"):
        y = (data.y - base) / factor
        # In units of y, so that rows have the weights of their gradients.
        gradient = data.gradient - base_gradient - y[:, None] * factor_gradient
    usable = np.isfinite(gradient).all(1) & np.isfinite(x).all(1) & np.isfinite(y)
    usable &= np.isfinite(jacobian).all((1, 2))
    if usable.mean() < 0.95:
        return None
    x, y, gradient, jacobian = x[usable], y[usable], gradient[usable], jacobian[usable]
    scale = np.where(among, data.size, np.inf)
    slopes, spread, left = _project(gradient / scale, jacobian / scale, data.error / scale)
    kept = trimmed_mean(left)
    score = float(kept.max())
    error = 1.2 * data.error / scale
    strain = float((kept / (FINE + error)).max())
    if not score <= WORST or (kept > 1.5 * (data.slack + error)).any():
        return None
    divide = factor[usable][:, None]
    reduction = Reduction(tuple(inputs), prefactor, offset, score, strain)
    with np.errstate(all="ignore"):
        idle = _is_idle(inputs, x, data.y[usable], slopes, np.sqrt((spread**2).mean(0)))
        slopes = slopes / divide
        error = np.sqrt(((spread / divide) ** 2).mean(0))
    if idle or not (np.isfinite(slopes).all() and np.isfinite(error).all()):
        return None
    return State(reduction, x, y, slopes, error)


def _is_idle(inputs: Sequence[Expression], x: Array, y: Array, slopes: Array, error: Array) -> bool:
    """Whether a new input has no more influence than errors of the gradient could explain.

    Args:
        y, slopes, error: in units of the original y.
    """
    made = [k for k, tree in enumerate(inputs) if not isinstance(tree, Input)]
    size, spread = np.sqrt((slopes[:, made] ** 2).mean(0)), x[:, made].std(0)
    return bool((size * spread <= np.maximum(1.5 * error[made] * spread, 1e-3 * y.std())).any())


def _project(gradient: Array, jacobian: Array, error: Array) -> tuple[Array, Array, Array]:
    """Project each row's gradient on its jacobian: coordinates, their errors, and the residual."""
    if jacobian.shape[1] == 0:
        return np.empty((len(gradient), 0)), np.empty((len(gradient), 0)), gradient
    with np.errstate(over="ignore"):
        length = np.maximum(np.sqrt((jacobian**2).sum(2, keepdims=True)), 1e-300)
    unit = jacobian / length
    gram = unit @ unit.transpose(0, 2, 1)
    gram[:, range(gram.shape[1]), range(gram.shape[1])] += 1e-9
    solver = np.linalg.solve(gram, unit)
    coordinates = (solver @ gradient[:, :, None])[:, :, 0]
    rest = gradient - (coordinates[:, None] @ unit)[:, 0]
    spread = np.sqrt(((solver * np.where(np.isfinite(error), error, 0.0)) ** 2).sum(2))
    return coordinates / length[:, :, 0], spread / length[:, :, 0], rest
