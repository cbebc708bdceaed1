"""Linear tails on the native engine: values and all gradients, against the reference in float64."""

import dataclasses

import pytest
import torch
from every_basis import KNOWN

import edgewise as ew
from edgewise.engines import native, reference
from every_pair import every_pair

OP = torch.ops.edgewise.kan_linear
BACKWARD = torch.ops.edgewise.kan_linear_backward
TRAINED = [b for b in KNOWN if any(b.trainable_grid)]
LONE = ew.Gaussian(1, width=1.0)  # a single centre has no tails
BASES = [dataclasses.replace(b, linear_tails=True) for b in KNOWN if b not in [*TRAINED, LONE]]
BASES += [
    *(ew.BSpline(3, degree, -2, 2, linear_tails=True) for degree in range(1, 6)),
    *(ew.BSpline(4, degree, -2, 1, uniform=False, linear_tails=True) for degree in range(1, 6)),
    ew.BSpline(1, 3, linear_tails=True),
    ew.Gaussian(30, -3, 3, linear_tails=True),
]
BOUND = {torch.float32: 2e-5, torch.float64: 1e-12}


def make(basis, dtype, rows=150, features=5, outputs=7, seed=0):
    """Arguments in that type; most inputs within the domain, others beyond, some at its ends."""
    g = torch.Generator().manual_seed(seed)

    def rand(*shape):
        return torch.randn(shape, generator=g, dtype=torch.float64).to(dtype)

    grid = list(basis.init_grid(features, dtype=torch.float64))
    if basis.name == "bspline" and not basis.uniform:
        bent = grid[0] + 0.1 * torch.rand(grid[0].shape, generator=g, dtype=torch.float64)
        grid[0] = bent.sort(-1).values
    grid = [t.to(dtype) for t in grid]
    lo, hi = basis.domain(grid)
    x = (lo + hi) / 2 + (hi - lo) * rand(rows, features)
    coef = rand(features, basis.num_basis, outputs)
    dy = rand(rows, outputs)
    return [x, None, coef, rand(features, outputs), rand(outputs), grid], dy


def native_results(basis, args, dy, base="silu"):
    needs = [True] * 5 + [False] * len(args[5])
    y = OP(*args, basis.engine_name, base, None, [])
    dx, _, dcoef, dbase, dbias, *_ = BACKWARD(dy, *args, basis.engine_name, base, None, [], needs)
    return {"y": y, "x": dx, "coef": dcoef, "base_weight": dbase, "bias": dbias}


def exact_results(basis, args, dy, base="silu"):
    x, _, *weights, grid = args
    leaves = [t.double().requires_grad_() for t in (x, *weights)]
    x, coef, base_weight, bias = leaves
    grid = [t.double() for t in grid]
    y = reference.kan_linear(x, None, coef, base_weight, bias, grid, basis, base)
    gradients = torch.autograd.grad((y * dy.double()).sum(), leaves)
    names = ("x", "coef", "base_weight", "bias")
    return {"y": y.detach(), **dict(zip(names, gradients, strict=True))}


def check(found, exact, bound):
    for name, value in exact.items():
        error = (found[name].double() - value).norm() / value.norm().clamp_min(1e-30)
        assert error <= bound, name


@every_pair(basis=BASES, dtype=[torch.float32, torch.float64], base=["silu", "identity"])
def test_values_and_all_gradients(basis, dtype, base):
    args, dy = make(basis, dtype)
    lo, hi = basis.domain(args[5])
    beyond = ((args[0] < lo) | (args[0] > hi)).double().mean()
    assert 0.2 < float(beyond) < (0.9 if lo < hi else 1.1)
    exact = exact_results(basis, args, dy, base)
    for level in native.isa_levels():
        with native.use_isa(level):
            check(native_results(basis, args, dy, base), exact, BOUND[dtype])


@pytest.mark.parametrize("basis", BASES, ids=str)
def test_far_away_they_are_lines(basis):
    args, dy = make(basis, torch.float64)
    args[0] = args[0].sign() * 1e4 * (1 + args[0].abs())
    check(
        native_results(basis, args, dy, "identity"),
        exact_results(basis, args, dy, "identity"),
        1e-10,
    )


@every_pair(
    basis=BASES, value=[torch.nan, torch.inf, -torch.inf], dtype=[torch.float32, torch.float64]
)
def test_rows_that_are_not_finite_spoil_themselves_alone(basis, value, dtype):
    args, dy = make(basis, dtype, rows=40)
    calm = native_results(basis, args, dy, "identity")
    args[0][3, 2] = value
    found = native_results(basis, args, dy, "identity")
    others = [k for k in range(40) if k != 3]
    assert not found["y"][3].isfinite().any()
    assert torch.equal(found["y"][others], calm["y"][others])
    assert torch.equal(found["x"][others], calm["x"][others])


@pytest.mark.parametrize("basis", BASES, ids=str)
def test_without_tails_the_same_call_answers_otherwise(basis):
    args, dy = make(basis, torch.float64)
    plain = dataclasses.replace(basis, linear_tails=False)
    difference = native_results(basis, args, dy)["y"] - native_results(plain, args, dy)["y"]
    lines = basis.num_basis <= 2 and basis.name in ("legendre", "chebyshev", "jacobi")
    assert bool(difference.abs().max() > 1e-6) != lines


@pytest.mark.parametrize("basis", TRAINED, ids=str)
def test_a_trained_grid_is_left_to_other_engines(basis):
    tails = dataclasses.replace(basis, linear_tails=True)
    layer = ew.KANLinear(3, 2, basis=tails, dtype=torch.float64)
    x = 4 * torch.randn(20, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    y = layer(x)
    names = [name for name, p in layer.named_parameters() if p.requires_grad]
    leaves = [p for p in layer.parameters() if p.requires_grad]
    found = torch.autograd.grad(y.square().sum(), leaves)
    layer.engine = "reference"
    expected = torch.autograd.grad(layer(x).square().sum(), leaves)
    for name, mine, theirs in zip(names, found, expected, strict=True):
        torch.testing.assert_close(mine, theirs, msg=name)
    layer.engine = "native"
    with pytest.raises(ValueError, match="no gradients for a grid with linear tails"):
        layer(x)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("name", sorted({b.name for b in BASES}))
def test_a_network_by_name_is_the_reference(name, dtype):
    model = ew.KAN([3, 6, 2], basis=name, dtype=dtype, seed=torch.Generator().manual_seed(0))
    x = 7 + 3 * torch.randn(90, 3, generator=torch.Generator().manual_seed(1), dtype=dtype)
    model(x)
    model.eval()
    results = []
    for engine in (None, "reference"):
        for layer in model.stack():
            layer.engine = engine
        y = model(3 * x)
        results.append([y, *torch.autograd.grad(y.square().mean(), list(model.parameters()))])
    for mine, theirs in zip(*results, strict=True):
        error = (mine - theirs).norm() / theirs.norm().clamp_min(1e-30)
        assert error.detach() <= BOUND[dtype]
