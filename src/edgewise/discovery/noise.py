"""Models of y's errors: given, constant, relative or Poisson, chosen by likelihood if unknown.

Errors of measurements are often constant, or proportional to the true value, or, for counts, to its
square root. For each kind a smooth function of the inputs is fitted with the weights that follow,
and the kind under which left-out rows are likeliest is taken. To first order, relative errors of y
are constant errors of log y.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.front import Scored
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.problem import Problem
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression
from edgewise.formula.numbers import noise_variance
from edgewise.formula.program import Program
from edgewise.laws.chi_square import ChiSquare
from edgewise.laws.noise import NOISE_OF_KIND

ROWS = 300
"""Most rows that the smooth functions are fitted to."""
SPAN = 4.0
"""Relative errors are tried if |y| spans at least this ratio; else the weights hardly differ."""
CLEAR = 3.0
"""Nats by which another kind must be likelier than constant errors."""
MOST_RELATIVE = 0.25
"""Largest relative error. Beyond it the scatter isn't an error of measurement but depends on inputs
that are missing, and the first-order approximation fails."""
ROUNDS = 2
"""Fits of the smooth function, each with the weights from the one before."""
LEAST = 1e-3
"""Smallest error of the relative kind, in units of the error at the median of |y|: where y passes
through 0, some other error remains."""
LEAST_COUNT = 0.5
"""The expected count below which the variance falls no further."""
STEADY = 0.5
"""Given errors count as relative if log(σ/|y|) has less than this times the spread of log σ."""
DISPERSION = 4.0
"""Counts have Poisson errors of known size if their scatter agrees within this many standard
errors."""


@dataclass(frozen=True, eq=False)
class NoiseEstimate:
    """The errors of y that a result assumes.

    Attributes:
        kind: "given", "constant", "relative" or "poisson".
        is_known: whether their size is known, and not only their ratio between rows.
        is_chosen: whether the kind was chosen by the likelihood of the rows.
        sigma: the standard deviation of each row, estimated from the winner's residuals where the
            size isn't known.
        level: for relative errors, the standard deviation divided by y; None for other kinds.
        chi2: χ² of the winner; None unless these errors are known and are all that y has.

    Shape:
        sigma: (rows,)
    """

    kind: str
    is_known: bool
    is_chosen: bool
    sigma: Array
    level: float | None = None
    chi2: ChiSquare | None = None

    def expect(self, y: Array, predicted: Array) -> Array:
        """The standard deviations to expect of new measurements with these predictions.

        Given errors count as relative if σ/|y| varies much less than σ, otherwise as constant.

        Args:
            y: the values to which `sigma` belongs.
        """
        sigma = np.broadcast_to(self.sigma, y.shape)
        kind = self.kind
        if kind == "given":
            kept = (sigma > 0) & (y != 0)
            logs = np.log(sigma[kept]), np.log(sigma[kept] / np.abs(y[kept]))
            is_relative = kept.any() and logs[1].std() < STEADY * logs[0].std()
            kind = "relative" if is_relative else "constant"
        spread = NOISE_OF_KIND[kind].spread
        shape = spread(np.abs(y), 1.0)
        level = float(np.median(sigma[shape > 0] / shape[shape > 0]))
        return spread(np.abs(predicted), level)

    def __str__(self) -> str:
        size = f"{float(np.median(self.sigma)):.2g}"
        said = {
            "given": "as given",
            "constant": f"{size}, the same in all rows",
            "relative": f"{self.level or 0.0:.2g} of y",
            "poisson": "those of counts" + ("" if self.is_known else ", up to a factor"),
        }[self.kind]
        return said + (" (chosen by the likelihood of left-out rows)" if self.is_chosen else "")


@dataclass(frozen=True, eq=False)
class _Trial:
    """A kind of errors, and how well a smooth function fits under it.

    Attributes:
        shape: the standard deviation of each row, up to a common factor.
        likelihood: the log likelihood of left-out rows.
        scatter: the standard deviation of left-out residuals divided by `shape`.
    """

    kind: str
    shape: Array
    likelihood: float
    scatter: float


def weigh_by_noise(problem: Problem) -> tuple[Problem, str, bool]:
    """The problem weighted by its errors; the kind of errors, and whether it was chosen.

    Nothing changes if weights are given without errors, or if y holds two classes.
    """
    errors = problem.errors
    if errors.kind == "given":
        return problem.weighed_by_errors(), "given", False
    if errors.kind == "constant" or (errors.kind is None and not _is_open(problem)):
        return problem, "constant", False
    if errors.kind is not None:
        known = errors.kind == "poisson" and is_count(problem.y * problem.unit)
        return _apply(problem, _try_kind(problem, errors.kind), known), errors.kind, False
    trials = [_try_kind(problem, kind) for kind in _list_kinds(problem)]
    trials = [t for t in trials if t.kind != "relative" or t.scatter <= MOST_RELATIVE]
    counted = [t for t in trials if _scatters_like_counts(t, problem.rows)]
    # Counts with the scatter of Poisson's distribution get the bonus that other kinds must earn.
    best = max(trials, key=lambda t: t.likelihood + CLEAR * (t in counted))
    if best.kind == "constant" or best.likelihood < trials[0].likelihood + CLEAR:
        return problem, "constant", False
    return _apply(problem, best, best in counted), best.kind, True


def _scatters_like_counts(trial: _Trial, rows: int) -> bool:
    """Whether left-out counts have the variance of Poisson's distribution."""
    sure = DISPERSION / math.sqrt(2 * min(rows, ROWS))
    return trial.kind == "poisson" and abs(math.log(trial.scatter)) <= sure


