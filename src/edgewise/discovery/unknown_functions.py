"""Fit the unknown functions of a form as curves, together with its numbers, from several starts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight
from edgewise.discovery.penalised_spline import PenalisedSpline
from edgewise.discovery.semiparametric import FormState, Semiparametric
from edgewise.discovery.template import Template
from edgewise.formula.program import Program
from edgewise.laws.curve import Curve
from edgewise.laws.frequencies import find_frequencies

STIFF = 1e4
"""Initial weight of the penalties times the noise; it is large, so that curves start as lines."""
ROUNDS = 12
STARTS = 10
NO_WORSE = 1.02
"""An undetermined number is set to 0 if that increases the residuals by at most this factor."""
DEPENDENT = 1e-5
"""A column is undetermined if the others explain it up to this fraction."""


def fit_unknowns(
    template: Template, x: Array, y: Array, weight: Array | None, seed: int
) -> FittedForm:
    """Fit the numbers and the curves of a form.

    If the form doesn't determine a number, or the scale or shift of a function, it is fixed, and a
    note says so.
    """
    root = np.sqrt(fill_weight(weight, len(y)))
    start = np.ones(len(template.numbers))
    rows = np.concatenate([x, np.tile(start, (len(x), 1))], 1)
    splines = []
    for unknown in template.unknowns:
        at = np.stack([Program(a).values(rows) for a in unknown.arguments], 1)
        if not np.isfinite(at).all():
            raise ValueError(
                f"discover expected finite arguments of {unknown.name} at all rows, got some that "
                "aren't: leave those rows out"
            )
        splines.append(PenalisedSpline.over(at, len(y)))
    problem = Semiparametric(template, x, y, root, tuple(splines))
    problem, state = _from_starts(problem, seed)
    if not math.isfinite(state.mse):
        raise ValueError(
            "discover expected form to have finite values at the rows for some choice of its "
            f"numbers, got none: check {template.text!r}"
        )
    notes: list[str] = []
    for _ in range(len(template.numbers) + 2 * len(splines)):
        changed = _fix_one(problem, state, notes, seed)
        if changed is None:
            break
        problem, state = changed
    return FittedForm(problem, state, tuple(notes))


def _from_starts(problem: Semiparametric, seed: int) -> tuple[Semiparametric, FormState]:
    """The best fit from several starts, with stiff curves."""
    generator = np.random.default_rng([seed, 17])
    variance = float(np.var(problem.y)) or 1.0
    first = []
    for trial in range(STARTS):
        numbers = np.ones(len(problem.template.numbers))
        level = 1.0
        if trial:
            numbers = np.exp(generator.normal(size=len(numbers)))
            numbers *= generator.choice([-1, 1, 1], size=len(numbers))
            level = float(np.exp(generator.normal()))
        numbers[list(problem.held)] = list(problem.held.values())
        coef = tuple(np.full(s.size, level) for s in problem.splines)
        state = FormState(numbers, coef, np.full(len(coef), STIFF * variance))
        at, state = problem.reranged(state)
        first.append((at, at.fit(state, 8)))
        if not trial:
            tuned = _scan_frequencies(at, state)
            first += [] if tuned is None else [(at, at.fit(tuned, 8))]
    first.sort(key=lambda f: f[1].mse)
    found = [_soften(*each) for each in first[:3] if math.isfinite(each[1].mse)]
    return min(found, key=lambda f: f[1].mse, default=first[0])


def _scan_frequencies(problem: Semiparametric, state: FormState) -> FormState | None:
    """The state with the frequencies of sines at which all other numbers fit best; None without.

    The residuals of a wave have a minimum for each frequency that the rows resolve, so that a
    descent stays near the frequency that it starts from.
    """
    template, before = problem.template, state
    columns = tuple(f"x{i}" for i in range(template.inputs))
    waves = find_frequencies(Curve(template.tree, columns, template.numbers))
    for k in sorted(set(waves) & set(problem.free)):
        tried = []
        for value in waves[k].starts(problem.x):
            numbers = state.numbers.copy()
            numbers[k] = value
            held = replace(problem, held={**problem.held, k: float(value)})
            tried.append(held.fit(replace(state, numbers=numbers), 3))
        state = min(tried, key=lambda each: each.mse)
    return None if state is before else state


def _soften(problem: Semiparametric, state: FormState) -> tuple[Semiparametric, FormState]:
    """The fit with estimated weights of the penalties, and knots over the arguments' ranges."""
    variance = float(np.var(problem.y)) or 1.0
    state = replace(state, smooth=np.full(len(state.coef), variance))
    for _ in range(ROUNDS):
        before = state.mse
        state = problem.retune(problem.fit(state, 6))
        problem, state = problem.reranged(state)
        if abs(state.mse - before) <= 1e-4 * before:
            break
    return problem, problem.fit(state, 10)


