"""Verbs with sizes that no machine has the memory for: each says so before it takes any."""

import math

import pytest
import torch
from fuzzing import check_message, limited_memory

import edgewise as ew

HUGE = 10**12
MODEL = ew.KAN([2, 3, 1], basis=ew.BSpline(5))
WIDE = ew.KAN([20_000, 1], basis=ew.Chebyshev(1))
X = torch.rand(20, 2)

VERBS = {
    "KANLinear": lambda: ew.KANLinear(HUGE, HUGE),
    "KAN": lambda: ew.KAN([10**8, 10**8]),
    "KAN with products": lambda: ew.KAN([2, (HUGE, 1), 1]),
    "KAN with many products": lambda: ew.KAN([2, (1, 10**9), 1]),
    "KAN with many factors": lambda: ew.KAN([2, (1, [HUGE]), 1]),
    "B-splines": lambda: ew.KAN([2, 1], basis=ew.BSpline(HUGE)),
    "polynomials": lambda: ew.KAN([2, 1], basis=ew.Chebyshev(HUGE)),
    "harmonics": lambda: ew.KAN([2, 1], basis=ew.Fourier(HUGE)),
    "FastKAN": lambda: ew.FastKAN([10**8, 10**8]),
    "MLP": lambda: ew.MLP([10**8, 10**8]),
    "RationalLinear": lambda: ew.nn.RationalLinear(10**8, 10**8),
    "KANConv2d": lambda: ew.nn.KANConv2d(10**8, 10**8, 3),
    "KANFeedForward": lambda: ew.nn.KANFeedForward(10**8),
    "KANTransformerBlock": lambda: ew.nn.KANTransformerBlock(10**8, 2),
    "KANAttention": lambda: ew.presets.KANAttention(10**8, 10**8, 10**8, 10**4, 10**4),
    "SeparableKAN": lambda: ew.models.SeparableKAN(2, rank=HUGE),
    "refine": lambda: ew.grids.refine(MODEL, HUGE),
    "refine on data": lambda: ew.grids.refine(MODEL, HUGE, X),
    "convert": lambda: ew.grids.convert(MODEL, ew.BSpline(HUGE)),
    "convert on data": lambda: ew.grids.convert(MODEL, ew.Chebyshev(HUGE), X),
    "extend": lambda: ew.grids.extend(MODEL, 1e9 * X),
    "expand_width": lambda: ew.surgery.expand_width(MODEL, 1, HUGE),
    "plot": lambda: ew.plot(MODEL, X, points=HUGE),
    "plot_edge": lambda: ew.plotting.plot_edge(MODEL, X, (0, 0, 0), points=HUGE),
    "plot_basis": lambda: ew.plotting.plot_basis(ew.BSpline(HUGE)),
    "plot_basis by points": lambda: ew.plotting.plot_basis(ew.BSpline(1000), points=10**5),
    "interactions": lambda: ew.explain.interactions(WIDE, torch.rand(3, 20_000)),
    "jets": lambda: ew.jets(MODEL, X, HUGE),
    "tabulate": lambda: ew.export.tabulate(MODEL, X, cells=HUGE),
    "create_dataset": lambda: ew.datasets.create_dataset(torch.sin, 2, num_train=HUGE),
    "moons": lambda: ew.datasets.moons(HUGE),
}


@pytest.mark.parametrize("call", VERBS.values(), ids=VERBS)
def test_more_than_any_memory_is_refused(call):
    with limited_memory(), pytest.raises(ValueError, match="expected") as caught:
        call()
    check_message(caught.value)


def test_layers_without_numbers_may_have_any_size():
    layer = ew.KANLinear(10**6, 10**6, device="meta")
    assert math.prod(layer.coef.shape) > 10**12
