"""From the posterior over what was found to a probability that comes true.

The posterior over the classes that a search has found is too sure of itself: the right class may
not be among them, its terms aren't quite those of nature, and noise isn't quite normal. A logistic
model of a few statistics makes of it the share of right formulas among fresh ones. Its weights were
fitted to 312 runs on random formulas, laws of handbooks and tables without a law, of seeds 0 to 99;
`python -m benchmarks.discovery.calibrate` makes them again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.exactness import MOST_EXPLAINED

Array = NDArray[np.float64]

NONE_BITS = 20.0
"""-log2 of the prior of none of these: as likely as one formula such as a x^b sin(c x)."""
LEAST_LAW = 0.9
"""The probability from which on a formula is called a law."""


@dataclass(frozen=True)
class Statistics:
    """What a probability rests on.

    Attributes:
        rival: bits of the class over the next likely one.
        none: bits of evidence over a Gaussian process.
        prior: -log2 of the prior of the formula.
        constant: bits over a constant.
        explained: the fraction of the residuals that a smooth function predicts.
        beyond: standard errors by which the outer rows are missed more than they should be, after a
            fit to the inner ones; beside the others it tells nothing more and has no weight.
    """

    rival: float
    none: float
    prior: float
    constant: float
    explained: float
    beyond: float

    @property
    def lead(self) -> float:
        """Bits of the class over the likeliest of all others, none of these among them."""
        return min(self.rival, self.none - self.prior + NONE_BITS)

    def features(self) -> Array:
        """What the logistic model is linear in, in the order of :data:`FEATURES`.

        Bits count up to a limit only: far ahead of its rivals and of the curve is a wrong formula,
        too, where the right one wasn't tried.
        """
        lead = min(max(self.lead, -10.0), 30.0) / 10
        structure = min(max(self.explained, 0.0), 0.2) / MOST_EXPLAINED
        return np.array([1.0, lead, self.prior / 10, structure])


FEATURES = (
    "1",
    "tens of bits over the next likely class, or over none of these",
    "tens of bits of its prior",
    "the fraction of the residuals that a smooth function predicts, over 4 %",
)
WEIGHTS = (0.23, 1.60, -0.35, -0.16)
"""Of :meth:`Statistics.features`."""


def calibrate(statistics: Statistics) -> float:
    """The probability that a formula is right."""
    logit = float(np.dot(WEIGHTS, statistics.features()))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))
