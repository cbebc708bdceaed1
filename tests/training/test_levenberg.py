"""Levenberg-Marquardt: the true Jacobian, the true optimum, and never a step uphill."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise import grids
from edgewise.training import levenberg, levenberg_marquardt
from edgewise.training.linearisation import Linearisation

BASES = (ew.BSpline(4), ew.Gaussian(5, -1, 1), ew.Chebyshev(3))


def model_of(widths=(2, 3, 2), seed=0, **settings):
    generator = torch.Generator().manual_seed(seed)
    return ew.KAN(widths, dtype=torch.float64, seed=generator, **settings)


def linearise(model):
    return Linearisation([model], "levenberg_marquardt")


def points(rows=7, columns=2, seed=1):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(rows, columns, generator=generator, dtype=torch.float64) * 1.8 - 0.9


def rmse(model, x, y):
    with torch.no_grad():
        return float((model(x) - y).square().mean().sqrt())


def by_autograd(model, params, x):
    """One row per entry of the prediction, output-major; one column per parameter."""
    rows = [
        torch.cat([g.flatten() for g in torch.autograd.grad(entry, params, retain_graph=True)])
        for entry in model(x).t().flatten()
    ]
    return torch.stack(rows)


SETTINGS = {
    "plain": {"norm": None},
    "default norm": {},
    "layer norm": {"norm": "layer"},
    "affine": {"norm": "affine"},
    "no base": {"norm": None, "base": None},
    "identity": {"norm": None, "base": "identity"},
    "callable": {"norm": None, "base": torch.sin},
    "no bias": {"norm": None, "bias": False},
    "scaled": {"norm": "tanh", "coef_scale": True},
    "scaled, masked": {"norm": "layer", "coef_scale": True, "masked": True},
}


def variant(basis, name):
    settings = dict(SETTINGS[name])
    masked = settings.pop("masked", False)
    model = model_of(basis=basis, **settings)
    generator = torch.Generator().manual_seed(3)
    for layer in model.layers:
        if layer.coef_scale is not None:
            layer.coef_scale.data.uniform_(0.5, 2, generator=generator)
        if layer.norm_name == "affine":
            layer.norm.scale.data.uniform_(0.5, 1, generator=generator)
        if masked:
            layer.mask = torch.ones_like(layer.base_weight).detach()
            layer.mask[0, 1], layer.mask[1, 0] = 0, 0.5
    return model


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("basis", BASES, ids=lambda b: b.name)
def test_the_jacobian_is_that_of_autograd(basis, name):
    model, x = variant(basis, name), points()
    problem = linearise(model)
    assert all(p.requires_grad for p in problem.params)
    jacobian, values = problem.jacobian(lambda: model(x))
    expected = by_autograd(model, problem.params, x)
    assert float(expected.norm()) > 1
    # Columns of masked edges are left out: they are 0.
    skipped = torch.ones(expected.shape[1], dtype=torch.bool)
    skipped[problem.moving] = False
    assert not expected[:, skipped].any()
    torch.testing.assert_close(jacobian, expected[:, problem.moving], rtol=1e-10, atol=1e-12)
    torch.testing.assert_close(values, model(x).detach().t().flatten())


def test_blocks_of_rows_give_the_factors_of_the_whole_jacobian(monkeypatch):
    model, x = model_of().eval(), points(200)
    y = torch.stack([x.prod(1), x.sum(1)], 1)
    problem = linearise(model)
    jacobian, values = problem.jacobian(lambda: model(x))
    residual = y.t().flatten() - values
    monkeypatch.setattr("edgewise.training.levenberg.BLOCK_BYTES", 1)
    sizes, whole = [], problem.jacobian
    monkeypatch.setattr(levenberg, "_read", lambda _: problem)
    monkeypatch.setattr(problem, "jacobian", lambda f: sizes.append(1) or whole(f))
    r, t = levenberg.linearise(model, x, y)
    assert len(sizes) > 1
    torch.testing.assert_close(r.t() @ r, jacobian.t() @ jacobian, rtol=1e-9, atol=1e-10)
    torch.testing.assert_close(r.t() @ t, jacobian.t() @ residual, rtol=1e-9, atol=1e-10)


class Backwards(nn.Module):
    """Registers first what it calls last."""

    def __init__(self):
        super().__init__()
        self.last, self.first = model_of((2, 1), seed=1), model_of((2, 2), seed=2)

    def forward(self, x):
        return self.last(self.first(x))


def test_layers_may_be_called_in_another_order_than_they_are_registered():
    model, x = Backwards(), points()
    problem = linearise(model)
    jacobian, _ = problem.jacobian(lambda: model(x))
    torch.testing.assert_close(jacobian, by_autograd(model, problem.params, x))


@pytest.mark.parametrize("basis", BASES, ids=lambda b: b.name)
def test_a_single_layer_is_solved_to_the_least_squares_optimum(basis):
    model, x = model_of((2, 2), basis=basis, norm=None), points(120)
    y = torch.stack([(3 * x[:, 0]).sin() * x[:, 1], x.sum(1).exp()], 1)
    problem = linearise(model)
    matrix, values = problem.jacobian(lambda: model(x))
    residual = y.t().flatten() - values
    target = residual + matrix @ problem.read()  # the model is linear in its parameters
    best, *_ = np.linalg.lstsq(matrix.numpy(), target.numpy(), rcond=None)
    missed = float((matrix @ torch.from_numpy(best) - target).square().mean().sqrt())
    history = levenberg_marquardt(model, (x, y), steps=30, tolerance=0.0)
    assert missed > 1e-3
    assert rmse(model, x, y) == pytest.approx(missed, rel=1e-9)
    assert history[-1] == pytest.approx(missed, rel=1e-9)


@pytest.mark.parametrize("damping", [1e-12, 1e-3, 1e6])
@pytest.mark.parametrize("basis", BASES, ids=lambda b: b.name)
def test_the_error_never_rises_and_the_history_tells_it(basis, damping):
    model, x = model_of((2, 2, 1), basis=basis), points(80)
    y = torch.exp((3 * x[:, :1]).sin() + x[:, 1:] ** 2)
    errors = [rmse(model, x, y)]
    for _ in range(8):
        history = levenberg_marquardt(model, (x, y), steps=2, damping=damping)
        errors += history
        assert errors[-1] == pytest.approx(rmse(model, x, y), rel=1e-12)
    assert len(errors) > 4
    assert errors == sorted(errors, reverse=True)
    if damping < 1:  # more makes short steps
        assert errors[-1] < 0.5 * errors[0]


def test_it_stops_where_steps_gain_less_than_the_tolerance():
    x = points(100)
    y = (3 * x[:, :1]).sin() * x[:, 1:]
    lengths = []
    for tolerance in (0.0, 0.0015, 0.1):
        model = model_of((2, 2, 1), basis=ew.BSpline())
        history = levenberg_marquardt(model, (x, y), steps=20, tolerance=tolerance)
        lengths.append(len(history))
        gains = [1 - (b / a) ** 2 for a, b in pairwise(history)]
        assert all(gain > 2 * tolerance for gain in gains[:-1])
        assert (gains[-1] <= 2 * tolerance) == (len(history) < 20)
    assert lengths[0] == 20 > lengths[1] > lengths[2]


def test_a_formula_that_the_network_holds_is_found_to_the_last_digits():
    x = points(400)
    y = (x[:, :1] + x[:, 1:] ** 3) ** 2 / 4
    model = model_of((2, 2, 1), basis=ew.Chebyshev(3), norm=None, base=None)
    levenberg_marquardt(model, (x, y), steps=100, tolerance=0.0)
    assert rmse(model, x, y) < 1e-8
    unseen = points(100, seed=9)
    expected = (unseen[:, :1] + unseen[:, 1:] ** 3) ** 2 / 4
    assert rmse(model, unseen, expected) < 1e-8


def test_refined_grids_go_below_a_millionth():
    x = points(600)
    y = torch.exp((math.pi * x[:, :1]).sin() + x[:, 1:] ** 2)
    model = model_of((2, 1, 1), norm=None, seed=5)
    errors = []
    for size in (5, 10, 20, 40):
        if size > 5:
            model = grids.refine(model, size, x, even=True, tolerance=math.inf)  # trained again
        model = grids.fit_range(model, x, tolerance=math.inf)
        levenberg_marquardt(model, (x, y), steps=25)
        errors.append(rmse(model, x, y))
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-6


def frozen_parts():
    yield "coefficients of the first layer", lambda m: [m.layers[0].coef]
    yield "the base of the last layer", lambda m: [m.layers[-1].base_weight]
    yield "all biases", lambda m: [layer.bias for layer in m.layers]
    yield "the first layer", lambda m: list(m.layers[0].parameters())
    yield "the last layer", lambda m: list(m.layers[-1].parameters())


@pytest.mark.parametrize(("name", "choose"), list(frozen_parts()), ids=lambda v: str(v)[:40])
def test_frozen_parameters_stay_and_the_others_learn(name, choose):
    model, x = model_of((2, 2, 1)), points(60)
    y = x.prod(1, keepdim=True)
    kept = {id(p) for p in choose(model)}
    kept |= {id(p) for layer in model.layers for p in layer.norm.parameters()}  # never trained
    for p in choose(model):
        p.requires_grad_(False)
    before = {k: p.detach().clone() for k, p in model.named_parameters()}
    start = rmse(model, x, y)
    assert levenberg_marquardt(model, (x, y), steps=5)[-1] < 0.9 * start
    for k, p in model.named_parameters():
        assert torch.equal(p, before[k]) == (id(p) in kept), f"{name}: {k}"


def test_normalisations_and_scales_stay():
    model, x = variant(ew.Gaussian(5, -1, 1), "scaled, masked"), points(60)
    before = {k: v.clone() for k, v in model.state_dict().items()}
    levenberg_marquardt(model, (x, x**2), steps=3)
    for k, v in model.state_dict().items():
        learns = "norm" not in k and k.endswith((".coef", ".base_weight", ".bias"))
        assert torch.equal(v, before[k]) != learns, k


ERRORS = {
    "too many": (lambda: model_of((30, 30)), 1, "at most 3000 parameters, got 6330: use fit"),
    "no KAN": (lambda: nn.LayerNorm(2).double(), 1, "KAN layers, got LayerNorm"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_wrong_models(name):
    make, columns, message = ERRORS[name]
    with pytest.raises(ValueError, match=message):
        levenberg_marquardt(make(), (points(), points()[:, :columns]))


BAD_DATA = {
    "one dimension": (
        torch.rand(9, 2),
        torch.rand(9),
        r"y expected .* got shape \(9,\): give y a column",
    ),
    "other rows": (torch.rand(9, 2), torch.rand(8, 1), "same rows"),
    "one row for all": (torch.rand(9, 2), torch.rand(1, 1), "same rows"),
    "no rows": (torch.rand(0, 2), torch.rand(0, 1), r"x expected .* got shape \(0, 2\)"),
    "more outputs": (torch.rand(9, 2), torch.rand(9, 3), "outputs' shape"),
    "nan": (torch.rand(9, 2), torch.full((9, 1), torch.nan), "finite"),
}


@pytest.mark.parametrize("name", BAD_DATA)
def test_data_that_do_not_fit(name):
    x, y, message = BAD_DATA[name]
    model = model_of((2, 2, 1))
    before = [p.clone() for p in model.parameters()]
    with pytest.raises(ValueError, match=message):
        levenberg_marquardt(model, (x.double(), y.double()))
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


def test_frozen_models_and_layers_called_twice():
    model = model_of((2, 2, 1)).requires_grad_(False)
    data = (torch.rand(9, 2).double(), torch.rand(9, 1).double())
    with pytest.raises(ValueError, match="trainable"):
        levenberg_marquardt(model, data)
    layer = ew.KANLinear(2, 2, dtype=torch.float64)
    with pytest.raises(ValueError, match="twice"):
        levenberg_marquardt(torch.nn.Sequential(layer, layer), (data[0], data[0]))


@pytest.mark.parametrize("damping", [0, 1e-300, 1e30])
def test_any_damping_comes_to_an_end(damping):
    """Two rows can't tell so many parameters: without damping steps are without bounds."""
    model = model_of((2, 3, 1))
    x = torch.tensor([[0.2, 0.2], [0.7, 0.7]], dtype=torch.float64)
    y = torch.tensor([[1.0], [3.0]], dtype=torch.float64)
    before = ((model(x) - y) ** 2).mean().sqrt()
    errors = levenberg_marquardt(model, (x, y), steps=3, damping=damping)
    assert all(error <= before for error in errors)
    assert all(p.isfinite().all() for p in model.parameters())
