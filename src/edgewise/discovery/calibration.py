"""From the posterior over what was found to a probability that comes true.

The posterior over the classes that a search has found is too sure of itself: the right class may
not be among them, its terms aren't quite those of nature, and noise isn't quite normal. A logistic
model of a few statistics makes of it the share of right formulas among fresh ones. Its weights were
fitted to runs on random formulas, real laws and tables without a law, of seeds 0 to 99;
`python -m benchmarks.discovery.calibrate` makes them again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

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
            fit to the inner ones.
    """

    rival: float
    none: float
    prior: float
    constant: float
    explained: float
    beyond: float

    def features(self) -> Array:
        """What the logistic model is linear in: bits and errors on a logarithmic scale."""
        rival = _squash(min(self.rival, 30.0))
        none, constant = _squash(min(self.none, 100.0)), _squash(min(self.constant, 100.0))
        excess = math.log2(1 + max(0.0, min(self.beyond, 100.0)))
        structure = min(self.explained, 0.2) / 0.04
        return np.array([1.0, rival, none, self.prior / 10, constant, structure, excess])


def _squash(bits: float) -> float:
    """log2(1 + |b|) with the sign of b."""
    return math.copysign(math.log2(1 + min(abs(bits), 1e3)), bits)


WEIGHTS = (-1.0, 0.8, 0.6, -0.5, 0.2, -1.0, -0.5)
"""Of :meth:`Statistics.features`."""


def calibrate(statistics: Statistics) -> float:
    """The probability that a formula is right."""
    logit = float(np.dot(WEIGHTS, statistics.features()))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))
