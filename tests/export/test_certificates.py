"""What is certified holds: no search finds a counterexample, and known answers are found."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.bases import base, registry
from edgewise.certify import layer_polynomials
from edgewise.certify import stack as stages
from edgewise.certify.ascent import OUTPUTS_AT_ONCE, climb
from edgewise.certify.evaluate import evaluate_torch
from edgewise.certify.features import expand
from edgewise.certify.intervals import Interval
from edgewise.certify.stack import read_stack

BASES = [kind for kind in registry().values() if kind.__module__.startswith("edgewise.")]
NORMS = (None, "affine", "tanh", "layer")


def make_random(seed):
    """A model whose basis, norm, base and widths follow from a seed."""
    random = np.random.default_rng(seed)
    widths = [int(random.integers(2, 4)), int(random.integers(2, 4)), int(random.integers(1, 3))]
    return ew.KAN(
        widths,
        basis=BASES[seed % len(BASES)](),
        norm=NORMS[seed % len(NORMS)],
        base=[None, "silu", "identity"][seed % 3],
        seed=torch.Generator().manual_seed(seed),
    )


def attack(function, low, high, features, starts, seed=1):
    """The least and the greatest value that gradient ascent meets, in a way of its own.

    Each output has starts of its own, for the least and for the greatest value.
    """
    generator = torch.Generator().manual_seed(seed)
    outputs = function(torch.zeros(1, features, dtype=torch.float64)).shape[1]
    shape = (2, outputs, starts, features)
    x = low + (high - low) * torch.rand(shape, generator=generator, dtype=torch.float64)
    sign = torch.tensor([-1.0, 1.0])[:, None, None]
    best, step = torch.full((2, outputs), -torch.inf).double(), (high - low) / 20
    for _ in range(40):
        x = x.detach().requires_grad_()
        every = function(x.reshape(-1, features)).reshape(*shape[:3], outputs)
        y = sign * torch.stack([every[:, o, :, o] for o in range(outputs)], 1)
        best = torch.maximum(best, y.detach().amax(2))
        (slope,) = torch.autograd.grad(y.sum(), x)
        length = slope.norm(dim=-1, keepdim=True).clamp_min(1e-12)
        x = (x.detach() + step * slope / length).clamp(low, high)
        step *= 0.93
    return -best[0].numpy(), best[1].numpy()


@pytest.mark.parametrize("seed", range(12))
def test_no_search_leaves_the_bounds(seed):
    model = make_random(seed)
    proof = ew.certify(model, (-1, 1), boxes=4, starts=8)
    stack, features = read_stack("test", model), model.in_features
    least, most = attack(lambda x: evaluate_torch(stack, x), -1, 1, features, 20)
    assert (least >= proof.low).all()
    assert (most <= proof.high).all()
    x = 2 * torch.rand(300, features, generator=torch.Generator().manual_seed(2)).double() - 1
    x.requires_grad_()
    for o in range(len(proof.low)):
        (slope,) = torch.autograd.grad(evaluate_torch(stack, x)[:, o].sum(), x)
        assert (slope.numpy() >= proof.slopes[o, :, 0] - 1e-9).all()
        assert (slope.numpy() <= proof.slopes[o, :, 1] + 1e-9).all()
        assert slope.abs().sum(1).max() <= proof.lipschitz[o] + 1e-9
    assert (proof.gap >= 0).all()
    assert (proof.lipschitz_gap >= -1e-9).all()


def make_known(function, low=-1.0, high=1.0):
    """A layer of splines that is Σ_i function(x_i) up to the splines' accuracy."""
    layer = ew.KANLinear(2, 1, basis=ew.BSpline(grid=20, lo=low, hi=high), base=None, bias=False)
    x = torch.linspace(low, high, 400, dtype=torch.float64)
    phi = layer.basis.evaluate(x[:, None], (layer.grid[0].double(),))[:, 0]
    coef = torch.linalg.lstsq(phi[:-1], function(x)[:-1, None]).solution
    with torch.no_grad():
        layer.coef.copy_(coef[None].expand(2, -1, -1))
    return ew.KAN.from_layers([layer])