def _fix_one(
    problem: Semiparametric, state: FormState, notes: list[str], seed: int
) -> tuple[Semiparametric, FormState] | None:
    """The problem with one more number or function normalised; None if all are determined."""
    jacobian = problem.jacobian(state)
    count = len(problem.free)
    for place in range(count - 1, -1, -1):
        others = np.delete(jacobian, place, 1)
        if _left_over(others, jacobian[:, place]) < DEPENDENT:
            k = problem.free[place]
            name = problem.template.numbers[k]
            return _hold(problem, state, k, name, notes, seed)
    for k in range(len(problem.splines) - 1, 0, -1):
        at = problem.starts()[k]
        size = problem.splines[k].size
        mine = jacobian[:, at : at + size]
        others = np.delete(jacobian, slice(at, at + size), 1)
        name = problem.template.unknowns[k].name
        for kind, direction in (("mean", np.ones(size)), ("size", state.coef[k])):
            if (k, kind) in problem.pins or (kind == "size" and (k, "mean") in problem.pins):
                continue
            if _left_over(others, mine @ direction) < DEPENDENT:
                pinned = replace(problem, pins=(*problem.pins, (k, kind)))
                told = "has mean 0" if kind == "mean" else "has mean 1"
                what = "a number added to it" if kind == "mean" else "its scale"
                notes.append(f"{name} {told}: the form doesn't determine {what}")
                return pinned, pinned.fit(state, 20)
    return None


def _hold(
    problem: Semiparametric, state: FormState, k: int, name: str, notes: list[str], seed: int
) -> tuple[Semiparametric, FormState]:
    """The problem with an undetermined number fixed at 0, or at 1 if 0 fits worse."""
    functions = " and ".join(u.name for u in problem.template.unknowns) or "the others"
    held = replace(problem, held={**problem.held, k: 0.0})
    held, made = _from_starts(held, seed)
    if not made.mse <= NO_WORSE * state.mse:
        held, made = _from_starts(replace(problem, held={**problem.held, k: 1.0}), seed)
    value = held.held[k]
    notes.append(f"{name} was set to {value:.0f}: the form doesn't separate it from {functions}")
    return held, made


def _left_over(others: Array, column: Array) -> float:
    """The fraction of a column that no linear combination of the others explains."""
    scale = np.sqrt(np.square(others).sum(0))
    scale[~(scale > 0)] = 1.0
    size = float(np.sqrt(column @ column))
    if size == 0:
        return 0.0
    solved = np.linalg.lstsq(others / scale, column, rcond=1e-9)[0]
    return float(np.linalg.norm(column - others / scale @ solved)) / size


@dataclass(frozen=True, eq=False)
class FittedForm:
    """A form with its unknown functions as curves.

    Attributes:
        notes: one sentence for each quantity that was fixed because the form doesn't determine it.
    """

    problem: Semiparametric
    state: FormState
    notes: tuple[str, ...]

    @cached_property
    def _known(self) -> tuple[Array, float, float]:
        return self.problem.covariance(self.state)

    @property
    def template(self) -> Template:
        return self.problem.template

    @property
    def noise(self) -> float:
        """The variance of the residuals, corrected for degrees of freedom."""
        return self._known[1]

    @property
    def freedom(self) -> float:
        """The degrees of freedom of numbers and curves together."""
        return self._known[2]

    def arguments(self, k: int) -> Array:
        """The arguments of an unknown function at the rows; (rows, arguments)"""
        return self.problem.arguments_at(k, self.problem.with_numbers(self.state.numbers))

    def curve(self, k: int, at: Array) -> tuple[Array, Array]:
        """An unknown function at some arguments, and the standard errors of its values."""
        spline = self.problem.splines[k]
        base = spline.basis(at)
        start = self.problem.starts()[k]
        part = self._known[0][start : start + spline.size, start : start + spline.size]
        variance = np.maximum(((base @ part) * base).sum(1), 0.0)
        return base @ self.state.coef[k], np.sqrt(variance)
