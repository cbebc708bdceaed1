"""Pictures of one edge and of a basis, and the points of a curve."""

import numpy as np
import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.bases.base import registry
from edgewise.explain.edge_curves import conditional_mean

pytest.importorskip("matplotlib")


def data(features, rows=60):
    return torch.rand(rows, features, generator=torch.Generator().manual_seed(0)) * 2 - 1


def model(widths, **settings):
    return ew.KAN(widths, seed=torch.Generator().manual_seed(0), **settings)


# One edge.


def test_edge_is_the_curve_over_the_data_with_grid_and_histogram():
    net, x = model([2, 3, 1], basis=ew.BSpline()), data(2, 200)
    upper, lower = ew.plotting.plot_edge(net, x, (0, 1, 2), title="An edge").axes
    (curve,) = upper.lines
    at, y = curve.get_data()
    assert (at[0], at[-1]) == (float(x[:, 1].min()), float(x[:, 1].max()))
    z, spline = net.layers[0].plot_curve(1, 2, 5000, 0)
    base = net.layers[0].base_weight[1, 2].item() * nn.functional.silu(torch.tensor(at)).numpy()
    np.testing.assert_allclose(y - base, np.interp(at, z, spline), atol=1e-4)
    assert lower.get_xlabel() == "x₁"
    assert upper.get_ylabel() == "adds to h₂"
    (grid,) = [c for c in upper.collections if c.get_gid() == "grid"]
    places = [s[0, 0] for s in grid.get_segments()]
    np.testing.assert_allclose(places, [-0.6, -0.2, 0.2, 0.6], atol=1e-6)
    assert upper.get_legend() is None


def test_grid_points_stand_where_the_input_itself_has_them():
    net = model([2, 1], basis=ew.BSpline(), norm="affine")
    with torch.no_grad():
        net.layers[0].norm.scale.fill_(-2.0)
        net.layers[0].norm.shift.fill_(0.5)
    upper, _ = ew.plotting.plot_edge(net, data(2, 200), (0, 0, 0)).axes
    (grid,) = [c for c in upper.collections if c.get_gid() == "grid"]
    want = [(z - 0.5) / -2 for z in (-1.0, -0.6, -0.2, 0.2, 0.6, 1.0)]
    np.testing.assert_allclose(sorted(s[0, 0] for s in grid.get_segments()), sorted(want), 1e-3)


def test_symbolic_overlay():
    upper, _ = ew.plotting.plot_edge(
        model([2, 1]), data(2), (0, 0, 0), fit=torch.sin, fit_name="sin"
    ).axes
    _, fit = upper.lines
    np.testing.assert_allclose(fit.get_ydata(), np.sin(fit.get_xdata()))
    assert [t.get_text() for t in upper.get_legend().get_texts()] == ["edge", "sin"]


def test_layer_norm_is_named_and_base_branches_are_a_mean_with_points():
    net = ew.FastKAN([3, 4, 4, 2], seed=torch.Generator().manual_seed(0))
    upper, lower = ew.plotting.plot_edge(net, data(3), (0, 1, 0)).axes
    assert lower.get_xlabel() == "LayerNorm(x)₁"
    cloud, mean = upper.lines
    assert len(cloud.get_xdata()) == 60
    assert len(mean.get_xdata()) == 400
    layer, z = net.layers[0], net.layers[0].norm(data(3))
    phi = layer.basis.evaluate(z, layer.grid)[:, 1] @ layer.coef[1, :, 0]
    want = phi + layer.base_weight[1, 0] * nn.functional.silu(data(3)[:, 1])
    np.testing.assert_allclose(cloud.get_xdata(), z[:, 1].detach(), atol=1e-5)
    np.testing.assert_allclose(cloud.get_ydata(), want.detach(), atol=1e-5)
    net.input_names = ["mass", "speed", "time"]
    assert (
        ew.plotting.plot_edge(net, data(3), (0, 1, 0)).axes[1].get_xlabel()
        == "LayerNorm(x)₁, speed"
    )
    upper, lower = ew.plotting.plot_edge(net, data(3), (2, 1, 0)).axes
    assert lower.get_xlabel() == "LayerNorm(h⁽²⁾)₁"
    upper, _ = ew.plotting.plot_edge(ew.presets.FasterKAN([3, 2]), data(3), (0, 1, 0)).axes
    assert len(upper.lines) == 1  # without a base branch the curve says it all
    minmax = ew.plotting.plot_edge(
        ew.presets.KALNet([3, 2], scaling="batch_minmax"), data(3), (0, 1, 0)
    )
    assert minmax.axes[1].get_xlabel() == "MinMax(x)₁"


