"""Formulas for tensors, computed with jets: Taylor coefficients that enclose the right ones."""

import numpy as np
import pytest
import torch

from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import ORDER, Jet

HALF = torch.tensor(0.5, dtype=torch.float64)
FORMULAS = {
    "sums": lambda x: 3 + (x - 0.3) - (2 - x) + HALF - x / 7,
    "products": lambda x: (x * x - 1) * (0.1 * x) * HALF,
    "quotients": lambda x: (1 + x) / (1 + x * x) - HALF / (x + 3),
    "powers": lambda x: x**5 - x**2 + x**1,
    "roots": lambda x: torch.sqrt(x + 3) + torch.rsqrt(x + 2),
    "exp": lambda x: torch.exp(-(x * x)) + (0.5 * x).exp(),
    "waves": lambda x: torch.sin(3 * x) * x.cos(),
    "steps": lambda x: torch.tanh(x) + torch.sigmoid(2 * x) + torch.nn.functional.silu(x),
    "choices": lambda x: torch.where(x > 2, x, torch.minimum(x * x, x * 0 + 9)).clamp_min(-5),
    "rows": lambda x: torch.stack([torch.ones_like(x), torch.zeros_like(x), x], dim=-1)[..., 2],
}


def coefficients(formula, x, radius):
    """f^(k) r^k / k! by differentiation."""
    found, x = [], torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y, factor = formula(x), 1.0
    for k in range(ORDER + 1):
        found.append(factor * y.detach().expand(x.shape).numpy())
        if y.requires_grad:
            (y,) = torch.autograd.grad(y.sum(), x, create_graph=True)
        else:
            y = torch.zeros_like(x)
        factor *= radius / (k + 1)
    return np.stack(found)


@pytest.mark.parametrize("name", FORMULAS)
def test_coefficients_are_enclosed(name):
    formula, x, radius = FORMULAS[name], np.linspace(-1.1, 1.2, 9), 0.05
    right = coefficients(formula, x, radius)
    point = formula(Jet.begin(Interval.of(x), radius * np.ones_like(x)))
    whole = formula(Jet.begin(Interval(x - radius, x + radius), radius * np.ones_like(x)))
    for k in range(ORDER + 1):
        for jet, slack in ((point, 1e-12), (whole, 0.0)):
            part = jet.parts[k]
            assert (part.lo - slack <= right[k]).all()
            assert (right[k] <= part.hi + slack).all()
        assert (point.parts[k].hi - point.parts[k].lo).max() < 1e-10


def test_what_jets_cannot_do_is_refused_by_name():
    jet = Jet.begin(Interval.of(np.zeros(1)), np.ones(1))
    with pytest.raises(TypeError, match="known, got erf"):
        torch.erf(jet)
    with pytest.raises(TypeError, match="whole positive exponent"):
        jet**0.5


def test_zero_stays_zero():
    jet = Jet.begin(Interval(np.array([-1.0]), np.array([1.0])), np.ones(1))
    assert all(part.vanishes for part in (jet * 0 + 0).parts)
    assert all(part.vanishes for part in torch.where(jet < 5, jet * torch.zeros(1), jet).parts)
