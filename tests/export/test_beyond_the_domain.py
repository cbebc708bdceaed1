"""Exports of functions that go on as lines, on inputs far beyond the domains of their bases."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.certify.evaluate import evaluate_stack, evaluate_torch
from edgewise.certify.layer_polynomials import divide, trace_curves
from edgewise.certify.stack import read_stack

BASES = [name for name, kind in registry().items() if kind.__module__.startswith("edgewise.")]
TAILS = [registry()[name](linear_tails=True) for name in BASES]
EXTRA = [
    *(ew.BSpline(5, degree, linear_tails=True) for degree in (1, 2, 5)),
    ew.BSpline(4, uniform=False, linear_tails=True),
    ew.Gaussian(2, width=1.0, linear_tails=True),
    ew.bases.Wavelet(5, kind="morlet", linear_tails=True),
]


def make_model(basis, widths=(2, 3, 1), seed=0, **settings):
    settings = {"norm": None, "base": None, **settings}
    generator = torch.Generator().manual_seed(seed)
    return ew.KAN(list(widths), basis=basis, seed=generator, **settings)


def reach_of(model):
    """Three times as far as the domain of the first layer, on both sides."""
    layer = model.stack()[0]
    lo, hi = layer.basis.domain(layer.grid)
    return 2 * lo - hi, 2 * hi - lo


def make_rows(model, rows=400, seed=1):
    """Random rows, the corners, and the ends of the domain with their neighbours."""
    lo, hi = reach_of(model)
    x = np.random.default_rng(seed).uniform(lo, hi, (rows, 2))
    x[:4] = [[lo, lo], [lo, hi], [hi, lo], [hi, hi]]
    ends = model.stack()[0].basis.domain(model.stack()[0].grid)
    x[4:10, 0] = [np.nextafter(e, side) for e in ends for side in (lo, e, hi)]
    return x


@pytest.mark.parametrize("basis", TAILS + EXTRA, ids=str)
def test_every_edge_is_enclosed_with_its_slopes_and_bends(basis):
    model = make_model(basis, (1, 2))
    lo, hi = reach_of(model)
    part = read_stack("test", model).stages[0].parts[0]
    cells = divide(np.array([lo]), np.array([hi]), 30)
    (curves,) = trace_curves(part, cells)
    pieces, slack = curves.pieces, 1e-9
    for s in np.linspace(-0.999, 0.999, 7):
        z = torch.as_tensor(pieces.middle + s * pieces.radius)[:, None].requires_grad_()
        y = evaluate_torch(read_stack("test", model), z)
        assert (y.detach().numpy() >= curves.low() - slack).all()
        assert (y.detach().numpy() <= curves.high() + slack).all()
        for o in range(2):
            (slope,) = torch.autograd.grad(y[:, o].sum(), z, retain_graph=True)
            least, most = (end[:, o] for end in curves.slopes())
            assert (slope[:, 0].numpy() >= least - slack).all()
            assert (slope[:, 0].numpy() <= most + slack).all()
    tails = np.abs(pieces.middle - (lo + hi) / 2) > (hi - lo) / 6
    assert tails.sum() >= 20
    for end in curves.bends():
        assert (end[tails] == 0).all()
    # A line has one slope: its bounds meet, and those of the values are not wider than it rises.
    least, most = curves.slopes()
    np.testing.assert_allclose(least[tails], most[tails], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("basis", TAILS, ids=str)
@pytest.mark.parametrize("norm", [None, "affine"])
def test_tables_keep_their_bound(basis, norm):
    model = make_model(basis, norm=norm, base="silu")
    if norm == "affine":
        with torch.no_grad():
            for layer in model.stack():
                layer.norm.scale.uniform_(0.5, 1.5, generator=torch.Generator().manual_seed(1))
                layer.norm.shift.normal_(0, 0.3, generator=torch.Generator().manual_seed(2))
    x = make_rows(model)
    expected = evaluate_stack(read_stack("test", model), x)
    for degree, dtype in ((1, "int8"), (3, "float32")):
        tables = ew.export.tabulate(model, reach_of(model), degree=degree, dtype=dtype, rows=100)
        assert (np.abs(tables(x) - expected).max(0) <= tables.report.bound).all()


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_a_line_needs_few_cells(basis):
    """Beyond the domain each edge is a line, which a table of the first degree has exactly."""
    model = make_model(basis, (1, 1))
    _, hi = reach_of(model)
    _, end = model.stack()[0].basis.domain(model.stack()[0].grid)
    lines = ew.export.tabulate(model, (end + 0.01, hi), degree=1, cells=1, rows=100)
    size = np.abs(evaluate_stack(read_stack("test", model), np.array([[end], [hi]]))).max()
    assert lines.report.bound.max() < 1e-5 * (1 + size)


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_certificates_hold_on_boxes_that_leave_the_domain(basis):
    model = make_model(basis, base="identity")
    ends = reach_of(model)
    proof = ew.certify(model, ends, boxes=4, starts=4)
    x = torch.as_tensor(make_rows(model)).requires_grad_()
    y = evaluate_torch(read_stack("test", model), x)
    assert float(y.detach().min()) >= proof.low[0]
    assert float(y.detach().max()) <= proof.high[0]
    (slope,) = torch.autograd.grad(y.sum(), x)
    assert (slope.numpy() >= proof.slopes[0, :, 0] - 1e-9).all()
    assert (slope.numpy() <= proof.slopes[0, :, 1] + 1e-9).all()


def test_a_curve_that_goes_on_as_lines_is_convex_there_too():
    layer = ew.KANLinear(
        2, 1, basis=ew.BSpline(8, linear_tails=True), norm=None, base=None, bias=False
    )
    knots = layer.grid[0]
    with torch.no_grad():  # Marsden: these coefficients draw z² on the domain
        z2 = (knots[1:-3] * knots[2:-2] + knots[1:-3] * knots[3:-1] + knots[2:-2] * knots[3:-1]) / 3
        layer.coef.copy_(z2[None, :, None].expand(2, -1, -1))
        layer.coef.mul_(torch.tensor([1.0, -1.0])[:, None, None])
    model = ew.KAN.from_layers([layer])
    proof = ew.certify(model, (-3, 3), boxes=8, starts=4)
    assert proof.convex.tolist() == [[1, -1]]
    assert 4.999 <= proof.high[0] <= 5.1  # 1 + 2 · 2 - 0
    np.testing.assert_allclose(proof.lipschitz, 4, rtol=1e-3)
    without = ew.certify(_without_tails(model), (-3, 3), boxes=8, starts=4)
    assert without.convex.tolist() == [[0, 0]]


def _without_tails(model):
    for layer in model.stack():
        layer.basis = dataclasses.replace(layer.basis, linear_tails=False)
    return model


def test_repeated_knots_at_the_ends_are_smooth_with_tails():
    layer = ew.KANLinear(1, 1, basis=ew.BSpline(3, uniform=False), norm=None, base=None)
    with torch.no_grad():
        layer.grid[0].copy_(torch.tensor([[-1, -1, -1, -1, -0.3, 0.4, 1, 1, 1, 1.0]]))
    model = ew.KAN.from_layers([layer])
    part = read_stack("test", model).stages[0].parts[0]
    assert not part.is_smooth(0)
    layer.basis = dataclasses.replace(layer.basis, linear_tails=True)
    assert read_stack("test", model).stages[0].parts[0].is_smooth(0)
    proof = ew.certify(model, (-3, 3), boxes=4, starts=4)
    x = torch.linspace(-3, 3, 301, dtype=torch.float64)[:, None]
    y = evaluate_torch(read_stack("test", model), x)
    assert proof.low[0] <= float(y.min()) <= float(y.max()) <= proof.high[0]
