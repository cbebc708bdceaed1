"""Fit the numbers that groups share together with their own, and find their standard errors."""

from __future__ import annotations

import math

import numpy as np

from edgewise._arrays import Array
from edgewise._arrow import Arrow
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.discovery.groups import Form, Groups, fit_own, make_form, measure_errors


def _arrow(form: Form, groups: Groups, numbers: Array, residual: Array, noise: Array) -> Arrow:
    """The normal equations; each group is weighted by 1 / its noise variance."""
    _, jacobian = form.program.values_and_jacobian(groups.x, groups.spread(form, numbers))
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

    Minimises Σ_g n_g log(mse_g): the negative log likelihood if each group has unknown noise. To
    mse_g of a group with few rows some of the others' noise is added.
    """
    if not form.common:
        return fit_own(form, groups, steps)
    least = np.maximum(1e-3 * groups.floor, form.noise_in(groups).least) * groups.variance
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

    Groups with fewer than two rows for each number borrow the noise of the others.

    Shape:
        (groups, numbers)
    """
    errors = np.zeros_like(form.numbers)
    if not form.program.free:
        return errors
    residual, _ = measure_errors(form, groups, form.numbers)
    noise = np.maximum(form.noise_in(groups).of_errors, 1e-28) * groups.variance
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
