"""`FittedFormula`: estimates with standard errors, intervals, and predictions with bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import stats

from edgewise._arrays import Array
from edgewise._checks import check_choice, check_flags, check_numbers, check_share, read_count
from edgewise._pages import make_environment
from edgewise.charts.numbers import with_error
from edgewise.charts.style import begin_large
from edgewise.formula.expression import Expression
from edgewise.formula.numbers import decompose
from edgewise.formula.printing.latex import LatexWriter, names_in_latex
from edgewise.formula.printing.text import TextWriter
from edgewise.formula.written import Written
from edgewise.laws.chi_square import ChiSquare
from edgewise.laws.intervals import Profile, find_interval, trace_profile
from edgewise.laws.law import Law
from edgewise.laws.noise import NormalErrors
from edgewise.laws.read import read_inputs
from edgewise.laws.residual_charts import PredictedRows, describe_residuals
from edgewise.laws.solve import SINGULAR, DescentResult, FitProblem

LOOSE = 1e-6
"""Cosine with an undetermined direction from which on a number is undetermined."""


@dataclass(frozen=True, eq=False)
class FittedFormula(Written):
    """A formula whose parameters were fitted to rows.

    Attributes:
        estimates, errors: values and standard errors of the parameters, by name.
        residuals: y - f at each row, in units of y.
        deviation: the residual standard deviation √(Σr²/freedom); in units of σ if σ is known.
        freedom: the degrees of freedom: measured rows minus parameters.
        law: the named law that was fitted; None for another formula.
        text: the formula as it was given.
        output: the name of y.
        solution: the parameters with the derivatives there, from the fit.
        converged: whether a minimum was found.
        notes: warnings about the fit, one sentence each.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t = np.linspace(0, 5, 9)
        >>> y = 3 * np.exp(-0.7 * t) + 0.01 * np.cos(40 * t)
        >>> fitted = ew.fit_formula("a*exp(-k*t)", {"t": t, "y": y}, target="y")
        >>> print(fitted)
        y = a*exp(-k*t): a = 3.0084 ± 0.0018, k = 0.69487 ± 0.00073
        >>> fitted.predict([[10.0]]).round(4).tolist()
        [0.0029]
    """

    law: Law | None
    text: str
    output: str
    solution: DescentResult
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> FitProblem:
        """What was fitted: the formula, the rows, their noise and the bounds."""
        return self.solution.rows

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return self.rows.curve.parameters

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return self.rows.curve.inputs

    @property
    def estimates(self) -> dict[str, float]:
        return dict(zip(self.names, map(float, self.solution.theta), strict=True))

    @property
    def errors(self) -> dict[str, float]:
        roots = np.sqrt(np.diag(self.covariance))
        return dict(zip(self.names, map(float, roots), strict=True))

    @property
    def converged(self) -> bool:
        return self.solution.converged

    @property
    def freedom(self) -> int:
        return int(self.rows.measured.sum()) - len(self.names)

    @property
    def deviation(self) -> float:
        return self._scatter * self.rows.noise.unit

    @property
    def _scatter(self) -> float:
        """The standard deviation of the noise's residuals."""
        rows = self.rows
        if rows.measured.all():
            return math.sqrt(self.solution.cost / self.freedom)
        left = self.residuals
        if rows.noise.is_known:
            left = rows.noise.residuals(rows.curve, rows.x, rows.y, self.solution.theta)
        return math.sqrt(float(np.square(left[rows.measured]).sum()) / self.freedom)

    @property
    def _chi_square(self) -> ChiSquare | None:
        """χ² of the fit; None unless errors are known and no row is a limit."""
        known = self.rows.noise.is_known and self.rows.measured.all()
        return ChiSquare(self.solution.cost, self.freedom) if known else None

    @property
    def chi2(self) -> float | None:
        """χ² of the fit; None unless errors are known and no row is a limit."""
        return None if self._chi_square is None else self._chi_square.value

    @property
    def p(self) -> float | None:
        """The probability of a larger χ² if the formula is true; None unless errors are known."""
        return None if self._chi_square is None else self._chi_square.p

    @property
    def is_refuted(self) -> bool:
        """Whether errors are known, and χ² is larger than chance explains."""
        return self._chi_square is not None and self._chi_square.is_refuted

    @property
    def scale(self) -> float:
        """The factor of the parameters' variances: 1 if errors are known."""
        return 1.0 if self.rows.noise.holds_scale else self._scatter**2

    @cached_property
    @np.errstate(all="ignore")
    def covariance(self) -> Array:
        """The covariance matrix of the parameters, scale · (JᵀJ)⁻¹ at the minimum.

        Undetermined parameters have infinite variance. Parameters at a bound count as free.
        """
        if not self.names:
            return np.zeros((0, 0))
        if self._factors is None:
            return np.full((len(self.names),) * 2, np.inf)
        _, root, open_ways = self._factors
        made = root @ root.T
        unknown = np.abs(open_ways).max(1, initial=0.0) > LOOSE
        made[unknown] = np.inf
        made[:, unknown] = np.inf
        return np.asarray(made)

    @cached_property
    @np.errstate(all="ignore")
    def _factors(self) -> tuple[Array, Array, Array] | None:
        """Sizes of parameters, a root L of the covariance L Lᵀ, and undetermined directions.

        None if the derivatives overflow.

        Shape:
            (parameters,), and two of (parameters, directions), the second in units of the sizes
        """
        found = decompose(self.solution.jacobian)
        if found is None:
            return None
        size, s, vt = found
        known = s > SINGULAR * s[0]
        root = vt[known].T / s[known] / size[:, None] * math.sqrt(self.scale)
        return size, root, vt[~known].T

    @np.errstate(all="ignore")
    def _variances(self, slopes: Array) -> Array:
        """Variances of values with these derivatives by the parameters; (rows, names) → (rows,)

        A value may be determined, although some of the parameters aren't.
        """
        if self._factors is None or not self.names:
            return np.full(len(slopes), np.inf if self.names else 0.0)
        size, root, open_ways = self._factors
        effects = slopes / size
        moved = np.abs(effects @ open_ways).max(1, initial=0.0)
        loose = moved > LOOSE * np.linalg.norm(effects, axis=1)
        return np.where(loose, np.inf, np.square(slopes @ root).sum(1))

    @property
    def correlation(self) -> Array:
        """The correlation matrix of the estimates."""
        roots = np.sqrt(np.diag(self.covariance))
        with np.errstate(all="ignore"):
            return np.asarray(self.covariance / np.outer(roots, roots))

    @property
    def residuals(self) -> Array:
        return np.asarray(self.rows.y - self.rows.curve.values(self.rows.x, self.solution.theta))

    # Profile likelihood and intervals.

    def profile(self, name: str, points: int = 21, reach: float = 3.0) -> Profile:
        """The profile likelihood of a parameter: all others are refitted at each of its values.

        Args:
            points: the number of values.
            reach: the range of values, in signed roots of the likelihood ratio (standard errors).

        Raises:
            ValueError: if there is no parameter of this name.

        Reference: Bates & Watts, *Nonlinear Regression Analysis* (1988), 6.1.
        """
        points = read_count("profile", "points", points, 2)
        check_numbers("profile", least=1e-3, reach=reach)
        place, step = self._place(name), self._step(name)
        return trace_profile(self.solution, place, step, self.scale, points, reach)

    def intervals(self, level: float = 0.95) -> dict[str, tuple[float, float]]:
        """Profile-likelihood intervals of the parameters; undetermined ends are infinite.

        With limits, an unknown σ is kept at its estimate, so the intervals are slightly too narrow.

        Example:
            >>> import numpy as np, edgewise as ew
            >>> x = np.arange(6.0)
            >>> y = np.array([1.1, 2.9, 5.2, 7.1, 8.8, 11.1])
            >>> fitted = ew.fit_formula("a*x + b", {"x": x, "y": y}, target="y")
            >>> low, high = fitted.intervals()["a"]
            >>> round(low, 3), round(high, 3)
            (1.878, 2.099)
        """
        check_share("intervals", "level", level)
        return {name: self._interval(name, level) for name in self.names}

    def _interval(self, name: str, level: float) -> tuple[float, float]:
        limit = self._limit(level)
        place, step = self._place(name), self._step(name)
        low, high = (
            find_interval(self.solution, place, side * step, self.scale, limit) for side in (-1, 1)
        )
        return low, high

    def _limit(self, level: float) -> float:
        """The signed root of the likelihood ratio at which an interval of this level ends."""
        if self.rows.noise.is_known:
            return float(stats.norm.ppf(0.5 + level / 2))
        return float(stats.t.ppf(0.5 + level / 2, self.freedom))

    def _place(self, name: str) -> int:
        check_choice("FittedFormula", "a parameter", name, self.names)
        return self.names.index(name)

    def _step(self, name: str) -> float:
        """The standard error of a parameter, or if that is infinite a fraction of its value."""
        error, value = self.errors[name], self.estimates[name]
        if math.isfinite(error) and error > 0:
            return error
        return 0.1 * abs(value) or 1.0

    # Predictions.

    def predict(self, x: Any) -> Array:
        """The formula at rows of inputs; (rows, in) → (rows,)

        Raises:
            ValueError: if columns don't match its inputs.
        """
        return np.array(
            self.rows.curve.values(read_inputs("predict", x, self.inputs), self.solution.theta)
        )

    @np.errstate(all="ignore")
    def band(self, x: Any, level: float = 0.95, *, new: bool = False) -> tuple[Array, Array]:
        """The confidence band of the curve, or with ``new=True`` the prediction band of a new y.

        Errors of the parameters are propagated to y to first order, by the formula's derivatives.

        Shape:
            x: (rows, in) → two of (rows,)
        """
        check_share("band", "level", level)
        check_flags("band", new=new)
        rows = read_inputs("band", x, self.inputs)
        values, slopes, _ = self.rows.curve.derivatives(rows, self.solution.theta)
        variance = self._variances(slopes)
        if new:
            deviation = 1.0 if self.rows.noise.holds_scale else self._scatter
            variance = variance + self.rows.noise.spread(values, deviation) ** 2
        half = self._limit(level) * np.sqrt(variance)
        return values - half, values + half

    # How it is written.

    @cached_property
    def tree(self) -> Expression:  # type: ignore[override]  # computed
        """The formula with the fitted numbers."""
        return self.rows.curve.with_numbers(self.solution.theta)

    @property
    def title(self) -> str:
        """The name of the law, or the formula."""
        return f"{self.output} = {self.text}" if self.law is None else self.law.title

    def brief(self) -> str:
        """One line: the name, and the parameters with their errors or a formula without any."""
        if not self.names:
            return self.title if self.law is None else f"{self.title}: {self.output} = {self.text}"
        errors = self.errors
        told = ", ".join(f"{n} = {with_error(v, errors[n])}" for n, v in self.estimates.items())
        return f"{self.title}: {told}"

    def _sentences(self) -> list[str]:
        """Sentences on the misfit and the errors, and the notes."""
        told = f"residual standard deviation {self.deviation:.4g} with {self.freedom} degrees of "
        told += "freedom"
        if self._chi_square is not None:
            told += f"; {self._chi_square.brief}"
        limits = len(self.rows.y) - int(self.rows.measured.sum())
        if limits:
            told += f"; y is a limit in {limits} of {len(self.rows.y)} rows"
        return [told, *self.notes]

    def __str__(self) -> str:
        return "; ".join([self.brief(), *self.notes])

    def __repr__(self) -> str:
        lines = [self.brief()]
        if self.law is not None:
            lines.append(f"{self.output} = {self.text}")
        return f"<FittedFormula: {'; '.join([*lines, *self._sentences()])}>"

    def _repr_latex_(self) -> str:
        names = names_in_latex([self.output, *self.inputs, *self.names])
        left = LatexWriter(names[1:], 6).write(self.rows.curve.tree).text
        return f"${names[0]} = {left}$"

    def _repr_html_(self) -> str:
        intervals, errors = self.intervals(), self.errors
        told = [] if self.law is None else [p.meaning for p in self.law.parameters]
        meanings = dict(zip(self.names, told, strict=False))
        parameters = [
            (n, with_error(v, errors[n]), _write_interval(*intervals[n]), meanings.get(n, ""))
            for n, v in self.estimates.items()
        ]
        environment = make_environment("edgewise.laws", "The HTML of a fit", "symbolic")
        return environment.get_template("fitted.html.j2").render(
            title=self.title,
            formula=f"{self.output} = {self.text}",
            parameters=parameters,
            sentences=[begin_large(sentence) for sentence in self._sentences()],
            meaning="" if self._chi_square is None else begin_large(self._chi_square.meaning),
            residuals=describe_residuals(self._predicted_rows(), None),
        )

    def _predicted_rows(self) -> PredictedRows:
        """The measured rows, for charts of residuals."""
        rows, noise = self.rows, self.rows.noise
        sigma = None
        if isinstance(noise, NormalErrors) and noise.is_known:
            sigma = np.broadcast_to(noise.sigma, rows.y.shape)[rows.measured]
        inputs = {n: rows.x[rows.measured, k] for k, n in enumerate(self.inputs)}
        y, left = rows.y[rows.measured], self.residuals[rows.measured]
        return PredictedRows(y, y - left, 0, sigma, inputs=inputs)


def _write_interval(low: float, high: float) -> str:
    return f"{low:.4g} to {high:.4g}"


def plain_text(tree: Expression, names: Sequence[str]) -> str:
    """A formula in one line, with names unchanged."""
    return TextWriter(names, 15).write(tree).text
