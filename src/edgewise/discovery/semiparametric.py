"""The least squares problem of a form with unknown functions: penalised splines and numbers.

Gauss-Newton steps linearise the form. Each function is a cubic B-spline with many knots and a
roughness penalty (P-splines: Eilers and Marx 1996). The weight of the penalty is estimated by
restricted likelihood, with the generalised Fellner–Schall step of Wood and Fasiolo (2017).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from edgewise._arrays import Array
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.discovery.penalised_spline import PenalisedSpline
from edgewise.discovery.template import Template
from edgewise.formula.program import Program


@dataclass(frozen=True, eq=False)
class FormState:
    """Numbers, coefficients of each function, and weights of their penalties."""

    numbers: Array
    coef: tuple[Array, ...]
    smooth: Array
    mse: float = math.inf


@dataclass(frozen=True, eq=False)
class Semiparametric:
    """The least squares problem of a form.

    Attributes:
        held: values of numbers that are fixed, by their indices.
        pins: normalised functions, as (function, kind): "mean" 0, or "size" 1.

    Shape:
        x: (rows, in); y, root: (rows,)
    """

    template: Template
    x: Array
    y: Array
    root: Array
    splines: tuple[PenalisedSpline, ...]
    held: Mapping[int, float] = field(default_factory=dict)
    pins: tuple[tuple[int, str], ...] = ()

    @cached_property
    def program(self) -> Program:
        return Program(self.template.tree)

    @cached_property
    def arguments(self) -> list[list[Program]]:
        return [[Program(a) for a in u.arguments] for u in self.template.unknowns]

    @property
    def free(self) -> list[int]:
        return [k for k in range(len(self.template.numbers)) if k not in self.held]

    def with_numbers(self, numbers: Array) -> Array:
        """The rows with the numbers as further columns."""
        return np.concatenate([self.x, np.tile(numbers, (len(self.x), 1))], 1)

    def arguments_at(self, k: int, rows: Array) -> Array:
        """The arguments of an unknown function; (rows, arguments)"""
        return np.stack([p.values(rows) for p in self.arguments[k]], 1)

    def values(self, state: FormState) -> Array:
        """The form's values at the rows."""
        return self.program.values(self._whole(state)[0])

    def _whole(self, state: FormState) -> tuple[Array, list[Array]]:
        rows = self.with_numbers(state.numbers)
        bases = [s.basis(self.arguments_at(k, rows)) for k, s in enumerate(self.splines)]
        columns = [(b @ c)[:, None] for b, c in zip(bases, state.coef, strict=True)]
        return np.concatenate([rows, *columns], 1), bases

    def jacobian(self, state: FormState) -> Array:
        """Derivatives by the free numbers and all coefficients; (rows, free + coefficients)"""
        whole, bases = self._whole(state)
        slopes = self.program.gradient(whole)
        first, inputs = self.template.first, self.template.inputs
        columns = slopes[:, inputs:first].copy()
        rows = whole[:, :first]
        parts = []
        for k, (spline, base) in enumerate(zip(self.splines, bases, strict=True)):
            outer = slopes[:, first + k]
            parts.append(outer[:, None] * base)
            for n, argument in enumerate(self.arguments[k]):
                if any(i >= inputs for i in argument.tree.inputs):
                    at = self.arguments_at(k, rows)
                    along = spline.basis(at, slope_of=n) @ state.coef[k]
                    columns += (outer * along)[:, None] * argument.gradient(rows)[:, inputs:first]
        return np.concatenate([columns[:, self.free], *parts], 1) * self.root[:, None]

    def penalty(self, smooth: Array) -> Array:
        """The matrix of all penalties, with a very small ridge on the numbers."""
        count = len(self.free)
        total = np.zeros((count + sum(s.size for s in self.splines),) * 2)
        for at, spline, weight in zip(self.starts(), self.splines, smooth, strict=True):
            total[at : at + spline.size, at : at + spline.size] = weight * spline.penalty
        return total

    def starts(self) -> list[int]:
        """The place of each function's first coefficient among all unknowns."""
        sizes = [len(self.free), *(s.size for s in self.splines)]
        return [int(n) for n in np.cumsum(sizes)[:-1]]

    def pin_rows(self, state: FormState) -> tuple[Array, Array]:
        """The equations that normalise functions: rows of a linear system, and their residuals."""
        width = len(self.free) + sum(s.size for s in self.splines)
        rows, left = [], []
        weight = math.sqrt(len(self.y)) * (float(np.std(self.y)) or 1.0)
        _, bases = self._whole(state)
        for k, kind in self.pins:
            at = self.starts()[k]
            mean = bases[k].mean(0)
            row = np.zeros(width)
            row[at : at + len(mean)] = weight * mean
            rows.append(row)
            goal = 0.0 if kind == "mean" else 1.0
            left.append(weight * (goal - float(mean @ state.coef[k])))
        return np.array(rows).reshape(len(rows), width), np.array(left)

    def residual(self, state: FormState) -> Array:
        with np.errstate(all="ignore"):
            return (self.y - self.values(state)) * self.root

    def unpack(self, state: FormState, step: Array) -> FormState:
        """The state after a step."""
        numbers = state.numbers.copy()
        numbers[self.free] += step[: len(self.free)]
        coef = tuple(
            c + step[at : at + len(c)] for at, c in zip(self.starts(), state.coef, strict=True)
        )
        return replace(state, numbers=numbers, coef=coef)

    def pack(self, state: FormState) -> Array:
        return np.concatenate([state.numbers[self.free], *state.coef])

    @np.errstate(all="ignore")
    def fit(self, state: FormState, steps: int) -> FormState:
        """Fit numbers and coefficients for given weights of the penalties."""
        penalty = self.penalty(state.smooth)

        def look(at: FormState) -> Trial:
            r = self.residual(at)
            c = self.pack(at)
            _, left = self.pin_rows(at)
            cost = float(r @ r + c @ penalty @ c + left @ left)
            return Trial((at, r), cost if math.isfinite(cost) else math.inf)

        def linearise(trial: Trial) -> Attempt | None:
            at, r = trial.point
            jacobian = self.jacobian(at)
            if not jacobian.size or not np.isfinite(jacobian).all():
                return None
            pins, left = self.pin_rows(at)
            gram = jacobian.T @ jacobian + penalty + pins.T @ pins
            right = jacobian.T @ r - penalty @ self.pack(at) + pins.T @ left
            size = np.maximum(np.diag(gram), 1e-12 * max(float(np.diag(gram).max()), 1e-300))

            def attempt(damping: float) -> Trial | None:
                try:
                    step = np.linalg.solve(gram + damping * np.diag(size), right)
                except np.linalg.LinAlgError:
                    return None
                return look(self.unpack(at, step)) if np.isfinite(step).all() else None

            return attempt

        best, _ = descend(look(state), linearise, Tenfold(1e-3, least=1e-10), steps=steps)
        state, r = best.point
        return replace(state, mse=float(r @ r) / len(r) if math.isfinite(best.cost) else math.inf)

    def covariance(self, state: FormState) -> tuple[Array, float, float]:
        """The covariance of numbers and coefficients, the noise, and the degrees of freedom."""
        jacobian = self.jacobian(state)
        pins, _ = self.pin_rows(state)
        gram = jacobian.T @ jacobian
        whole = gram + self.penalty(state.smooth) + pins.T @ pins
        scale = np.sqrt(np.maximum(np.diag(whole), 1e-300))
        inverse = np.linalg.pinv(whole / np.outer(scale, scale), rcond=1e-13, hermitian=True)
        inverse = inverse / np.outer(scale, scale)
        spent = float(np.sum(inverse * gram))
        rows = len(self.y)
        noise = state.mse * rows / max(rows - spent, 1.0)
        return inverse * noise, noise, spent

    def reranged(self, state: FormState) -> tuple[Semiparametric, FormState]:
        """The problem with knots moved to the arguments' present ranges; curves don't change."""
        rows = self.with_numbers(state.numbers)
        splines, coef = [], []
        for k, old in enumerate(self.splines):
            if not any(max(a.tree.inputs) >= self.template.inputs for a in self.arguments[k]):
                splines.append(old)
                coef.append(state.coef[k])
                continue
            at = self.arguments_at(k, rows)
            new = PenalisedSpline.over(at, len(self.y))
            base, goal = new.basis(at), old.basis(at) @ state.coef[k]
            ridge = 1e-6 * new.penalty * float(np.trace(base.T @ base)) / new.size
            splines.append(new)
            coef.append(np.linalg.lstsq(base.T @ base + ridge, base.T @ goal, rcond=1e-13)[0])
        return replace(self, splines=tuple(splines)), replace(state, coef=tuple(coef))

    def retune(self, state: FormState) -> FormState:
        """Update the weights of the penalties by a Fellner–Schall step."""
        covariance, noise, _ = self.covariance(state)
        floor = max(noise, 1e-20 * float(np.var(self.y)))
        smooth = state.smooth.copy()
        for k, (at, spline) in enumerate(zip(self.starts(), self.splines, strict=True)):
            part = covariance[at : at + spline.size, at : at + spline.size]
            bend = float(state.coef[k] @ spline.penalty @ state.coef[k])
            gained = spline.rank / smooth[k] - float(np.sum(part * spline.penalty)) / floor
            smooth[k] *= float(np.clip(floor * max(gained, 1e-300) / max(bend, 1e-300), 1e-3, 1e3))
        return replace(state, smooth=np.clip(smooth, 1e-14 * floor, 1e12 * floor + 1e-300))
