"""What is measured on rows doesn't depend on units, signs and the order of columns."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from edgewise.discovery.baselines import plain_candidates, weigh_robustly
from edgewise.discovery.lasso import usable_columns
from edgewise.discovery.misfit import explain_by_smooth, extrapolate, measure_dependence
from edgewise.discovery.noise import weigh_by_noise
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.problem import Problem
from edgewise.discovery.replicates import measure_lack_of_fit
from edgewise.formula.expression import Input, add, free, multiply

G = np.random.default_rng(0)
X = np.repeat(G.uniform(-1, 1, (40, 3)), 2, 0)
Y = np.sin(3 * X[:, 0]) + X[:, 1] ** 2 + 0.1 * G.standard_normal(80)
Y[[3, 50]] += (4, -5)
WEIGHT = G.uniform(0.5, 2, 80)
WEIGHT /= WEIGHT.mean()
CASES = {
    "the other sign": (1, -1, [0, 1, 2]),
    "another unit of y": (1, 2.0**40, [0, 1, 2]),
    "other signs of inputs": (np.array([-1, 1, -1]), 1, [0, 1, 2]),
    "other units of inputs": (np.array([1e6, 1e-9, 10.0]), 1, [0, 1, 2]),
    "another order": (1, 1, [2, 0, 1]),
}


def line(x_scale, y_scale, order):
    """A formula of the first input alone, in these units."""
    scale = np.broadcast_to(x_scale, 3)
    first = Input(order.index(0))
    return add(free(0.1 * y_scale), multiply(free(0.8 * y_scale / float(scale[0])), first))


MEASURED = {
    "weights without outliers": lambda p, _: weigh_robustly(p).weight,
    # A quadratic model without squares is left out where its last digits are those of the line.
    "plain models": lambda p, _: [
        m.mse / p.variance for m in plain_candidates(p) if m.name not in ("quadratic", "blend")
    ],
    "the share of noise": lambda p, _: p.noise_fraction,
    "predictions left out": lambda p, _: np.abs(p.numeric.leave_one_out()) / math.sqrt(p.variance),
    "evidence of a process": lambda p, _: (
        fit_gaussian_process(p.x, p.y / math.sqrt(p.variance), p.weight, seed=0).log_evidence
    ),
    "lack of fit": lambda p, tree: measure_lack_of_fit(p.data, tree).ratio,
    # Rows of equal inputs are in a random order.
    "dependence of residuals": lambda p, tree: measure_dependence(
        replace(p, x=p.x[::2], y=p.y[::2], weight=p.weight[::2]), tree
    ),
    "pattern of residuals": explain_by_smooth,
    "extrapolation": extrapolate,
    "columns of use": lambda p, _: len(usable_columns(p.x, p.weights)),
    "weights by the kind of noise": lambda p, _: weigh_by_noise(replace(p, weight=None))[0].weights,
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", MEASURED)
def test_units_signs_and_the_order_of_columns_change_no_measure(name, case):
    x_scale, y_scale, order = CASES[case]
    plain = Problem(X, Y, WEIGHT, robust=name.startswith("weights without"))
    other = replace(plain, x=(X * x_scale)[:, order], y=Y * y_scale)
    measure = MEASURED[name]
    wanted, found = measure(plain, line(1, 1, [0, 1, 2])), measure(other, line(*CASES[case]))
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-9)
    assert np.isfinite(wanted).all()
