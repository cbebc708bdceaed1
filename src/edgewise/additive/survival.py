"""Times until an event, with a smooth baseline hazard as one more curve of an additive model.

The hazard of a row at time t is h(t | x) = exp(b + f_0(t) + Σ f_i(x_i)). Time is cut into cells at
quantiles of the events, with f_0 constant in each; then an event in cell j is a Poisson count of
mean e_ij h_ij, where e_ij is the time that row i spent there at risk. All sums over cells are those
of row · cell products, so that no table of rows times cells is made: with weights μ_ij, D_i = Σ_j
μ_ij and T̃_i = Σ_j μ_ij T_j / D_i the normal equations are

.. math:: Z'DZ, \\quad Z'D\\tilde T, \\quad \\sum_j \\Bigl(\\sum_i μ_{ij}\\Bigr) T_j T_j'.

Sources: Friedman, *Piecewise exponential models for survival data with covariates* (1982); Bender
et al., *A generalized additive model approach to time-to-event analysis* (2018).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import Curve, find_quantiles, make_bare, make_curve, set_values
from edgewise.additive.joined_splines import find_control_points
from edgewise.additive.links import LARGEST
from edgewise.additive.loss import Loss
from edgewise.additive.losses import Gaussian, Poisson
from edgewise.additive.moments import Moments, make_design, measure_moments
from edgewise.additive.scoring import FittedRows
from edgewise.additive.settings import Settings
from edgewise.additive.stages import AdditiveProblem, fit_curves, fit_rows, make_problem
from edgewise.additive.terms import Offset, Term
from edgewise.charts.scales import Scale
from edgewise.data.rows import cut

MOST_CELLS = 60
"""The most cells of time."""
MOST_KNOTS = 12
"""The most knots of the baseline's curve."""
ROWS_AT_ONCE = 8192
NEAR = 1e-8
"""Times are told by their logarithm down to this fraction of the first cell."""
PLACES = 120
"""The number of times at which the cumulative hazard is computed, between which it is cubic."""


@dataclass(frozen=True)
class Events(Poisson):
    """Events of single rows, 0 or 1: Poisson's likelihood, whose variance is known."""

    name: ClassVar[str] = "events"
    known_noise: ClassVar[float | None] = 1.0


@dataclass(frozen=True, eq=False)
class Lives:
    """The rows of a table of survival.

    Attributes:
        event: 1 where the event was seen at ``time``, 0 where the row was lost then, (rows,).
        entry, time: between which each row was at risk.
        weight: of the rows.
    """

    event: Array
    entry: Array
    time: Array
    weight: Array

    def take(self, rows: slice | NDArray[np.intp]) -> Lives:
        """Some of them."""
        return Lives(self.event[rows], self.entry[rows], self.time[rows], self.weight[rows])

    def spend(self, edges: Array) -> Array:
        """The time that each row was at risk in each cell, (rows, cells)."""
        return spend_time(self.time, edges, self.entry)

    def parts(self) -> list[slice]:
        """A few thousand rows at a time."""
        return cut(len(self.time), ROWS_AT_ONCE)


def spend_time(time: Array, edges: Array, entry: Array | float = -np.inf) -> Array:
    """How much of the time between entry and ``time`` lies in each cell, (rows, cells)."""
    begin = np.maximum(np.reshape(entry, (-1, 1)), edges[:-1])
    return np.maximum(np.minimum(time[:, None], edges[1:]) - begin, 0.0)


def cut_time(lives: Lives) -> Array:
    """The edges of cells with about as many events each, from the first entry to the last time.

    The first of them is cut into shorter ones, as hazards may rise steeply from the start.

    Raises:
        ValueError: if there are no events at two different times.
    """
    seen = lives.event > 0
    if len(np.unique(lives.time[seen])) < 2:
        raise ValueError(
            "expected events at two different times, got fewer: is it true where one was seen?"
        )
    times, weight = lives.time[seen], lives.weight[seen]
    count = min(MOST_CELLS, len(np.unique(times)))
    inner = find_quantiles(times, weight, np.linspace(0, 1, count + 1)[1:-1])
    start = lives.entry.min()
    first = start + (np.r_[inner, times.max()][0] - start) * np.array([0.125, 0.25, 0.5])
    edges = np.unique(np.r_[start, first, inner, lives.time.max()])
    return np.asarray(edges, dtype=np.float64)


def find_middles(edges: Array) -> Array:
    """The time of each cell at which the baseline is evaluated."""
    return (edges[:-1] + edges[1:]) / 2


def count_events(lives: Lives, edges: Array) -> Array:
    """The weight of the events of each cell, (cells,)."""
    cell = np.clip(np.searchsorted(edges, lives.time) - 1, 0, len(edges) - 2)
    return np.bincount(cell, lives.weight * lives.event, len(edges) - 1).astype(np.float64)


