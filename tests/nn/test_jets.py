"""Jets: partial derivatives of layers and networks, exact, and differentiable by parameters."""

from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.bases.base import registry
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets

F64 = torch.float64


def points(rows=5, columns=2, seed=0):
    return torch.rand(rows, columns, dtype=F64, generator=torch.Generator().manual_seed(seed)) - 0.5


def layer_norm(x, shape, weight=None, bias=None, eps=1e-5):
    """LayerNorm by its formula: the third derivatives of torch's own (2.13, CPU) are wrong."""
    centred = x - x.mean(-1, keepdim=True)
    y = centred * (centred.square().mean(-1, keepdim=True) + eps).rsqrt()
    return y if weight is None else y * weight + bias


@patch("torch.nn.functional.layer_norm", layer_norm)
def by_autograd(model, x, index):
    """∂^index of the outputs, one output and one coordinate at a time; (rows, out)"""
    x = x.clone().requires_grad_()
    made = []
    for column in model(x).unbind(-1):
        for axis, times in enumerate(index):
            for _ in range(times):
                (slope,) = torch.autograd.grad(
                    column.sum(), x, create_graph=True, materialize_grads=True
                )
                column = slope[:, axis]
        made.append(column)
    return torch.stack(made, -1)


def check(model, x, orders):
    made = ew.jets(model, x, orders)
    for index in made.orders.indices:
        expected = by_autograd(model, x, index).detach()
        size = max(1.0, float(expected.abs().max()))
        torch.testing.assert_close(
            made.derivative(*index) / size, expected / size, rtol=0, atol=1e-11
        )
    return made


NORMS = (None, "layer", "affine", "standard", "tanh")


@pytest.mark.parametrize(
    ("name", "norm"),
    [(name, NORMS[(k + m) % 5]) for k, name in enumerate(sorted(registry())) for m in (0, 2)],
)
def test_networks_of_every_basis_and_norm(name, norm):
    model = ew.KAN([2, 3, 2], basis=registry()[name](), norm=norm, seed=0, dtype=F64).eval()
    made = check(model, points(), 2)
    weights = torch.randn(made.parts.shape, dtype=F64, generator=torch.Generator().manual_seed(1))
    parameters = [p for p in model.parameters() if p.requires_grad]
    found = torch.autograd.grad((made.parts * weights).sum(), parameters, materialize_grads=True)
    total = sum(
        (by_autograd(model, points(), index) * weights[k]).sum()
        for k, index in enumerate(made.orders.indices)
    )
    expected = torch.autograd.grad(total, parameters, materialize_grads=True)
    for one, two in zip(found, expected, strict=True):
        size = max(1.0, float(two.abs().max()))
        torch.testing.assert_close(one / size, two / size, rtol=0, atol=1e-10)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", sorted(registry()))
def test_half_precision_is_float32_rounded_once(name, dtype):
    settings = {"basis": registry()[name](), "norm": None, "engine": "reference", "seed": 0}
    half, wide = (ew.KANLinear(2, 3, dtype=kind, **settings) for kind in (dtype, torch.float32))
    wide.load_state_dict(half.state_dict())
    x = points(20).to(dtype)
    found, exact = ew.jets(half, x, 2), ew.jets(wide, x.float(), 2)
    assert torch.equal(found.parts, exact.parts.to(dtype))


def test_the_default_network_in_three_dimensions_to_the_fourth_order():
    check(ew.KAN([3, 4, (2, 2), 1], seed=0, dtype=F64).eval(), points(columns=3), 4)