def test_known_answers():
    inside = (-0.99, 0.99)
    rising = ew.certify(make_known(torch.exp), inside)
    np.testing.assert_allclose(rising.high, 2 * np.exp(0.99), rtol=1e-3)
    np.testing.assert_allclose(rising.low, 2 * np.exp(-0.99), rtol=1e-3)
    np.testing.assert_allclose(rising.lipschitz, 2 * np.exp(0.99), rtol=0.02)
    assert rising.monotone.tolist() == [[1, 1]]
    assert rising.convex.tolist() == [[1, 1]]
    assert rising.gap.max() < 0.01
    bowl = ew.certify(make_known(lambda x: -x * x), inside)
    assert bowl.monotone.tolist() == [[0, 0]]
    assert bowl.convex.tolist() == [[-1, -1]]
    assert "convex [-1, -1]" in str(bowl)


@pytest.mark.parametrize("norm", [None, "affine"])
@pytest.mark.parametrize("basis", [ew.BSpline(grid=4, linear_tails=True), ew.Gaussian(num=3)])
def test_inputs_with_functions_of_their_own_are_expanded_at_once(basis, norm, monkeypatch):
    """Numpy takes as long for one input as for all of them; and each has the bits that it had."""
    x = torch.linspace(-1, 1, 40)[:, None] ** 3 * torch.tensor([1.0, 2.0, 0.3])
    model = ew.grids.adapt(ew.KAN([3, 2], basis=basis, norm=norm, seed=0), x)
    (part,), calls = read_stack("test", model.eval()).stages[0].parts, []
    cells = layer_polynomials.divide(np.array([-0.9, 0.1, -3.0]), np.array([0.2, 0.1, 3.0]), 4)
    monkeypatch.setattr(stages, "expand", lambda *args: calls.append(1) or expand(*args))
    together = list(layer_polynomials.trace_curves(part, cells))
    assert len(calls) == 1
    monkeypatch.setattr(layer_polynomials, "MOST_AT_ONCE", 1)
    alone = list(layer_polynomials.trace_curves(part, cells))
    assert len(calls) == 4
    for one, other in zip(together, alone, strict=True):
        for name in ("value", "radii"):
            assert np.array_equal(getattr(one, name), getattr(other, name))
        assert all(map(np.array_equal, one.natural, other.natural))


def test_the_search_climbs_every_output():
    """More outputs than share their calls, each with a peak of its own."""
    peaks = torch.linspace(-0.6, 0.6, OUTPUTS_AT_ONCE + 3, dtype=torch.float64)
    ends = np.array([[-1.0, 1.0]] * 6)
    found = climb(lambda x: 1 - (x[:, :, None] - peaks).square().sum(1), ends, 4)
    assert (found <= 1).all()
    assert (found > 1 - 1e-4).all()


def test_a_polygon_is_not_called_convex():
    layer = ew.KANLinear(1, 1, basis=ew.BSpline(grid=4, degree=1), base=None, bias=False)
    with torch.no_grad():
        layer.coef.copy_(-layer.grid[0][1:-1].abs()[None, :, None])  # a roof
    assert ew.certify(ew.KAN.from_layers([layer]), (-0.9, 0.9)).convex.tolist() == [[0]]


def test_differences_of_two_models():
    first = ew.KAN([2, 3, 1], seed=torch.Generator().manual_seed(0))
    second = ew.KAN([2, 3, 1], seed=torch.Generator().manual_seed(0))
    with torch.no_grad():
        second.layers[1].bias += 0.25
    apart = ew.certify(first, (-0.5, 0.5), other=second, boxes=8, starts=8)
    assert 0.25 - 1e-6 <= apart.found[0] <= apart.bound[0]
    stacks = [read_stack("test", model) for model in (first, second)]
    _, best = attack(
        lambda x: (evaluate_torch(stacks[0], x) - evaluate_torch(stacks[1], x)).abs(),
        -0.5, 0.5, 2, 20,
    )  # fmt: skip
    assert best[0] <= apart.bound[0]
    assert apart.gap[0] >= 0


def test_more_boxes_are_tighter():
    model = make_random(0)
    few, many = (ew.certify(model, (-1, 1), boxes=n, starts=4) for n in (1, 8))
    assert (many.high - many.low < few.high - few.low).all()
    assert many.boxes == 8