def make_baseline(lives: Lives, edges: Array, column: int) -> Curve:
    """The curve of the baseline's logarithm.

    Raises:
        ValueError: if cells have no width.
    """
    amounts, axis = np.maximum(count_events(lives, edges), 0.5), measure_time(edges)
    curve = make_curve(
        column, axis.forward(find_middles(edges)), amounts, MOST_KNOTS, straight=True
    )
    if curve is None:
        raise ValueError(f"expected times that differ, got {edges[0]:.6g} to {edges[-1]:.6g}")
    # B-splines stay the same when their knots are moved and stretched together.
    knots = curve.axis.inverse(curve.knots)
    return replace(curve, centre=axis.centre, scale=axis.width, tame=axis.tame, knots=knots)


def measure_time(edges: Array) -> Scale:
    """The logarithm of the time since the first entry: asinh(t / unit) of a tiny unit.

    On it a baseline that is a power of time, as Weibull's, is a straight line.
    """
    return Scale(float(edges[0]), NEAR * float(edges[1] - edges[0]), True)


@dataclass(frozen=True, eq=False)
class JointFit:
    """Fits the baseline hazard together with the effects of columns.

    Attributes:
        lives: the rows.
        edges: of the cells of time.
        curve: of the baseline.
    """

    lives: Lives
    edges: Array
    curve: Curve

    def fit(
        self, problem: AdditiveProblem, lines: Additive, model: Additive
    ) -> tuple[Additive, Additive]:
        """Both models with the baseline as their first term and without an offset."""
        return self.join(lines, problem.columns, True), self.join(model, problem.columns, False)

    def join(self, model: Additive, columns: Columns, lines: bool) -> Additive:
        """The model of the baseline and a model's terms, fitted together."""
        terms = (self.curve, *(one for one in model.terms if not isinstance(one, Offset)))
        coef = np.insert(model.coef, 1, np.zeros((self.curve.width, 1)), axis=0)
        lives = self.lives
        events, exposure = lives.weight @ lives.event, lives.weight @ (lives.time - lives.entry)
        coef[0] = np.log(events / exposure)
        start = replace(model, terms=terms, coef=coef)
        exits = [*columns[: self.column], lives.time]
        rows = FittedRows(
            make_design(terms, exits),
            lives.event[:, None],
            lives.weight,
            float(events),
            _Gather(self, terms, columns),
        )
        weak = np.full(len(self.curve.groups), 0.01 * events)
        ridges = [] if lines else [np.r_[weak, one.ridge] for one in model.solutions]
        return fit_rows(start, Events(), rows, ridges, lines, own=1)[0]

    @property
    def column(self) -> int:
        """The position of the time among the columns."""
        return self.curve.columns[0]


@dataclass(frozen=True, eq=False)
class _Gather:
    """The moments of all rows in all cells; :class:`.FittedRows` calls it."""

    joint: JointFit
    terms: tuple[Term, ...]
    columns: Columns

    def __call__(self, loss: Loss, output: int, coef: Array, *_: Any) -> Moments:
        joint, place = self.joint, slice(1, 1 + self.joint.curve.width)
        cells = joint.curve.design([find_middles(joint.edges)] * (joint.column + 1))
        baseline, others = cells @ coef[place, 0], coef[:, 0].copy()
        others[place] = 0.0
        total: Moments | None = None
        amounts, sums = np.zeros(len(cells)), np.zeros(len(cells))
        for part in joint.lives.parts():
            lives = joint.lives.take(part)
            few = [column[part] for column in self.columns[: joint.column]]
            design = make_design(self.terms, [*few, lives.time])
            risk = design.multiply(others)
            mean = lives.spend(joint.edges)
            mean *= np.exp(np.clip(baseline + risk[:, None], -LARGEST, LARGEST))
            each = np.maximum(mean.sum(1), 1e-300)
            response = risk + (mean @ baseline + lives.event) / each - 1.0
            own = (design.places >= place.start) & (design.places < place.stop)
            dense = design.dense.copy("K")
            dense[:, own] = mean @ cells / each[:, None]
            design, y = replace(design, dense=dense), response[:, None]
            answer = measure_moments(design, y, lives.weight * each, Gaussian(), 0, y)
            total = answer if total is None else total.merge(answer)
            amounts += lives.weight @ mean
            sums += (lives.weight * risk) @ mean
        if total is None:
            raise ValueError("expected rows of survival, got none")
        return self._set_baseline(total, place, cells, amounts, sums + amounts * baseline - amounts)

    def _set_baseline(
        self, moments: Moments, place: slice, cells: Array, amounts: Array, steps: Array
    ) -> Moments:
        """Set the products of the baseline's own columns, which are sums over cells."""
        own = np.flatnonzero((moments.places >= place.start) & (moments.places < place.stop))
        gram, moment = moments.gram.copy(), moments.moment.copy()
        gram[np.ix_(own, own)] = (cells * amounts[:, None]).T @ cells
        moment[own] = cells.T @ (steps + count_events(self.joint.lives, self.joint.edges))
        return replace(moments, gram=gram, moment=moment)


