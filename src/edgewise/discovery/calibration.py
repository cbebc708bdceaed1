"""Calibrate the posterior of a formula: of formulas with probability p, a fraction p is right.

The posterior over the classes that a search found is overconfident: the right class may be missing,
and neither the prior nor normal noise is quite true. A logistic model of a few statistics corrects
it. Its weights were fitted to 996 runs on random formulas, laws of handbooks and tables without a
law; `python -m benchmarks.discovery.calibrate` fits them again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.exactness import MOST_EXPLAINED

NONE_BITS = 20.0
"""-log2 of the prior of "none of these": that of one formula such as a x^b sin(c x)."""
LEAST_LAW = 0.9
"""The smallest probability at which a formula is called a law."""


FEATURES = (
    "constant",
    'lead over the next class or "none of these", in tens of bits',
    "lead over the next class, in tens of bits",
    "prior of the formula, in tens of bits, over log10 of its lead over a constant",
    "fraction of the residuals' variance that a smooth function predicts, in units of 4 %",
    "-log10 of the p-value of independent residuals, beyond 2",
)
WEIGHTS = (-0.01, 0.83, 0.73, -1.09, -0.38, -1.51)
"""The logistic model's weights of :meth:`Statistics.features`."""
GROUP_WEIGHTS = (3.72, 1.12, -4.14)
"""Those of :meth:`GroupStatistics.features`; `python -m benchmarks.discovery.calibrate_groups`."""


@dataclass(frozen=True)
class Statistics:
    """The statistics from which the probability of a formula is computed.

    Attributes:
        rival: bits by which its class leads the second likeliest class.
        none: bits by which its class leads a Gaussian process.
        prior: -log2 of the prior of the formula.
        constant: bits by which its class leads a constant.
        explained: the fraction of the residuals' variance that a smooth function predicts.
        beyond: excess error on the outer rows after a fit to the inner ones, in standard errors.
            It has no weight in the model, because it adds nothing to the other statistics.
        dependence: -log10 of the p-value of "residuals are independent"
            (:func:`.misfit.measure_dependence`).
    """

    rival: float
    none: float
    prior: float
    constant: float
    explained: float
    beyond: float
    dependence: float
    weights: ClassVar[Sequence[float]] = WEIGHTS

    def features(self) -> Array:
        """The inputs of the logistic model, in the order of :data:`FEATURES`.

        Bits are clipped: where the right formula wasn't tried, a wrong one is far ahead, too; and
        a formula that doesn't lead isn't more wrong the farther it is behind. The more the rows
        tell, the longer a formula may be.
        """
        lead = min(self.rival, self.none - self.prior + NONE_BITS)
        leads = [min(max(bits, 0.0), 30.0) / 10 for bits in (lead, self.rival)]
        structure = min(max(self.explained, 0.0), 0.2) / MOST_EXPLAINED
        dependence = min(max(self.dependence - 2, 0.0), 5.0)
        length = relative_length(self.prior, self.constant)
        return np.array([1.0, *leads, length, structure, dependence])


@dataclass(frozen=True)
class GroupStatistics:
    """The statistics from which the probability of a form of several groups is computed.

    Attributes:
        lead: bits by which its description is shorter than that of the next form.
        prior: -log2 of the prior of the form.
        constant: bits by which its description is shorter than that of the groups' means.
    """

    lead: float
    prior: float
    constant: float
    weights: ClassVar[Sequence[float]] = GROUP_WEIGHTS

    def features(self) -> Array:
        """The inputs of the logistic model: 1, tens of bits of lead, and the relative length."""
        lead = min(max(self.lead, 0.0), 30.0) / 10
        return np.array([1.0, lead, relative_length(self.prior, self.constant)])


def relative_length(prior: float, constant: float) -> float:
    """Tens of bits of a prior over log10 of the bits that the rows tell, 10 to 3000 of them."""
    return prior / 10 / math.log10(min(max(constant, 10.0), 3000.0))


def calibrate(statistics: Statistics | GroupStatistics) -> float:
    """The probability that a formula is right."""
    logit = float(np.dot(statistics.weights, statistics.features()))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))
