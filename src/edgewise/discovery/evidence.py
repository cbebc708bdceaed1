"""Whether what a formula leaves is noise: does a smooth function of the inputs predict it?"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program
from edgewise.search.evidence import explained_fraction

Array = NDArray[np.float64]


def explain_by_smooth(problem: Problem, tree: Expression) -> float:
    """The part of the residuals that kernel ridge regression predicts, leaving each row out."""
    residual = problem.y - Program(tree).values(problem.x)
    x, r = torch.from_numpy(problem.x), torch.from_numpy(residual[:, None].copy())
    return explained_fraction(x, r)