def guess_offsets(lives: Lives, edges: Array, risk: Array) -> Array:
    """The logarithm of each row's cumulative hazard between entry and time, for given risks.

    The baseline is a smooth curve of the events and of the time at risk, which counts more for rows
    of higher risk.

    Args:
        risk: the sums of the columns' effects, (rows,).
    """
    exposures = np.zeros(len(edges) - 1)
    for part in lives.parts():
        some = lives.take(part)
        exposures += (some.weight * np.exp(risk[part])) @ some.spend(edges)
    events, middles = count_events(lives, edges), find_middles(edges)
    kept, unit = exposures > 0, float(events.sum() / exposures.sum())
    y, weight = (events[kept] / (exposures[kept] * unit))[:, None], exposures[kept] * unit
    model = fit_curves(make_problem([middles[kept]], y, weight, Events(), Settings())).model
    rates = unit * model.link.mean(model.effects([middles]))[:, 0]
    found = [lives.take(part).spend(edges) @ rates for part in lives.parts()]
    return np.log(np.maximum(np.concatenate(found), 1e-300))


@dataclass(frozen=True, eq=False)
class Baseline:
    """The cumulative hazard H_0(t) of a row whose effects are all 0.

    Attributes:
        curve: log H_0, a cubic in the logarithm of the time since the start; its only coefficient
            is 1.
        edges: of the cells of time.
        rates: the hazard in each cell.
    """

    curve: Curve
    edges: Array
    rates: Array

    def log_hazard(self, times: Array) -> Array:
        """log H_0(t), (times,); -inf at the start."""
        is_later = times > self.edges[0]
        later = np.where(is_later, times, self.edges[-1])
        logs = self.curve.design([later] * (self.curve.columns[0] + 1))[:, 0]
        return np.where(is_later, logs, -np.inf)

    def shares(self, times: Array) -> Array:
        """The fraction of H_0(t) that each cell has, (times, cells)."""
        parts = spend_time(times, self.edges) * self.rates
        return parts / np.maximum(parts.sum(1, keepdims=True), 1e-300)


def integrate_baseline(model: Additive, edges: Array, column: int) -> Baseline:
    """The cumulative hazard of a model's curve of time and its intercept.

    Monotone cubics (Fritsch and Carlson, 1980), which every language of an export can evaluate,
    interpolate it between times at equal steps of probability and of its logarithm.
    """
    middles = find_middles(edges)
    logs = np.full(len(middles), model.coef[0, 0])
    for term, weights in model.weights():
        if term.columns == (column,):
            logs += term.multiply([middles] * (column + 1), weights)[:, 0]
    rates = np.exp(logs)
    start = edges[0]
    sizes = np.geomspace((edges[1] - start) * 1e-3, edges[-1] - start, PLACES)
    times = np.unique(np.r_[start + sizes[:-1], edges[1:]])
    axis = measure_time(edges)
    u = axis.forward(times)
    cubic = PchipInterpolator(u, np.log(spend_time(times, edges) @ rates))
    knots = np.r_[[u[0]] * 4, np.repeat(u[1:-1], 2), [u[-1]] * 4]
    weights = find_control_points(cubic, knots)
    curve = set_values(make_bare(column, axis, knots, 3, np.inf), weights)
    return Baseline(curve, edges, rates)


def measure_log_errors(
    model: Additive, baseline: Baseline, columns: Columns, times: Array
) -> Array:
    """The standard errors of log H(t | x), (rows, times), from the posterior of the coefficients.

    Its slope is the design of the row, and of the baseline's columns the mean over cells by their
    part of H_0(t).

    Args:
        columns: of the table, and of missing times.
    """
    middles, (solution,) = find_middles(baseline.edges), model.solutions
    kept = solution.kept
    lower = np.linalg.cholesky(solution.covariance + 1e-14 * np.eye(len(kept)))
    cells = np.zeros((len(middles), len(model.coef)))
    rows = np.zeros((len(columns[0]), len(model.coef)))
    rows[:, 0] = 1.0
    for term, place in zip(model.terms, model.places(), strict=True):
        rows[:, place] = term.design(columns)
        if term.columns == baseline.curve.columns:
            cells[:, place] = term.design([middles] * (term.columns[0] + 1))
    own = rows[:, kept] @ lower
    common = baseline.shares(times) @ cells[:, kept] @ lower
    variance = np.square(own).sum(1)[:, None] + 2 * own @ common.T + np.square(common).sum(1)
    return np.sqrt(np.maximum(solution.noise * variance, 0.0))