@pytest.mark.parametrize("tails", [False, True])
def test_trained_grids_have_their_gradients(tails):
    basis = ew.Gaussian(4, train_centers=True, linear_tails=tails)
    model = ew.KAN([2, 3, 1], basis=basis, norm="affine", seed=0, dtype=F64).eval()
    grids = [p for name, p in model.named_parameters() if "centers" in name]
    assert len(grids) == 2
    made = ew.jets(model, points(), 2)
    found = torch.autograd.grad(made.parts.square().sum(), grids)
    total = sum(by_autograd(model, points(), i).square().sum() for i in made.orders.indices)
    for one, two in zip(found, torch.autograd.grad(total, grids), strict=True):
        assert float(two.abs().max()) > 1e-3
        torch.testing.assert_close(one, two, rtol=1e-9, atol=1e-10)


def test_layers_one_by_one_and_rows_of_any_shape():
    layer = ew.KANLinear(2, 3, seed=0, dtype=F64)
    x = points(6).reshape(2, 3, 2)
    made = layer.jets(x, [(2, 0), (0, 1)])
    assert made.shape == (2, 3, 3)
    assert made.orders.indices == ((0, 0), (0, 1), (1, 0), (2, 0))
    flat = layer.jets(x.reshape(6, 2), [(2, 0), (0, 1)])
    torch.testing.assert_close(made.parts.flatten(1, 2), flat.parts)
    with pytest.raises(ValueError, match=r"got \(0, 2\)"):
        made.derivative(0, 2)


@pytest.mark.parametrize("activation", ["tanh", "silu", "gelu", "relu"])
def test_mlps(activation):
    torch.manual_seed(0)
    check(ew.MLP([2, 6, 6, 1], activation, dtype=F64), points(), 3)


class Mixed(nn.Module):
    """A module of a user: sums, products, quotients, LayerNorm, a residual branch."""

    def __init__(self):
        super().__init__()
        self.inner = ew.KANLinear(3, 4, basis=ew.BSpline(4, 5), seed=0, dtype=F64)
        self.norm, self.head = nn.LayerNorm(4, dtype=F64), nn.Linear(4, 1, dtype=F64)

    def forward(self, x):
        h = torch.cat([x, torch.sin(3 * x[..., :1])], -1)
        h = self.norm(self.inner(h)) + nn.functional.softplus(self.inner(h))
        y = self.head(h) * (1 - x[..., :1] ** 2) + torch.exp(-x[..., 1:])
        return (y - 0.5) / (2 + x.square().sum(-1, keepdim=True))


def test_modules_of_users():
    torch.manual_seed(0)
    check(Mixed(), points(), [(3, 0), (1, 2)])


@pytest.mark.parametrize(
    "function",
    [
        lambda x: nn.functional.gelu(x, approximate="tanh"),
        lambda x: nn.functional.softplus(x, beta=2),
        lambda x: nn.functional.softplus(x, 2, 20),
        lambda x: torch.clamp(x, -1, 1),
        lambda x: torch.pow(x, 2.5),
        lambda x: torch.inverse(x),
    ],
)
def test_functions_with_unusual_settings_are_refused(function):
    with pytest.raises(TypeError, match="expected"):
        ew.jets(function, points(), 2)


def test_functions_as_layers_have_them():
    layers = nn.Sequential(nn.GELU(), nn.Softplus(), nn.SiLU(), nn.Sigmoid())
    check(layers, points(), 2)
    check(lambda x: torch.reciprocal(x + 2) * torch.abs(x - 3), points(), 2)


def test_numbers_of_jets_themselves():
    x = Jets.begin(points(), Orders.up_to(2, 2))
    y = 2 - x[..., :1] * x[..., 1:] / 4 + (-x[..., :1]) ** 3
    a, b = points().unbind(1)
    torch.testing.assert_close(y.value[:, 0], 2 - a * b / 4 - a**3)
    torch.testing.assert_close(y.derivative(1, 1)[:, 0], torch.full_like(a, -0.25))
    torch.testing.assert_close(y.derivative(2, 0)[:, 0], -6 * a)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda m: ew.jets(m, points(), 9),
            ValueError,
            "order to be an integer from 0 to 6, got 9",
        ),
        (lambda m: ew.jets(m, points(), [(1,)]), ValueError, "indices of 2 numbers"),
        (lambda m: ew.jets(m, points(), []), ValueError, "indices of 2 numbers"),
        (lambda m: ew.jets(m, points().float(), 1), ValueError, "dtype"),
        (lambda m: ew.jets(lambda x: torch.sort(x), points(), 1), TypeError, "got sort"),
        (lambda m: ew.jets(m, points(columns=3), 1), ValueError, "last dimension 2"),
    ],
)
def test_errors_say_what_was_expected(call, error, message):
    with pytest.raises(error, match=message):
        call(ew.KAN([2, 1], seed=0, dtype=F64))


