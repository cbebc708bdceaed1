"""Layers that begin as lines: what they keep of the size of signals and gradients."""

import math
from functools import partial

import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.nn.init import line_
from edgewise.training import parameter_groups
from every_pair import every_pair

NAMES = sorted(name for name, c in registry().items() if c.__module__.startswith("edgewise"))
KEPT = (0.5, 2.0)


def normal(rows, features, seed=1):
    return torch.randn(rows, features, generator=torch.Generator().manual_seed(seed))


def network(widths, name, seed=0, **settings):
    return ew.KAN(widths, basis=name, seed=torch.Generator().manual_seed(seed), **settings)


@every_pair(name=NAMES, depth=[1, 2, 4, 16], width=[8, 32, 128])
def test_outputs_and_gradients_keep_their_size(name, width, depth):
    model = network([width] * (depth + 1), name)
    x = normal(256, width).requires_grad_()
    y = model(x)
    (gradient,) = torch.autograd.grad(y, x, normal(256, width, seed=2))
    assert KEPT[0] < float(y.detach().std()) < KEPT[1]
    assert KEPT[0] < float(gradient.std()) < KEPT[1]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("widths", [(128, 8), (3, 40)])
def test_layers_that_are_not_square_keep_the_size_of_outputs(name, widths):
    y = network(list(widths), name)(normal(2000, widths[0])).detach()
    assert KEPT[0] < float(y.std()) < KEPT[1]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("base", [None, "identity"])
def test_every_edge_begins_as_a_line_and_a_little_more(name, base):
    """Within the domain; without a base branch the basis draws the lines as well as it can."""
    model = network([6, 4], name, base=base, dtype=torch.float64)
    layer = model.stack()[0]
    z = torch.linspace(-1.5, 1.5, 101, dtype=torch.float64)
    values = layer.eval().edge_values(z[:, None].expand(-1, 6)).detach().reshape(101, -1)
    line = torch.stack([torch.ones_like(z), z], 1)
    left = values - line @ torch.linalg.lstsq(line, values).solution
    # Sines alone have no lines, and four wavelets poor ones.
    poor = base is None and name in ("fourier", "sine", "wavelet")
    assert float(left.std() / values.std()) < (0.5 if poor else 0.15)


def test_the_slopes_are_orthogonal():
    for inputs, outputs in ((5, 9), (9, 5), (7, 7)):
        layer = ew.KANLinear(inputs, outputs, seed=torch.Generator().manual_seed(0))
        slopes = layer.base_weight.detach().double()
        slopes = slopes if inputs >= outputs else slopes.T
        gram = slopes.T @ slopes
        expected = torch.eye(len(gram), dtype=torch.float64) * gram.diagonal().mean()
        torch.testing.assert_close(gram, expected, atol=1e-5, rtol=1e-5)
        power = float(slopes.square().mean()) * inputs
        assert power == pytest.approx(1.0, rel=0.01)


@pytest.mark.parametrize("size", [0.2, 1.0])
@pytest.mark.parametrize("bend", [0.05, 0.5])
def test_the_rest_is_as_small_as_asked_for(bend, size):
    layer = ew.KANLinear(
        200,
        50,
        seed=torch.Generator().manual_seed(0),
        init=partial(line_, bend=bend, size=size),
    )
    x = normal(500, 200)
    rest = layer(x).detach() - x @ layer.base_weight.detach()
    curves = float(rest.square().mean().sqrt())
    assert size * bend / 3 < curves < 1.5 * size * bend


@pytest.mark.parametrize("base", [None, "identity"])
@pytest.mark.parametrize("size", [0.1, 2.0])
def test_outputs_are_as_large_as_asked_for(size, base):
    layer = ew.KANLinear(200, 50, base=base, init=partial(line_, size=size), seed=0)
    assert float(layer(normal(500, 200)).detach().std()) == pytest.approx(size, rel=0.15)


def test_small_last_layers_make_the_first_step_the_same_at_every_width():
    def first_step(width, size):
        """The mean change of the outputs by one step of Adam."""
        small = partial(line_, size=size)
        model = ew.KAN([4, width, width, 1], output_init=small, norm=None, seed=0)
        x = normal(256, 4)
        before = model(x)
        groups = parameter_groups(model, lr=1e-4, weight_decay=0.0, base_width=8)
        optimizer = torch.optim.Adam(groups)
        (before - x.sum(1, keepdim=True)).square().mean().backward()
        optimizer.step()
        return float((model(x) - before).detach().abs().mean())

    narrow, wide = (first_step(width, (8 / width) ** 0.5) for width in (16, 256))
    assert wide / narrow == pytest.approx(1, abs=0.15)
    narrow, wide = (first_step(width, 1.0) for width in (16, 256))
    assert wide / narrow > 2


@pytest.mark.parametrize("name", NAMES)
def test_an_affine_normalisation_begins_where_the_functions_are(name):
    layer = ew.KANLinear(3, 2, basis=name, norm="affine")
    middle, unit = layer.basis.middle_and_unit
    torch.testing.assert_close(layer.norm.scale.detach(), torch.full((3,), unit))
    torch.testing.assert_close(layer.norm.shift.detach(), torch.full((3,), middle))
    lo, hi = layer.basis.domain(layer.grid)
    z = layer.norm(normal(4000, 3)).detach()
    inside = ((z >= lo) & (z <= hi)).double().mean()
    deviations = 4 if name == "fourier" else 2  # half a period is for the inputs
    assert float(inside) == pytest.approx(math.erf(deviations / math.sqrt(2)), abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_last_layer_of_zeros_answers_zero_and_learns(name):
    model = network([4, 6, 3], name, output_init="zero")
    y = model(normal(50, 4))
    assert not y.detach().any()
    (y - 1).square().mean().backward()
    last = model.stack()[-1]
    assert last.coef.grad.any() or last.base_weight.grad.any()
    assert model.stack()[0].coef.any()


def test_the_same_generator_gives_the_same_weights_and_leaves_the_global_one():
    before = torch.get_rng_state()
    first, second = network([3, 4, 1], None), network([3, 4, 1], None)
    assert torch.equal(before, torch.get_rng_state())
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(a, b)
    other = network([3, 4, 1], None, seed=1)
    assert not torch.equal(first.stack()[0].coef, other.stack()[0].coef)
