"""Rows of an exponential, as fits of laws see them."""

from __future__ import annotations

import numpy as np

from edgewise.laws.curve import Curve
from edgewise.laws.law import make_law
from edgewise.laws.noise import Normal
from edgewise.laws.solve import FitProblem

T = np.linspace(0.1, 3, 14)
EXP = Curve.read("a*exp(-b*t) + c", ["t"], ["a", "b", "c"])
THETA = np.array([2.0, 0.7, 0.3])
LAW = make_law(
    "l", "L", "y = A*exp(-k*t) + B*t0 + n", "t: time",
    "A [y]: size; k [1/t] > 0 from 1 8: rate; B [y/t]: slope; t0 [t]: begin; n [1] in 0..6: order",
    "t = 0..3; A = 1; k = 1; B = 1; t0 = 1; n = 1",
)  # fmt: skip


def rows_of(curve=EXP, theta=THETA, noise=None, lower=None, upper=None, scatter=0.02):
    y = curve.values(T[:, None], theta) + scatter * np.random.default_rng(1).normal(size=14)
    count = len(curve.parameters)
    low = np.full(count, -np.inf) if lower is None else np.array(lower, dtype=float)
    high = np.full(count, np.inf) if upper is None else np.array(upper, dtype=float)
    return FitProblem(curve, noise or Normal(np.ones(1)), T[:, None], y, low, high)
