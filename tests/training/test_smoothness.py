"""Smoothness: the integral of second derivatives squared, 0 for lines, on every basis."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.bases import registry
from edgewise.grids.project import ends
from edgewise.grids.roughness import bending
from edgewise.training import Smoothness, fit
from edgewise.training.smoothness import _bending

F64 = torch.float64
OURS = [cls() for name, cls in sorted(registry().items()) if cls.__module__[:8] == "edgewise"]
BASES = [
    *OURS,
    *(ew.BSpline(4, degree) for degree in (2, 4, 5)),
    ew.Gaussian(5, -1, 1, 0.7, train_centers=True, train_width=True),
    ew.bases.Wavelet(5, kind="morlet", frequency=1.5),
    ew.bases.Sine(4, train_frequency=True),
]
SPLINES = [ew.BSpline(), ew.BSpline(40, 5), ew.BSpline(4, 1)]
POLYNOMIALS = {"chebyshev", "gegenbauer", "hermite", "jacobi", "legendre"}
LINES = [(b, False) for b in OURS if b.name in POLYNOMIALS]
LINES += [(b, moved) for b in SPLINES for moved in (False, True)]
"""Bases whose functions add up to straight lines, too, and whether the grid is moved."""


def make_layer(basis, **settings):
    generator = torch.Generator().manual_seed(0)
    settings = {"norm": None, "base": None, "dtype": F64, "seed": generator} | settings
    return ew.KANLinear(2, 3, basis=basis, **settings)


def move_apart(layer):
    """Give every input, in place, an uneven grid of its own."""
    grid = tuple(t.detach() for t in layer.grid)
    even = layer.basis.points(grid)
    points = torch.stack([torch.exp(even), 50 + 20 * even + even.sin()])
    layer.set_basis(*layer.basis.placed(points, grid))
    return layer


def cost(layer, weight=1.0):
    return Smoothness(weight)(layer).item()


def domain(layer, i):
    grid = tuple(t.detach() for t in layer.grid)
    lo, hi = (t.double().reshape(-1) for t in ends(layer.basis, grid))
    return float(lo[i if len(lo) > 1 else 0]), float(hi[i if len(hi) > 1 else 0])


def integrate(layer, i, o):
    """∫_0^1 (d²f/du²)² du of one edge by Gauss and Legendre, with autograd's second derivatives."""
    lo, hi = domain(layer, i)
    grid = tuple(t.detach() for t in layer.grid)

    def bend(u):
        at = torch.tensor(u, dtype=F64, requires_grad=True)
        z = (lo + (hi - lo) * at)[:, None].expand(-1, 2)
        y = layer.basis.evaluate(z, grid)[:, i] @ layer.edge_weights()[0].detach()[i, :, o]
        (slope,) = torch.autograd.grad(y.sum(), at, create_graph=True)
        return torch.autograd.grad(slope.sum(), at)[0].numpy() ** 2

    rows = layer.basis.breaks(grid).reshape(-1, layer.basis.breaks(grid).shape[-1])
    row = rows[i if len(rows) > 1 else 0]
    inside = [float(b - lo) / (hi - lo) for b in row if lo < float(b) < hi]
    cuts = [0.0, *sorted(set(inside)), 1.0]
    places, weights = np.polynomial.legendre.leggauss(80)
    return sum(
        (b - a) / 2 * weights @ bend(a + (b - a) * (1 + places) / 2)
        for a, b in pairwise(cuts)
        if b - a > 1e-12
    )


@pytest.mark.parametrize("basis", BASES, ids=str)
def test_the_value_is_the_integral(basis):
    layer = make_layer(basis)
    expected = [integrate(layer, i, o) for i, o in ((0, 1), (1, 0))]
    for (i, o), wanted in zip(((0, 1), (1, 0)), expected, strict=True):
        mask = torch.zeros(2, 3, dtype=F64)
        mask[i, o] = 1
        layer.mask = mask
        assert cost(layer) == pytest.approx(wanted, rel=1e-7)


@pytest.mark.parametrize("basis", [ew.BSpline(4), ew.Gaussian(5), ew.bases.ReLUKAN(5)], ids=str)
def test_the_value_on_grids_of_their_own(basis):
    layer = move_apart(make_layer(basis, coef_scale=True))
    with torch.no_grad():
        layer.coef_scale.normal_(generator=torch.Generator().manual_seed(2))
    assert layer.grid[0].dim() == 2
    wanted = sum(integrate(layer, i, o) for i in range(2) for o in range(3))
    assert cost(layer, 0.5) == pytest.approx(0.5 * wanted, rel=1e-7)