def test_jets_read_a_model_and_change_nothing():
    model = ew.KAN([2, 3, 1], seed=0, dtype=F64).eval()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    ew.jets(model, points(), 2)
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert not model.training


def test_slopes_by_many_columns():
    """They are 41 of the 2⁴⁰ that have each coordinate at most once."""
    model, x = ew.KAN([40, 2, 1], basis=ew.Chebyshev(3), seed=0, dtype=F64), points(2, 40)
    found = ew.jets(model, x, 1)
    wanted = torch.autograd.functional.jacobian(lambda rows: model(rows).sum(), x)
    unit = torch.eye(40, dtype=torch.int64).tolist()
    slopes = torch.cat([found.derivative(*index) for index in unit], -1)
    torch.testing.assert_close(slopes, wanted)


def test_orders_up_to_a_sum_are_all_of_them():
    for order, columns in ((0, 3), (1, 2), (2, 3), (4, 2), (6, 1)):
        every = [i for i in product(range(order + 1), repeat=columns) if sum(i) <= order]
        assert set(Orders.up_to(order, columns).indices) == set(every)
        assert Orders.up_to(order, columns) is Orders.of(every)


def test_more_derivatives_than_anyone_wants_are_refused():
    with pytest.raises(ValueError, match="at most 10,000 derivatives, got 9,366,819"):
        ew.jets(ew.KAN([40, 1], dtype=F64), points(1, 40), 6)


def test_a_layer_norm_is_over_the_last_of_several_dimensions():
    torch.manual_seed(0)
    norm, x = nn.LayerNorm(4, dtype=F64), torch.randn(2, 3, 4, dtype=F64)
    nn.init.normal_(norm.weight)
    orders = [(2, 0, 0, 0), (0, 1, 1, 0)]
    found, flat = ew.jets(norm, x, orders), ew.jets(norm, x.reshape(6, 4), orders)
    torch.testing.assert_close(found.value, norm(x))
    torch.testing.assert_close(found.parts.flatten(1, 2), flat.parts)


def test_batch_normalisation_is_a_line_in_evaluation_mode():
    torch.manual_seed(0)
    norm, x = nn.BatchNorm1d(3, dtype=F64), torch.randn(7, 3, dtype=F64)
    nn.init.normal_(norm.weight)
    norm(5 + 2 * x)
    with pytest.raises(ValueError, match=r"in evaluation mode, .* call model\.eval\(\) first"):
        ew.jets(norm, x, 1)
    found = ew.jets(norm.eval(), x, [(0, 1, 0), (0, 2, 0)])
    torch.testing.assert_close(found.value, norm(x))
    slope = torch.autograd.functional.jacobian(lambda rows: norm(rows).sum(0), x)[:, :, 1].t()
    torch.testing.assert_close(found.derivative(0, 1, 0), slope)
    assert not found.derivative(0, 2, 0).any()


def test_an_order_of_numpy_is_one_of_python():
    model = ew.KAN([2, 1], dtype=F64, seed=0)
    found, wanted = ew.jets(model, points(), np.int64(2)), ew.jets(model, points(), 2)
    assert torch.equal(found.parts, wanted.parts)
    with pytest.raises(ValueError, match="jets expected the order to be an integer from 0 to 6"):
        ew.jets(model, points(), 1.5)