def report_noise(
    problem: Problem, kind: str, chosen: bool, found: Scored, *, robust: bool
) -> NoiseEstimate:
    """The errors for the report, in units of y.

    Args:
        problem: weighted by its errors.
        found: its winner.
        robust: whether rows far off have lost weight.
    """
    known = problem.noise_variance
    variance = found.fit.fvu * problem.variance if known is None else known
    sigma = np.sqrt(variance / problem.weights) * problem.unit
    level = None
    if kind == "relative":
        size = np.abs(Program(found.tree).values(problem.x)) * problem.unit
        level = float(np.median(sigma[size > 0] / size[size > 0])) if (size > 0).any() else None
    chi2 = None
    if known is not None and problem.errors.x_sigma is None and not robust:
        chi2 = _measure_chi2(found.tree, found.fit.fvu, problem.data, known)
    return NoiseEstimate(kind, known is not None, chosen, sigma, level, chi2)


def _measure_chi2(tree: Expression, fvu: float, data: Data, variance: float) -> ChiSquare | None:
    """χ² of a formula for noise of a known variance; None without degrees of freedom.

    Args:
        fvu: of the formula at these rows.
        variance: of y's noise at weight 1.
    """
    freedom = len(data.y) - tree.free_count
    if freedom < 1:
        return None
    return ChiSquare(float(data.weights.sum()) * fvu * data.variance / variance, freedom)


def _is_open(problem: Problem) -> bool:
    """Whether the kind of errors may be chosen by likelihood."""
    if problem.weight is not None or problem.threshold is not None or problem.robust:
        return False
    if problem.errors.x_sigma is not None:
        return False
    return len(_list_kinds(problem)) > 1 and problem.distinct_rows >= 4


def _list_kinds(problem: Problem) -> list[str]:
    """The kinds of errors that such values may have, constant errors first."""
    kinds, size = ["constant"], np.abs(problem.y)
    if has_one_sign(problem.y) and size.max() > SPAN * size.min():
        kinds.append("relative")
    counts = problem.y * problem.unit
    if is_count(counts) and counts.max() > SPAN * max(float(counts.min()), 1.0):
        kinds.append("poisson")
    return kinds


def has_one_sign(y: Array) -> bool:
    """Whether all values are above 0, or all below."""
    return bool((y > 0).all() or (y < 0).all())


def is_count(y: Array) -> bool:
    """Whether all values are integers of at least 0, some of them above 1."""
    return bool((y >= 0).all() and (y == np.round(y)).all() and y.max() > 1)


