"""The evidence for a formula: the probability of y under it, integrated over its numbers.

log p(y | formula) = log ∫ p(y | θ, σ) p(θ) p(σ) dθ dσ, by Laplace's approximation in θ. For n rows,
k numbers and noise of unknown variance (Jeffreys' prior 1/σ) it is

    log ½ Γ((n - k)/2) - (n - k)/2 · log(π RSS) - ½ log|JᵀJ| + Σ log p(θ_j),

With a known variance, Σ log N(residual | σ²) replaces the first two terms. The prior of a number is
log-uniform over :data:`DECADES` decades on either side of its natural unit, the change that moves y
by one standard deviation. So a number costs as many bits as the rows determine of its digits.

Rows with the same x and y count once.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.special import gammaln

from edgewise._arrays import Array
from edgewise.data.rows import weighted_variance
from edgewise.discovery.numeric import GaussianProcess
from edgewise.formula.data import Data, parts_of_fewer
from edgewise.formula.exactness import find_rounding
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program

DECADES = 6
"""Decades on either side of a number's natural unit that its prior covers."""
CHOICES = 2 * DECADES * math.log(10)
"""The integral of 1/(|θ| + unit) over these decades, approximately: the prior's normalisation."""
HYPERPARAMETER = 1.5
"""Nats that each hyperparameter of a Gaussian process costs, as its prior would."""


@dataclass(frozen=True, eq=False)
class DistinctRows:
    """Distinct rows, as the evidence needs them.

    Attributes:
        variance: of the noise at weight 1; None if it is unknown.
        found, compared: the evidence of formulas, and whether one is a larger form of another, by
            their keys: a search asks again and again.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """

    x: Array
    y: Array
    weight: Array
    variance: float | None
    found: dict[Hashable, float] = field(default_factory=dict)
    compared: dict[Hashable, bool] = field(default_factory=dict)

    @cached_property
    def data(self) -> Data:
        """The rows to fit."""
        return Data.of(self.x, self.y, self.weight)

    @cached_property
    def spread(self) -> float:
        """The standard deviation of y."""
        return weighted_variance(self.y, self.weight) ** 0.5 or 1.0

    @cached_property
    def floor(self) -> float:
        """The weighted sum of squares of rounding errors, uniform over one step of y's digits."""
        return float(self.weight @ np.square(find_rounding(self.y))) / 12

    def log_evidence(self, tree: Expression) -> float:
        """log p(y | tree) for a fitted tree; -inf where it isn't defined."""
        if tree.full_key not in self.found:
            self.found[tree.full_key] = self._integrate(tree)
        return self.found[tree.full_key]

    @np.errstate(all="ignore")
    def _integrate(self, tree: Expression) -> float:
        program = Program(tree)
        values, jacobian = program.values_and_jacobian(self.x)
        rows, numbers = len(self.y), len(program.free)
        left = (self.y - values) * np.sqrt(self.weight)
        missed = float(left @ left)
        if not math.isfinite(missed) or not np.isfinite(jacobian).all() or rows <= numbers:
            return -math.inf
        missed = max(missed + self.floor, 1e-300)
        freedom = rows - numbers
        noise = self.variance if self.variance is not None else missed / freedom
        value = -self._occam(program, jacobian * np.sqrt(self.weight)[:, None], noise)
        value += 0.5 * float(np.log(self.weight).sum())
        value += 0.5 * numbers * math.log(2 * math.pi * noise)
        if self.variance is not None:
            return value - 0.5 * (rows * math.log(2 * math.pi * noise) + missed / noise)
        # The integral over the numbers, in units of the estimated noise.
        value += math.log(0.5) + float(gammaln(freedom / 2))
        value -= 0.5 * freedom * math.log(math.pi * missed)
        return value - 0.5 * numbers * math.log(2 * math.pi * noise)

    def _occam(self, program: Program, jacobian: Array, noise: float) -> float:
        """½ log|JᵀJ| - Σ log p(θ_j); a direction that the rows don't determine costs nothing.

        It is infinite where the squares of the gradients overflow.
        """
        if not program.free:
            return 0.0
        values = np.abs([program.numbers[k] for k in program.free])
        length = np.sqrt(np.square(jacobian).mean(0))
        natural = self.spread / np.where(length > 0, length, np.inf)
        unit = values + np.where(length > 0, natural, 1.0)
        gram = (jacobian * unit).T @ (jacobian * unit)
        if not np.isfinite(gram).all():
            return math.inf
        eigenvalues = np.maximum(np.linalg.eigvalsh(gram), 0.0)
        least = 2 * math.pi * noise / CHOICES**2
        return float(0.5 * np.log(eigenvalues + least).sum()) + len(unit) * math.log(CHOICES)


LINE = 2
"""Values of an input of which every function is a line."""


def count_independent_rows(tree: Expression, x: Array) -> int:
    """How many rows tell the form of a formula: those that differ in its inputs.

    Repeated measurements tell how large errors are, but not what y is elsewhere. A part of fewer
    inputs that has numbers is told by their distinct values only. The result is 0 where the formula
    has as many numbers as there are such rows, or a part with a factor beside it as many as values:
    any values could then be fitted. Of two values every function is a line, whatever its form: the
    result is 0 if no more rows differ in the formula's inputs.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> x = np.stack([np.arange(12.0) % 4, np.arange(12.0)], 1)
        >>> texts = "1.5*x0*x1", "x1*sin(2.5*x0 + 0.2)", "x1*(1.5*sin(2.5*x0 + 0.2) + 0.3)"
        >>> [count_independent_rows(parse_formula(text)[0], x) for text in texts]
        [12, 4, 0]
    """
    least, numbers = _count_values(tree, x), tree.free_count
    if least <= LINE or numbers >= least:
        return 0
    for part in parts_of_fewer(tree):
        values = _count_values(part, x)
        if values > LINE and part.free_count:
            if min(part.free_count + 1, numbers) >= values:
                return 0
            least = min(least, values)
    return least


def _count_values(tree: Expression, x: Array) -> int:
    return len(np.unique(x[:, sorted(tree.inputs)], axis=0))


def log_evidence_of_process(process: GaussianProcess) -> float:
    """log p(y | a Gaussian process), integrated over its amplitude and mean.

    Length scales and noise have their likeliest values; each costs :data:`HYPERPARAMETER` nats.
    """
    return process.log_evidence - HYPERPARAMETER * (len(process.length_scales) + 2)
