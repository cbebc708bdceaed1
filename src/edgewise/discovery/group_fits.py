"""Fit one form to several groups: numbers of each group, common numbers, standard errors."""

from __future__ import annotations

import math

import numpy as np

from edgewise._arrays import Array
from edgewise._arrow import Arrow
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.discovery.groups import Form, Groups, make_form, measure_errors, spread_numbers

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
    slow = np.zeros(groups.count, dtype=np.int64)
    for _ in range(steps if own else 0):
        active = np.isfinite(mse) & (damping < STALLED) & (slow < 3) & (mse > goal)
        if not active.any():
            break
        inside = np.where(active[groups.place], residual, 0.0)
        moved = step_each(form, groups, numbers, own, inside, damping)
        left, trial = measure_errors(form, groups, moved)
        better = active & (trial < mse)
        slow = np.where(better & (trial > mse * (1 - 1e-4)), slow + 1, np.where(better, 0, slow))
        numbers[better] = moved[better]
        rows = better[groups.place]
        residual, mse = np.where(rows, left, residual), np.where(better, trial, mse)
        damping = np.where(better, np.maximum(damping / 10, 1e-13), damping * 10)
    return make_form(form.tree, numbers, groups, form.common, form.source)


@np.errstate(all="ignore")
def step_each(
    form: Form, groups: Groups, numbers: Array, places: list[int], residual: Array, damping: Array
) -> Array:
    """The numbers after a damped step in these places, group by group.

    A group stays where a derivative isn't finite.
    """
    _, jacobian = form.program.values_and_jacobian(groups.x, spread_numbers(form, groups, numbers))
    jacobian = jacobian[:, [form.program.free.index(k) for k in places]] * groups.root[:, None]
    finite = np.isfinite(groups.sum(np.abs(jacobian).sum(1) + np.abs(residual)))[groups.place]
    jacobian, residual = np.where(finite[:, None], jacobian, 0.0), np.where(finite, residual, 0.0)
    gram = groups.sum(jacobian[:, :, None] * jacobian[:, None, :])
    right = groups.sum(jacobian * residual[:, None])
    scale = np.sqrt(np.einsum("gii->gi", gram))
    scale[~(scale > 0)] = 1.0
    gram = gram / (scale[:, :, None] * scale[:, None, :])
    gram += damping[:, None, None] * np.eye(gram.shape[1])
    gram[~np.isfinite(gram).all((1, 2))] = np.eye(gram.shape[1])
    step = np.linalg.solve(gram, (right / scale)[:, :, None])[:, :, 0] / scale
    moved = numbers.copy()
    moved[:, places] += np.where(np.isfinite(step), step, 0.0)
    return moved


def _arrow(form: Form, groups: Groups, numbers: Array, residual: Array, noise: Array) -> Arrow:
    """The normal equations; each group is weighted by 1 / its noise variance."""
    _, jacobian = form.program.values_and_jacobian(groups.x, spread_numbers(form, groups, numbers))
    weight = np.sqrt(1 / noise)[groups.place]
    jacobian = jacobian * (groups.root * weight)[:, None]
    right = residual * weight
    own = jacobian[:, [form.program.free.index(k) for k in form.own]]
    shared = jacobian[:, [form.program.free.index(k) for k in sorted(form.common)]]
    return Arrow(
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
        if not arrow.is_finite:
            return None

        def attempt(damping: float) -> Trial | None:
            step = arrow.solve(damping)
            if step is None:
                return None
            moved = numbers.copy()
            moved[:, form.own] += step[0]
            moved[:, common] += step[1]
            return look(moved)

        return attempt

    start = look(form.numbers)
    if not math.isfinite(start.cost):
        return make_form(form.tree, form.numbers, groups, form.common, form.source)
    best, _ = descend(start, linearise, Tenfold(1e-3, least=1e-13), steps=steps)
    return make_form(form.tree, best.point[0], groups, form.common, form.source)


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
            blocks, common = arrow.covariance()
        except np.linalg.LinAlgError:
            errors[:, form.program.free] = np.nan
            return errors
        errors[:, form.own] = np.sqrt(np.einsum("gii->gi", blocks))
        errors[:, sorted(form.common)] = np.sqrt(np.diag(common))
    return errors