def _try_kind(problem: Problem, kind: str) -> _Trial:
    """Fit a smooth function to y, and to log y if y has one sign, under one kind of errors.

    A law that spans decades may be smooth only in logarithms, whatever its errors are.
    """
    some, least = problem.some_rows(ROWS), _find_least(kind, problem.y)
    fits = []
    if has_one_sign(problem.y):
        fits.append(_fit_logs(problem, kind, some, least))
    if kind != "relative" or not fits:
        fits.append(_fit_smooth(problem, kind, some, least))
    return max(
        (_weigh_trial(kind, some.y, *fit, least) for fit in fits), key=lambda t: t.likelihood
    )


def _fit_smooth(problem: Problem, kind: str, some: Problem, least: float) -> tuple[Array, Array]:
    """Leave-one-out predictions of some rows, and predictions of all rows, from a fit to y."""
    weight = some.weight
    if kind == "constant" and some is problem.distinct:
        return problem.numeric.leave_one_out(), problem.numeric.predict(problem.x)
    for _ in range(1 if kind == "constant" else ROUNDS):
        model = fit_gaussian_process(some.x, some.y, weight, seed=problem.seed)
        weight = _join(some.weight, _shape(kind, model.predict(some.x), least))
    return model.leave_one_out(), model.predict(problem.x)


def _fit_logs(problem: Problem, kind: str, some: Problem, least: float) -> tuple[Array, Array]:
    """The same from a fit to log y, whose errors are to first order those of y divided by y."""
    sign, size = np.sign(some.y[0]), np.abs(some.y)
    weight = some.weight
    if kind != "relative":
        weight = _join(weight, _shape(kind, size, least) / size)
    model = fit_gaussian_process(some.x, np.log(size), weight, seed=problem.seed)
    return sign * np.exp(model.leave_one_out()), sign * np.exp(model.predict(problem.x))


def _weigh_trial(kind: str, y: Array, left_out: Array, predicted: Array, least: float) -> _Trial:
    shape = _shape(kind, left_out, least)
    # Laplace's distribution: its heavy tails tolerate rows that the smooth function misses.
    spread = max(float(np.mean(np.abs(y - left_out) / shape)), 1e-300)
    likelihood = -len(y) * math.log(spread) - float(np.log(shape).sum())
    scatter = spread * math.sqrt(math.pi / 2)
    return _Trial(kind, _shape(kind, predicted, least), likelihood, scatter)


def _find_least(kind: str, y: Array) -> float:
    """The value of |y| below which errors get no smaller."""
    size = np.abs(y)
    if kind == "poisson":
        return LEAST_COUNT
    if has_one_sign(y):
        return float(size.min()) / 2
    return max(LEAST * float(np.median(size)), 1e-12 * float(size.max()), 1e-300)


def _shape(kind: str, f: Array, least: float) -> Array:
    """The standard deviations for true values f, up to a common factor."""
    size = f if kind == "poisson" else np.abs(f)
    return NOISE_OF_KIND[kind].spread(np.maximum(size, least), 1.0)


def _join(weight: Array | None, shape: Array) -> Array:
    inverse = np.square(shape.min() / shape)
    return inverse if weight is None else weight * inverse


def _apply(problem: Problem, trial: _Trial, known: bool) -> Problem:
    """The problem weighted by a kind of errors; known errors of counts have Poisson's size."""
    sigma = trial.shape / np.sqrt(problem.unit) if known else trial.shape
    weighed = replace(problem, errors=replace(problem.errors, sigma=sigma)).weighed_by_errors()
    return weighed if known else replace(weighed, noise_variance=None)


def with_known_noise(tree: Expression, fvu: float, data: Data, variance: float) -> Expression:
    """The tree with standard errors of its free numbers for noise of a known variance.

    They stay as they are, from the scatter of the rows, where χ² is larger than chance explains.

    Args:
        fvu: of the formula at these rows.
        variance: of y's noise at weight 1.
    """
    found = _measure_chi2(tree, fvu, data, variance)
    if found is not None and found.is_refuted:
        return tree
    scatter = noise_variance(fvu, data.variance, len(data.y), tree.free_count)
    factor = math.sqrt(variance / scatter)

    def scaled(error: float | None) -> float | None:
        return None if error is None else factor * error

    return tree.with_numbers(
        [replace(n, error=scaled(n.error), alone=scaled(n.alone)) for n in tree.numbers()]
    )
