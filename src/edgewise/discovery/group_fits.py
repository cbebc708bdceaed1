"""Fit one form to several groups: numbers of each group, common numbers, standard errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.discovery.groups import Form, Groups, judge, measure_errors, spread_numbers

Array = NDArray[np.float64]

STALLED = 1e8
"""The damping above which a group's fit has converged."""


def fit_own(form: Form, groups: Groups, steps: int = 15) -> Form:
    """Fit the groups' own numbers by Levenberg-Marquardt, all groups at once.

    Each group has its own damping, and takes a step only if that reduces its error.
    """
    own = form.own
    numbers = form.numbers.copy()
    residual, mse = measure_errors(form, groups, numbers)
    damping = np.full(groups.count, 1e-3)
    goal = 1e-6 * groups.floor * groups.variance
    places = [form.program.free.index(k) for k in own]
    slow = np.zeros(groups.count, dtype=np.int64)
    for _ in range(steps if own else 0):
        active = np.isfinite(mse) & (damping < STALLED) & (slow < 3) & (mse > goal)
        if not active.any():
            break
        _, jacobian = form.program.values_and_jacobian(
            groups.x, spread_numbers(form, groups, numbers)
        )
        with np.errstate(all="ignore"):
            jacobian = jacobian[:, places] * groups.root[:, None]
            finite = np.isfinite(groups.sum(np.abs(jacobian).sum(1)))
        active &= finite
        jacobian = np.where(active[groups.place][:, None], jacobian, 0.0)
        inside = np.where(active[groups.place], residual, 0.0)
        with np.errstate(all="ignore"):
            step = _solve_each(groups, jacobian, inside, damping)
        moved = numbers.copy()
        moved[:, own] += step
        left, trial = measure_errors(form, groups, moved)
        better = active & (trial < mse)
        slow = np.where(better & (trial > mse * (1 - 1e-4)), slow + 1, np.where(better, 0, slow))
        numbers[better] = moved[better]
        rows = better[groups.place]
        residual, mse = np.where(rows, left, residual), np.where(better, trial, mse)
        damping = np.where(better, np.maximum(damping / 10, 1e-13), damping * 10)
    return judge(form.tree, numbers, groups, form.common, form.source)


def _solve_each(groups: Groups, jacobian: Array, residual: Array, damping: Array) -> Array:
    """The damped step of each group; (groups, own)."""
    gram = groups.sum(jacobian[:, :, None] * jacobian[:, None, :])
    right = groups.sum(jacobian * residual[:, None])
    scale = np.sqrt(np.einsum("gii->gi", gram))
    scale[~(scale > 0)] = 1.0
    gram = gram / (scale[:, :, None] * scale[:, None, :])
    gram += damping[:, None, None] * np.eye(gram.shape[1])
    gram[~np.isfinite(gram).all((1, 2))] = np.eye(gram.shape[1])
    step = _solve(gram, right / scale) / scale
    return np.where(np.isfinite(step), step, 0.0)


@dataclass(frozen=True, eq=False)
class _Arrow:
    """Normal equations with an arrow matrix: one diagonal block per group, and a common border.

    Shape:
        own: (groups, o, o); between: (groups, o, c); shared: (c, c); right: (groups, o) and (c,)
    """

    own: Array
    between: Array
    shared: Array
    right_own: Array
    right_shared: Array

    def reduced(self, damping: float) -> tuple[Array, Array]:
        """The damped blocks, and the Schur complement of the shared block."""
        own = self.own + damping * _diagonal(self.own)
        shared = self.shared + damping * np.diag(np.maximum(np.diag(self.shared), 1e-300))
        if own.shape[1]:
            shared = shared - np.einsum(
                "goc,god->cd", self.between, np.linalg.solve(own, self.between)
            )
        return own, shared

    def solve(self, damping: float) -> tuple[Array, Array]:
        """The steps of the groups' numbers and of the common numbers."""
        own, shared = self.reduced(damping)
        right = self.right_shared
        if own.shape[1]:
            right = right - np.einsum("goc,go->c", self.between, _solve(own, self.right_own))
        common = np.asarray(np.linalg.solve(shared, right))
        if not own.shape[1]:
            return np.empty((len(own), 0)), common
        return _solve(own, self.right_own - self.between @ common), common


