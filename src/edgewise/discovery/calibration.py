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

    def features(self) -> Array:
        """What the logistic model is linear in, in the order of :data:`FEATURES`.

        Bits count up to a limit only: far ahead of its rivals and of the curve is a wrong formula,
        too, where the right one wasn't tried.
        """
        rival = min(max(self.rival, -10.0), 30.0) / 10
        none = min(max(self.none, -20.0), 30.0) / 10
        structure = min(max(self.explained, 0.0), 0.2) / MOST_EXPLAINED
        return np.array([1.0, rival, none, self.prior / 10, structure])


FEATURES = (
    "1",
    "tens of bits over the next likely class",
    "tens of bits of evidence over a Gaussian process",
    "tens of bits of its prior",
    "the fraction of the residuals that a smooth function predicts, over 4 %",
)
WEIGHTS = (0.16, 1.31, 0.46, -0.73, -0.22)
"""Of :meth:`Statistics.features`."""


def calibrate(statistics: Statistics) -> float:
    """The probability that a formula is right."""
    logit = float(np.dot(WEIGHTS, statistics.features()))
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))