def draw_line(layer, level, slope):
    """Give every edge the coefficients of a line on its domain; the error that is left."""
    left = 0.0
    grid = tuple(t.detach() for t in layer.grid)
    for i in range(layer.in_features):
        lo, hi = domain(layer, i)
        z = torch.linspace(lo, hi, 202, dtype=F64)[1:-1]
        phi = layer.basis.evaluate(z[:, None].expand(-1, 2), grid)[:, i]
        line = (level + slope * (z - lo) / (hi - lo))[:, None]
        found = torch.linalg.lstsq(phi, line, driver="gelsd").solution
        left = max(left, float((phi @ found - line).abs().max()))
        with torch.no_grad():
            layer.coef[i] = found
    return left


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize(("basis", "moved"), LINES, ids=str)
def test_lines_cost_nothing(basis, moved, dtype):
    layer = make_layer(basis)
    layer = move_apart(layer) if moved else layer
    assert draw_line(layer, 2.0, -3.0) < 1e-9
    smooth = Smoothness(1.0)
    line = smooth(layer.to(dtype)).item()
    assert line <= (1e-14 if dtype == F64 else 1e-4) * basis.num_basis**4
    with torch.no_grad():
        layer.coef.add_(torch.randn_like(layer.coef), alpha=0.01)
    assert smooth(layer).item() > 1e4 * line


def test_the_quadratic_form_itself_would_cost_lines_something():
    """In float32 cᵀKc of a line from 2 to -1 on 40 cells is 2 by rounding alone, ‖Ac‖² 5e-8."""
    layer = make_layer(ew.BSpline(40))
    draw_line(layer, 2.0, -6.0)
    root, coef = bending(layer), layer.coef.detach()[0, :, :1]
    form = (root.T @ root).float()
    assert abs((coef.float().T @ form @ coef.float()).item()) > 0.1
    assert (root.float() @ coef.float()).square().sum().item() < 1e-6


def test_the_same_curve_costs_the_same_on_a_wider_grid():
    narrow, wide = make_layer(ew.BSpline(5, lo=-1, hi=1)), make_layer(ew.BSpline(5, lo=0, hi=5000))
    wide.coef.data = narrow.coef.data
    assert cost(narrow) == pytest.approx(cost(wide))


@pytest.mark.parametrize("basis", OURS, ids=lambda b: b.name)
def test_lines_beyond_the_domain_change_nothing(basis):
    plain, tailed = make_layer(basis), make_layer(replace(basis, linear_tails=True))
    tailed.coef.data = plain.coef.data
    assert cost(tailed) == pytest.approx(cost(plain), rel=1e-9)


def test_one_wave_costs_what_the_docstring_says():
    layer = make_layer(ew.Fourier(1))
    with torch.no_grad():
        layer.coef.zero_()
        layer.coef[0, :, 0] = layer.coef.new_tensor([0.0, 1.0])
    assert cost(layer) == pytest.approx(8 * torch.pi**4)


@pytest.mark.parametrize("moved", [False, True])
def test_polygons_pay_for_their_corners(moved):
    """On even knots these are the squared second differences."""
    layer = make_layer(ew.BSpline(6, 1))
    layer = move_apart(layer) if moved else layer
    coef, total = layer.coef.detach(), 0.0
    for i in range(2):
        points = layer.basis.points(layer.grid).reshape(-1, 7)[i if moved else 0]
        h = points.diff()[:, None] / (points[-1] - points[0])
        jump = (coef[i].diff(dim=0) / h).diff(dim=0)
        total += float((jump**2 / ((h[1:] + h[:-1]) / 2)).sum())
    assert cost(layer) == pytest.approx(total, rel=1e-6)
    if not moved:
        second = coef.diff(dim=1).diff(dim=1)
        assert total == pytest.approx(6**3 * float(second.square().sum()), rel=1e-6)