def test_conditional_mean_finds_the_mean_and_not_the_noise():
    seen = torch.linspace(-1, 1, 500, dtype=torch.float64)[:, None]
    noise = torch.randn(500, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    at = torch.linspace(-1, 1, 20, dtype=torch.float64)[:, None]
    assert torch.allclose(conditional_mean(at, seen, 3 * seen + 1), 3 * at + 1, atol=0.05)
    found = conditional_mean(at, seen, seen**2 + 0.1 * noise)
    assert (found - at**2).abs().max() < 0.15
    assert conditional_mean(at, seen[:1], seen[:1]).isfinite().all()


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        ((2, 0, 0), r"layer from 0 to 1, got \(2, 0, 0\): layers count from 0"),
        ((0, 2, 0), r"input from 0 to 1 and output from 0 to 2 in layer 0, got \(0, 2, 0\)"),
        ((1, 0, -1), r"input from 0 to 2 and output from 0 to 0 in layer 1, got \(1, 0, -1\)"),
        ((0, 1), r"edge=\(layer, input, output\), got \(0, 1\): for example"),
        (3, r"edge=\(layer, input, output\), got 3"),
    ],
)
def test_edge_out_of_range(edge, message):
    with pytest.raises(ValueError, match=message):
        ew.plotting.plot_edge(model([2, 3, 1]), data(2), edge)


# A basis.


@pytest.mark.parametrize("name", sorted(registry()))
def test_basis_has_a_line_for_every_function(name):
    basis = registry()[name]()
    (axes,) = ew.plotting.plot_basis(basis).axes
    z = torch.from_numpy(axes.lines[0].get_xdata()).float()
    phi = basis.evaluate(z[:, None], basis.init_grid(1))[:, 0].T.numpy()
    for line, values in zip(axes.lines[: basis.num_basis], phi, strict=True):
        np.testing.assert_allclose(line.get_ydata(), values, rtol=1e-4, atol=1e-4)


def test_basis_sum_and_grid_of_one_input():
    (axes,) = ew.plotting.plot_basis(ew.BSpline()).axes
    assert axes.get_legend().get_texts()[0].get_text() == "sum, 1 on the domain"
    assert ew.plotting.plot_basis(ew.Chebyshev()).axes[0].get_legend() is None
    layer = ew.KANLinear(2, 1, basis=ew.BSpline(uniform=False))
    with torch.no_grad():
        layer.knots[1] *= 3
    lo, hi = ew.plotting.plot_basis(layer, input_index=1, beyond=0).axes[0].get_xlim()
    assert (lo, hi) == pytest.approx((-3, 3))
    with pytest.raises(ValueError, match="input_index from 0 to 1, got 2"):
        ew.plotting.plot_basis(layer, input_index=2)
    with pytest.raises(TypeError, match="expected a basis"):
        ew.plotting.plot_basis("bspline")


# Points of a curve.


def test_plot_curve_is_the_sum_of_weighted_functions():
    layer = ew.FastKAN([3, 2]).layers[0]
    x, y = layer.plot_curve(2, 1, num_pts=50, num_extrapolate_bins=3)
    step = 4 / 7
    assert torch.allclose(x, torch.linspace(-2 - 3 * step, 2 + 3 * step, 50))
    centers = torch.linspace(-2, 2, 8)
    want = torch.exp(-(((x[:, None] - centers) / step) ** 2)) @ layer.coef[2, :, 1]
    assert torch.allclose(y, want, atol=1e-6)
    assert not y.requires_grad
    assert len(layer.plot_curve(0, 0)[0]) == 1000


def test_plot_curve_uses_the_grid_of_its_input_scales_and_masks():
    layer = ew.KANLinear(2, 1, basis=ew.BSpline(uniform=False), coef_scale=True)
    with torch.no_grad():
        layer.knots[1] *= 3
        layer.coef_scale.fill_(2.0)
    x, y = layer.plot_curve(1, 0, num_extrapolate_bins=0)
    assert (x[0].item(), x[-1].item()) == pytest.approx((-3, 3))
    phi = layer.basis.evaluate(x[:, None].expand(-1, 2), layer.grid)[:, 1]
    assert torch.allclose(y, 2 * phi @ layer.coef[1, :, 0])
    layer.mask = torch.zeros(2, 1)
    assert not layer.plot_curve(1, 0)[1].any()


@pytest.mark.parametrize("basis", [ew.bases.Legendre(3), ew.Gaussian(num=1)])
def test_plot_curve_without_a_spacing(basis):
    x, y = ew.KANLinear(2, 1, basis=basis).plot_curve(0, 0)
    assert (x.diff() > 0).all()
    assert y.isfinite().all()


def test_plot_curve_errors():
    layer = ew.KANLinear(3, 2)
    with pytest.raises(ValueError, match="input_index from 0 to 2, got 3"):
        layer.plot_curve(3, 0)
    with pytest.raises(ValueError, match="output_index from 0 to 1, got -1"):
        layer.plot_curve(0, -1)
    with pytest.raises(ValueError, match="num_pts"):
        layer.plot_curve(0, 0, num_pts=1)


def test_a_curve_that_is_nowhere_finite_is_refused():
    model = ew.KAN([1, 1], basis=ew.BSpline(3))
    with torch.no_grad():
        model.layers[0].coef.fill_(-torch.inf)
        model.layers[0].base_weight.fill_(-torch.inf)
    with pytest.raises(ValueError, match="a curve with finite values"):
        ew.plotting.plot_edge(model, torch.tensor([[0.1], [0.5]]), (0, 0, 0))
