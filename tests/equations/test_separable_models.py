"""Sums of products of curves: as networks, in files, and as solutions."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

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


@pytest.mark.parametrize("size", [1, 2, 3])
def test_it_is_a_kan_whose_nodes_multiply(size):
    stretches = [Stretch(-k, 1, dtype=F64) for k in range(size)]
    model = ew.models.SeparableKAN(
        size, 2, rank=3, basis=[ew.Chebyshev(6 - k) for k in range(size)], stretches=stretches,
        seed=0, dtype=F64,
    )  # fmt: skip
    kan = model.to_kan()
    x = torch.rand(9, size, generator=torch.Generator().manual_seed(1), dtype=F64)
    torch.testing.assert_close(kan(x), model(x), rtol=1e-12, atol=1e-13)
    kan(x).square().sum().backward()
    for layer in kan.layers:
        assert not layer.coef.grad.movedim(1, -1)[layer.mask == 0].any()


def test_a_solution_is_a_kan_that_is_plotted_certified_and_saved(tmp_path):
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy + 2 * PI**2 * torch.sin(PI * x) * torch.sin(PI * y),
        {"x": (0, 1), "y": (0, 2)},
        [ew.equations.dirichlet(name, 0.0) for name in "xy"],
    )  # fmt: skip
    kan, x = s.model.to_kan(), points()
    x = torch.stack([x[:, 1], x[:, 0] + 2], 1).clamp(0, 2)
    torch.testing.assert_close(kan(x)[:, 0], s(*x.unbind(1)), rtol=0, atol=1e-12)
    proven = ew.certify(kan, [(0, 1), (0, 2)])
    assert -1.02 < proven.low.item() <= -1 + 1e-9
    assert 1 - 1e-9 <= proven.high.item() < 1.02
    ew.plot(kan, x)
    ew.save(kan, tmp_path / "kan.safetensors")
    assert torch.equal(ew.load(tmp_path / "kan.safetensors")(x), kan(x))


def move_grids(model):
    """Move what the basis is placed by, differently for each coordinate."""
    with torch.no_grad():
        for k, layer in enumerate(model.layers):
            for tensor in layer.grid:
                tensor += 0.1 * k + 0.02 * torch.arange(tensor.numel()).reshape(tensor.shape)
    return model


def mask_edges(model):
    model.layers[0].mask = torch.tensor([[1.0, 0.0, 0.5]], dtype=F64)
    return model


def separable(*bases, **settings):
    return ew.models.SeparableKAN(len(bases), rank=3, basis=bases, seed=0, dtype=F64, **settings)


TRAINED = ew.Gaussian(6, train_centers=True, train_width=True)
UNEVEN = ew.BSpline(6, uniform=False)
MOVED = {
    "centres": lambda: move_grids(separable(TRAINED, TRAINED)),
    "knots": lambda: move_grids(separable(UNEVEN, UNEVEN, UNEVEN)),
    "a shared grid": lambda: separable(ew.BSpline(6), ew.BSpline(6)),
    "one coordinate": lambda: move_grids(separable(TRAINED)),
    "degrees of Jacobi": lambda: separable(
        ew.bases.Jacobi(2, 0.5, -0.3), ew.bases.Jacobi(5, 0.5, -0.3)
    ),
    "fitted ranges": lambda: ew.grids.fit_range(
        separable(ew.Chebyshev(3), ew.Chebyshev(4), stretches=[Stretch(-2, 1), nn.Identity()]),
        torch.rand(50, 2, generator=torch.Generator().manual_seed(0), dtype=F64),
    ),
    "a mask": lambda: mask_edges(separable(ew.Chebyshev(3), ew.Chebyshev(4))),
}


@pytest.mark.parametrize("make", MOVED.values(), ids=MOVED)
def test_the_kan_is_the_same_function_wherever_its_functions_are(make):
    model = make()
    x = 3 * torch.rand(40, model.in_features, generator=torch.Generator().manual_seed(1)).double()
    torch.testing.assert_close(model.to_kan()(x), model(x), rtol=1e-10, atol=1e-10)


OTHERS = {
    "Jacobi": lambda: separable(ew.bases.Jacobi(4, 0.0, 0.0), ew.bases.Jacobi(4, 0.5, -0.3)),
    "Gegenbauer": lambda: separable(ew.bases.Gegenbauer(4, 0.5), ew.bases.Gegenbauer(4, 1.5)),
    "tails": lambda: separable(ew.Chebyshev(3, linear_tails=True), ew.Chebyshev(5)),
    "frequencies": lambda: move_grids(
        separable(*[ew.bases.Wavelet(5, kind="morlet", frequency=1.5)] * 2)
    ),
}


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_functions_that_one_layer_cannot_have_are_refused(make):
    with pytest.raises(ValueError, match="bases differ"):
        make().to_kan()


def test_a_stretch_of_ones_own_is_refused():
    model = separable(ew.Chebyshev(3), ew.Chebyshev(3), stretches=[nn.Identity(), nn.Tanh()])
    with pytest.raises(ValueError, match="coordinate 1 is stretched"):
        model.to_kan()


def test_layers_that_bend_their_inputs_are_refused():
    model = separable(ew.Chebyshev(3), ew.Chebyshev(3))
    model.layers[1].set_norm("tanh")
    with pytest.raises(ValueError, match="coordinate 1 is stretched"):
        model.to_kan()


def test_a_file_keeps_which_coordinates_are_stretched_and_fitted(tmp_path):
    stretches = [Stretch(-2, 1, dtype=F64), nn.Identity()]
    model = separable(ew.Chebyshev(3), ew.Chebyshev(4), stretches=stretches)
    ew.save(model, tmp_path / "m.safetensors")
    x = torch.rand(5, 2, dtype=F64)
    assert torch.equal(ew.load(tmp_path / "m.safetensors")(x), model(x))
    fitted = ew.grids.fit_range(model, x)
    ew.save(fitted, tmp_path / "m.safetensors")
    assert torch.equal(ew.load(tmp_path / "m.safetensors")(x), fitted(x))


def test_both_layers_of_the_kan_are_on_the_device_of_the_model():
    kan = ew.models.SeparableKAN(2, rank=3, seed=0).to("meta").to_kan()
    assert {t.device.type for layer in kan.layers for t in (layer.coef, layer.mask)} == {"meta"}


def test_fronts_are_no_kan_of_scaled_coordinates():
    with pytest.raises(ValueError, match="coordinate 0 is stretched"):
        make().to_kan()
    with pytest.raises(ValueError, match="bases differ"):
        ew.models.SeparableKAN(2, basis=[ew.Chebyshev(3), ew.Gaussian(4)]).to_kan()


@pytest.mark.parametrize(
    "settings",
    [
        {"low": 1.0, "high": 1.0},
        {"low": 0.0, "high": 1.0, "centres": [0.5], "widths": [0.0]},
        {"low": 0.0, "high": 1.0, "centres": [0.5], "widths": []},
        {"low": 0.0, "high": 1.0, "centres": [0.5], "widths": [0.1], "weights": [0.0]},
    ],
)
def test_what_is_no_stretch_is_refused(settings):
    with pytest.raises(ValueError, match="Stretch expected low < high"):
        Stretch(**settings)