@pytest.mark.parametrize("basis", BASES, ids=str)
def test_gradients(basis):
    layer = make_layer(basis, coef_scale=True)
    layer.mask = torch.tensor([[1.0, 0.0, 1.0], [1.0, 1.0, 0.0]], dtype=F64)
    names = ["coef", "coef_scale"]

    def penalty(*tensors):
        call = lambda: Smoothness(1e-3)(layer)  # noqa: E731
        holder = nn.Module()
        holder.forward = call
        holder.layer = layer
        given = {f"layer.{n}": t for n, t in zip(names, tensors, strict=True)}
        return torch.func.functional_call(holder, given, ())

    tensors = [getattr(layer, n).detach().clone().requires_grad_() for n in names]
    assert torch.autograd.gradcheck(penalty, tensors)


def test_the_penalty_is_computed_in_float32_for_half_types_and_under_autocast():
    layer = make_layer(ew.BSpline(20), dtype=torch.float32)
    wanted = Smoothness(1.0)(layer)
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(Smoothness(1.0)(layer), wanted)
    rounded = make_layer(ew.BSpline(20), dtype=torch.float32)
    rounded.coef.data = layer.coef.data.bfloat16().float()
    half = Smoothness(1.0)(layer.bfloat16())
    assert half.dtype == torch.float32
    assert half.item() == pytest.approx(cost(rounded), rel=1e-3)


def test_the_matrix_is_computed_once_and_anew_when_the_grid_moves():
    layer = make_layer(ew.BSpline(5))
    first = _bending(layer)
    assert _bending(layer) is first
    before = cost(layer)
    with torch.no_grad():  # the same functions on another axis, of the same size
        layer.knots[4] += 0.1
    assert _bending(layer) is not first
    assert cost(layer) != pytest.approx(before, rel=1e-3)
    with torch.no_grad():
        layer.knots[4] -= 0.1
    assert cost(layer) == pytest.approx(before)
    uneven = layer.knots.clone()
    uneven[4] += 0.1
    while uneven._version < layer.knots._version:  # written to as often as the others
        uneven.mul_(1.0)
    layer.set_basis(layer.basis, (uneven,))
    assert cost(layer) != pytest.approx(before, rel=1e-3)


def test_the_matrix_is_computed_anew_for_another_basis_or_type():
    layer = make_layer(ew.Chebyshev(3))
    known = _bending(layer)
    layer.set_basis(ew.bases.Legendre(3), ())
    assert not torch.allclose(_bending(layer), known)
    assert _bending(layer.float()).dtype == torch.float32
    assert cost(layer) > 0


def test_trained_grids_are_followed():
    layer = make_layer(ew.Gaussian(5, train_centers=True))
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.5)
    before = _bending(layer)
    layer(torch.rand(10, 2, dtype=F64)).square().sum().backward()
    optimizer.step()
    assert not torch.equal(_bending(layer), before)
    layer.zero_grad()
    Smoothness(1.0)(layer).backward()
    assert layer.centers.grad is None


def test_in_fit():
    """Its own step, the record, and a curve that becomes the straight line of least squares."""
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(60, 1, dtype=F64, generator=generator) * 2 - 1
    y = 2 * x + 1 + 0.3 * torch.randn(60, 1, dtype=F64, generator=generator)
    line = torch.linalg.lstsq(torch.cat([x, torch.ones_like(x)], 1), y).solution
    straight = torch.cat([x, torch.ones_like(x)], 1) @ line
    made = {}
    for weight in (0.0, 1.0):
        model = ew.KAN([1, 1], basis=ew.BSpline(10), base=None, norm=None, dtype=F64)
        smooth = Smoothness(weight)
        history = fit(model, x, y, optimizer="lbfgs", steps=30, regularizer=smooth, progress=False)
        made[weight] = (model(x) - straight).abs().max().item()
        assert history.regularization[-1] == pytest.approx(smooth(model).item(), abs=1e-8)
    assert made[1.0] < 1e-3
    assert made[0.0] > 0.1


def test_several_penalties_are_added():
    x, sparse, smooth = torch.rand(30, 2), ew.training.Sparsity(0.1), Smoothness(0.01)
    model = ew.KAN([2, 3, 1], basis=ew.BSpline())
    wanted = (sparse(model, x) + smooth(model)).item()
    history = fit(model, x, x[:, :1], steps=1, regularizer=[sparse, smooth], progress=False)
    assert history.regularization[0] == pytest.approx(wanted, rel=1e-4)


def test_what_cannot_be_smoothed():
    with pytest.raises(ValueError, match="Smoothness expected weight from 0 to"):
        Smoothness(-1.0)
    with pytest.raises(ValueError, match="model with KAN layers, got Linear without any"):
        Smoothness(1.0)(nn.Linear(2, 2))