def _solve(blocks: Array, right: Array) -> Array:
    """Solve the system of each block; (groups, o, o) and (groups, o) → (groups, o)"""
    return np.asarray(np.linalg.solve(blocks, right[:, :, None])[:, :, 0])


def _diagonal(blocks: Array) -> Array:
    """The diagonal matrices of the blocks; entries of 0 become a tiny number."""
    values = np.maximum(np.einsum("gii->gi", blocks), 1e-300)
    return np.asarray(values[:, :, None] * np.eye(blocks.shape[1]))


def _arrow(form: Form, groups: Groups, numbers: Array, residual: Array, noise: Array) -> _Arrow:
    """The normal equations; each group is weighted by 1 / its noise variance."""
    _, jacobian = form.program.values_and_jacobian(groups.x, spread_numbers(form, groups, numbers))
    weight = np.sqrt(1 / noise)[groups.place]
    jacobian = jacobian * (groups.root * weight)[:, None]
    right = residual * weight
    own = jacobian[:, [form.program.free.index(k) for k in form.own]]
    shared = jacobian[:, [form.program.free.index(k) for k in sorted(form.common)]]
    return _Arrow(
        groups.sum(own[:, :, None] * own[:, None, :]),
        groups.sum(own[:, :, None] * shared[:, None, :]),
        shared.T @ shared,
        groups.sum(own * right[:, None]),
        shared.T @ right,
    )


def fit_joint(form: Form, groups: Groups, steps: int = 20) -> Form:
    """Fit the common numbers and the groups' own numbers together.

    Minimises Σ_g n_g log(mse_g): the negative log likelihood if each group has unknown noise.
    """
    if not form.common:
        return fit_own(form, groups, steps)
    least = 1e-3 * groups.floor * groups.variance
    share = groups.rows / groups.rows.sum()
    common = sorted(form.common)

    def look(numbers: Array) -> Trial:
        residual, mse = measure_errors(form, groups, numbers)
        with np.errstate(over="ignore"):
            cost = float(np.exp(share @ np.log(mse + least)))
        return Trial((numbers, residual, mse + least), cost if math.isfinite(cost) else math.inf)

    def linearise(at: Trial) -> Attempt | None:
        numbers, residual, noise = at.point
        with np.errstate(all="ignore"):
            arrow = _arrow(form, groups, numbers, residual, noise)
        if not np.isfinite(arrow.shared).all() or not np.isfinite(arrow.own).all():
            return None

        def attempt(damping: float) -> Trial | None:
            try:
                own, shared = arrow.solve(damping)
            except np.linalg.LinAlgError:
                return None
            moved = numbers.copy()
            moved[:, form.own] += own
            moved[:, common] += shared
            return look(moved)

        return attempt

    start = look(form.numbers)
    if not math.isfinite(start.cost):
        return judge(form.tree, form.numbers, groups, form.common, form.source)
    best, _ = descend(start, linearise, Tenfold(1e-3, least=1e-13), steps=steps)
    return judge(form.tree, best.point[0], groups, form.common, form.source)


def standard_errors(form: Form, groups: Groups) -> Array:
    """The standard error of each number in each group: 0 if exact, NaN if undetermined.

    Shape:
        (groups, numbers)
    """
    errors = np.zeros_like(form.numbers)
    if not form.program.free:
        return errors
    residual, mse = measure_errors(form, groups, form.numbers)
    spent = len(form.own) + len(form.common) * groups.rows / groups.rows.sum()
    noise = np.maximum(mse, 1e-28 * groups.variance) * groups.rows
    noise = noise / np.maximum(groups.rows - spent, 1)
    with np.errstate(all="ignore"):
        arrow = _arrow(form, groups, form.numbers, residual, noise)
        try:
            own, shared = arrow.reduced(1e-13)
            common = np.linalg.inv(shared) if form.common else np.empty((0, 0))
            blocks = np.linalg.inv(own)
        except np.linalg.LinAlgError:
            errors[:, form.program.free] = np.nan
            return errors
        across = blocks @ arrow.between
        blocks = blocks + across @ common @ np.swapaxes(across, 1, 2)
        errors[:, form.own] = np.sqrt(np.einsum("gii->gi", blocks))
        errors[:, sorted(form.common)] = np.sqrt(np.diag(common))
    return errors
