"""Sums of products of curves: as networks, in files, and as solutions."""

from __future__ import annotations

import math

import pytest
import torch

import edgewise as ew
from edgewise.nn.stretch import Stretch

F64 = torch.float64
PI = math.pi


def make(**settings):
    stretches = [Stretch(-2, 1, [0.3], [0.01], plain=0.5, dtype=F64), Stretch(0, 1, dtype=F64)]
    return ew.models.SeparableKAN(
        2, 2, rank=3, basis=[ew.Chebyshev(6), ew.Chebyshev(4)], stretches=stretches, seed=0,
        dtype=F64, **settings,
    )  # fmt: skip


def points(rows=7):
    x = torch.rand(rows, 2, generator=torch.Generator().manual_seed(0), dtype=F64)
    return torch.stack([3 * x[:, 0] - 2, x[:, 1]], 1)


def test_it_is_the_sum_of_products_that_it_says():
    model, x = make(), points()
    one, two = (layer(s(x[:, i : i + 1])) for i, (s, layer) in enumerate(
        zip(model.stretches, model.layers, strict=True)))  # fmt: skip
    by_hand = (one * two).reshape(-1, 2, 3).sum(-1)
    assert torch.allclose(model(x), by_hand, atol=1e-14)


def test_files_keep_it(tmp_path):
    model = make()
    ew.save(model, tmp_path / "model.safetensors")
    assert torch.equal(ew.load(tmp_path / "model.safetensors")(points()), model(points()))


def test_jets_are_its_derivatives():
    model, x = make(), points().requires_grad_()
    (slope,) = torch.autograd.grad(model(x)[:, 0].sum(), x, create_graph=True)
    (bend,) = torch.autograd.grad(slope[:, 0].sum(), x)
    jets = ew.jets(model, x.detach(), 2)
    assert torch.allclose(jets.derivative(0, 1)[:, 0], slope[:, 1], rtol=1e-10)
    assert torch.allclose(jets.derivative(2, 0)[:, 0], bend[:, 0], rtol=1e-9)


def test_gauss_newton_finds_its_curves():
    x = points(200)
    model = ew.models.SeparableKAN(2, rank=2, basis=ew.Chebyshev(8), seed=1, dtype=F64)
    z = torch.stack([(x[:, 0] + 0.5) / 1.5, 2 * x[:, 1] - 1], 1)
    y = torch.sin(z[:, 0] + z[:, 1])  # two products
    report = ew.training.gauss_newton(model, lambda u, x: u.value[:, 0] - y, z, orders=0, steps=60)
    assert report.losses[-1] < 1e-7


def test_a_stretch_is_monotone_and_inverts():
    s = torch.linspace(-1, 1, 101, dtype=F64)
    for low, high, centres, widths, plain in (
        (-1, 3, [0.0, 2.0], [1e-3, 0.1], 0.2),
        (-1, 1, [-0.55, 0.55], [0.05, 0.05], 1.0),  # between them Newton's steps swing for ever
        (0, 1, [0.1, 0.4, 0.9], [1e-4, 1e-2, 1e-3], 0.01),
        (-1, 1, [0.0], [0.005], 1 / 16),
    ):
        stretch = Stretch(low, high, centres, widths, plain=plain, dtype=F64)
        x = stretch.invert(s)
        assert bool((x.diff() > 0).all())
        assert torch.allclose(stretch(x[:, None])[:, 0], s, rtol=0, atol=5e-15)
        assert torch.allclose(x[[0, -1]], torch.tensor([low, high], dtype=F64), atol=1e-13)
    with pytest.raises(ValueError, match="low < high"):
        Stretch(0, 1, [0.5], [0.0])


def test_a_solution_is_an_ordinary_network():
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy + 2 * PI**2 * torch.sin(PI * x) * torch.sin(PI * y),
        {"x": (0, 1), "y": (0, 1)},
        [ew.equations.dirichlet("x", 0.0), ew.equations.dirichlet("y", 0.0)],
    )  # fmt: skip
    x = torch.rand(20, 2, dtype=F64, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(s.model(x)[:, 0], s(*x.t()), atol=1e-12)
    jets = ew.jets(s.model, x, 2)
    assert torch.allclose(jets.derivative(1, 1)[:, 0], s.u.dxdy(*x.t()), atol=1e-10)
    assert s.model.rank < 6