def test_wrong_arguments():
    model = ew.KAN([2, 1])
    with pytest.raises(TypeError, match="certify expected a KAN"):
        ew.certify(torch.nn.Linear(2, 1), (-1, 1))
    with pytest.raises(ValueError, match="boxes to be an integer ≥ 1"):
        ew.certify(model, (-1, 1), boxes=0)
    with pytest.raises(ValueError, match="models of the same sizes"):
        ew.certify(model, (-1, 1), other=ew.KAN([3, 1]))
    with torch.no_grad():
        model.layers[0].coef[0, 0, 0] = float("nan")
    with pytest.raises(ValueError, match="expected finite numbers"):
        ew.certify(model, (-1, 1))


@pytest.mark.parametrize("widths", [[2, (1, [2, 3]), 2], [3, (0, 2), (1, 1)]])
def test_products_are_within_their_bounds(widths):
    model = ew.KAN(widths, seed=1, dtype=torch.float64).eval()
    proof = ew.certify(model, (-1, 1), boxes=16, starts=4)
    x = (2 * torch.rand(500, widths[0], dtype=torch.float64) - 1).requires_grad_()
    y = model(x)
    assert (y.detach().numpy() >= proof.low).all()
    assert (y.detach().numpy() <= proof.high).all()
    for o in range(y.shape[1]):
        (slope,) = torch.autograd.grad(y[:, o].sum(), x, retain_graph=True)
        low, high = proof.slopes[o].T
        assert ((slope.numpy() >= low) & (slope.numpy() <= high)).all()
        assert (slope.abs().sum(1).numpy() <= proof.lipschitz[o]).all()
    assert (proof.high - proof.low <= 3 * (proof.found_high - proof.found_low)).all()


def test_a_product_of_lines_is_certain():
    """y = (1 + x0) (2 + x1) rises in both inputs and is neither convex nor concave in either."""
    layers = [ew.KANLinear(2, 2, norm=None, init="zero"), ew.KANLinear(1, 1, init="zero")]
    with torch.no_grad():
        for layer in layers:
            layer.coef.zero_()
        layers[0].base_weight.copy_(torch.eye(2))
        layers[0].bias.copy_(torch.tensor([1.0, 2.0]))
        layers[1].base_weight.fill_(1.0)
    proof = ew.certify(ew.KAN.from_layers(layers, products=[(2,), ()]), (-0.5, 0.5), boxes=4)
    assert proof.monotone.tolist() == [[1, 1]]
    assert proof.low[0] == pytest.approx(0.75, abs=0.2)
    assert proof.high[0] == pytest.approx(3.75, abs=1e-6)


@pytest.fixture
def ramps():
    """A basis as a user writes it, and one that doesn't say where its formula changes."""

    class Ramps(ew.Basis):
        name = "ramps of a test"
        starts = torch.tensor([-0.5, 0.2])

        @property
        def num_basis(self):
            return 2

        def breakpoints(self, grid):
            return self.starts.double()

        def evaluate(self, z, grid):
            return (z[..., None] - self.starts.to(torch.float64)).clamp_min(0)

    class Silent(Ramps):
        name = "silent ramps of a test"
        breakpoints = ew.Basis.breakpoints

    yield Ramps(), Silent()
    for kind in (Ramps, Silent):
        del base._REGISTRY[kind.name]


def test_a_users_basis_is_certified_if_it_says_where_it_changes(ramps):
    model, silent = (
        ew.KAN.from_layers([ew.KANLinear(2, 1, basis=each, norm=None, base=None)]) for each in ramps
    )
    with torch.no_grad():
        model.layers[0].coef.fill_(1.0)
        model.layers[0].bias.zero_()
    proof = ew.certify(model, (-1, 1), boxes=4)
    assert proof.monotone.tolist() == [[1, 1]]
    np.testing.assert_allclose([proof.low[0], proof.high[0]], [0.0, 2 * 2.3], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(proof.lipschitz, [4.0], rtol=1e-6)
    with pytest.raises(ValueError, match="add the point"):
        ew.certify(silent, (-1, 1))


def test_a_number_that_was_rounded_is_an_interval_around_it():
    tenth = Interval.read(0.1)
    assert float(tenth.lo) < 0.1 < float(tenth.hi)
    for exact in (0.25, 3.0, 7, 5 / 1024, np.array([0.1])):
        held = Interval.read(exact)
        assert np.array_equal(held.lo, held.hi)
        assert np.array_equal(held.lo, exact)
