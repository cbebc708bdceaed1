"""The test for lack of fit: a formula's errors compared with the scatter of repeated rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import f as f_distribution

from edgewise.formula.data import Data
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program


@dataclass(frozen=True)
class LackOfFit:
    """The F test of a formula against the means of rows with the same inputs.

    Attributes:
        pure_error: the standard deviation of y between rows of the same x, at weight 1.
        freedom: the degrees of freedom of lack of fit, and of pure error.
        ratio: F, the mean square of lack of fit over that of pure error; about 1 for a right
            formula.
        probability: the probability of a ratio at least this large if the formula is right.

    Source: Draper and Smith, *Applied Regression Analysis* (1998), 2.1.
    """

    pure_error: float
    freedom: tuple[int, int]
    ratio: float
    probability: float

    def __str__(self) -> str:
        lack, pure = self.freedom
        return f"F({lack}, {pure}) = {self.ratio:.3g}, p = {self.probability:.2g}"


def measure_lack_of_fit(data: Data, tree: Expression, unit: float = 1.0) -> LackOfFit | None:
    """The F test of a formula; None without repeated rows, or without degrees of freedom.

    Args:
        unit: the factor that y was divided by.

    With weights w of the rows, the sum of squares of pure error is Σ w (y - ȳ)², ȳ the weighted
    mean of the rows of one x, and that of lack of fit Σ w (ȳ - f)².

    Example:
        >>> from edgewise.formula.expression import Input
        >>> x = np.repeat([0.0, 1.0, 2.0], 2)[:, None]
        >>> y = x[:, 0] + np.tile([0.1, -0.1], 3)
        >>> found = measure_lack_of_fit(Data.of(x, y), Input(0))
        >>> found.freedom, round(found.pure_error, 3), found.ratio < 1e-9
        ((3, 3), 0.141, True)
    """
    _, group, counts = np.unique(data.x, axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    numbers = tree.free_count
    lack, pure = len(counts) - numbers, len(data.y) - len(counts)
    if lack < 1 or pure < 1:
        return None
    weight = data.weights
    total = np.bincount(group, weight)
    mean = (np.bincount(group, weight * data.y) / total)[group]
    error = float(weight @ np.square(data.y - mean)) / pure
    missed = float(weight @ np.square(mean - Program(tree).values(data.x))) / lack
    if not error > 0 or not np.isfinite(missed):
        return None
    ratio = missed / error
    probability = float(f_distribution.sf(ratio, lack, pure))
    return LackOfFit(error**0.5 * unit, (lack, pure), ratio, probability)
