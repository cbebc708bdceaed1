"""Calls of the kernels with everything drawn, ranked by their error in float64.

EDGEWISE_FUZZ=250 pytest -s draws 10,000 and prints the worst. An error is measured against the sums
of the absolute terms, whose rounding no order of summation avoids. Functions of height 1 are right
to the rounding of 1, so smaller values count as large as that; their slopes likewise, which in the
tails are up to 14 times as large, relative to the values, as where they are steepest.
"""

import random

import pytest
import torch
from every_basis import has_kernel
from instruction_sets import ISAS, use

import edgewise as ew
from edgewise.engines.activation import activation_of
from repeats import seeds

BOUND = {torch.float32: 1e-5, torch.float64: 1e-12}
SIZES = [1, 2, 3, 5, 7, 8, 16, 17, 31, 33, 64, 100, 130]


def draw_basis(draw):
    """One that has a kernel; the slopes of splines of degree 1 jump, so there are none."""
    cells, degree = draw.choice([1, 2, 3, 5, 8, 20, 64]), draw.randint(2, 5)
    low, high = draw.choice([(-1.0, 1.0), (-3.0, 3.0), (0.0, 1.0), (-2.0, 0.5)])
    makers = [
        lambda: ew.BSpline(cells, degree, low, high, uniform=draw.random() < 0.7),
        lambda: ew.BSpline(cells, draw.choice([2, 3]), low, high, linear_tails=True),
        lambda: ew.Gaussian(cells + 1, low, high),
        lambda: ew.Gaussian(cells + 1, low, high, width=draw.uniform(0.02, 2)),
        lambda: ew.RSWAF(cells + 1, low, high, inv_denominator=draw.uniform(0.3, 6)),
        lambda: ew.bases.Legendre(draw.randint(0, 9)),
        lambda: ew.Chebyshev(draw.randint(0, 9)),
        lambda: ew.bases.Jacobi(draw.randint(0, 6), draw.uniform(-0.5, 2), draw.uniform(-0.5, 2)),
        lambda: ew.Fourier(draw.randint(1, 9)),
    ]
    return next(b for b in iter(lambda: draw.choice(makers)(), None) if has_kernel(b))


def draw_call(seed):
    """The basis and the arguments of a call, its gradient of y, and the words that describe it."""
    draw, generator = random.Random(seed), torch.Generator().manual_seed(seed)
    basis, dtype = draw_basis(draw), draw.choice(list(BOUND))
    rows, features, outputs = (draw.choice(SIZES) for _ in range(3))
    base = draw.choice(["silu", "identity", None])

    def some(*shape):
        """Numbers of any size, sometimes out of an array of another order."""
        values = torch.randn(shape, generator=generator, dtype=torch.float64)
        values *= 2.0 ** draw.randint(-9, 9)
        if len(shape) > 1 and draw.random() < 0.2:
            values = values.transpose(0, 1).contiguous().transpose(0, 1)
        return values.to(dtype)

    x = (torch.randn(rows, features, generator=generator) * draw.choice([0.1, 0.5, 1, 3])).to(dtype)
    weight = None if base is None else some(features, outputs)
    bias = some(outputs) if draw.random() < 0.7 else None
    args = (x, some(features, basis.num_basis, outputs), weight, bias)
    grid = list(basis.init_grid(features, dtype=dtype))
    word = f"{basis}, {rows} × {features} → {outputs}, {dtype}, base {base}"
    return basis, args, grid, base, some(rows, outputs), word


def values_and_slopes(basis, grid, x):
    return torch.func.jvp(lambda z: basis.evaluate(z, grid), (x,), (torch.ones_like(x),))


def exact_results(basis, args, grid, base, dy):
    """y and the gradients of x, coef, base_weight and bias, each with its sums of |terms|."""
    x, coef, weight, bias = (None if t is None else t.double() for t in args)
    grid, dy = tuple(t.double() for t in grid), dy.double()
    phi, slope = values_and_slopes(basis, grid, x)
    weight = torch.zeros(coef.shape[0], coef.shape[2]).double() if weight is None else weight
    act = activation_of(base or "identity")
    value, rise = torch.func.jvp(act, (x,), (torch.ones_like(x),))
    bias = torch.zeros(coef.shape[2]).double() if bias is None else bias

    def formulas(phi, slope, value, rise, coef, weight, bias, dy):
        y = torch.einsum("big,igo->bo", phi, coef) + value @ weight + bias
        dx = torch.einsum("bo,igo,big->bi", dy, coef, slope) + dy @ weight.T * rise
        dcoef = torch.einsum("big,bo->igo", phi, dy)
        return {"y": y, "x": dx, "coef": dcoef, "base_weight": value.T @ dy, "bias": dy.sum(0)}

    terms = (phi, slope, value, rise, coef, weight, bias, dy)
    inside = torch.linspace(*basis.domain(grid), 400, dtype=torch.float64)[:, None]
    _, slopes_inside = values_and_slopes(basis, grid, inside.repeat(1, x.shape[1]))
    least = torch.finfo(args[0].dtype).eps / BOUND[args[0].dtype]
    phi = phi.abs().clamp(min=least)
    slope = slope.abs().clamp(min=14 * least * float(slopes_inside.abs().max()))
    sizes = formulas(phi, slope, *(t.abs() for t in terms[2:]))
    return {name: (true, sizes[name]) for name, true in formulas(*terms).items()}


def measure(seed):
    """The greatest error of a call by every instruction set, over its bound, and what it was."""
    basis, (x, coef, weight, bias), grid, base, dy, word = draw_call(seed)
    exact = exact_results(basis, (x, coef, weight, bias), grid, base, dy)
    call = (x, None, coef, weight, bias, grid, basis.engine_name, base, None, [])
    needs = [True, False, True, weight is not None, bias is not None] + [False] * len(grid)
    absent = {name for name, t in (("base_weight", weight), ("bias", bias)) if t is None}
    worst = (0.0, "")
    for isa in ISAS:
        with use(isa):
            y = torch.ops.edgewise.kan_linear(*call)
            dx, _, *rest = torch.ops.edgewise.kan_linear_backward(dy, *call, needs)[:5]
        found = dict(zip(exact, [y, dx, *rest], strict=True))
        for name, (true, size) in exact.items():
            if name not in absent:
                error = (found[name].double() - true).norm() / size.norm().clamp_min(1e-300)
                worst = max(worst, (float(error) / BOUND[x.dtype], f"{name} by {isa}: {word}"))
    return worst


def test_no_drawn_call_is_above_its_bound():
    ranked = sorted((measure(seed) for seed in seeds(40)), reverse=True)
    print(f"{len(ranked)} calls; the greatest errors over their bounds:")
    print("\n".join(f"{error:.3g} {word}" for error, word in ranked[:8]))
    assert ranked[0][0] <= 1, ranked[0]


@pytest.mark.parametrize("dtype", list(BOUND))
@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize("apart", [0.05, 0.3, 1.0, 2.1, 4.4, 4.6, 9.0, 40.0])
def test_each_bell_is_right_to_the_rounding_of_its_height(apart, isa, dtype):
    """Neighbours are computed from each other: also far from the one that a block begins with."""
    basis = ew.Gaussian(6, -2.0, 0.5, width=0.5 / apart)
    grid = list(basis.init_grid(1, dtype=dtype))
    x = torch.linspace(-2.3, 0.8, 3101, dtype=dtype)[:, None]
    exact, steep = values_and_slopes(basis, [t.double() for t in grid], x.double())
    call = (x, None, torch.eye(6, dtype=dtype)[None], None, None, grid, basis.engine_name, None)
    needs = [True, False, True, False, False, False, False]
    with use(isa):
        y = torch.ops.edgewise.kan_linear(*call, None, [])
        slopes = [
            torch.ops.edgewise.kan_linear_backward(dy.expand_as(y), *call, None, [], needs)[0]
            for dy in torch.eye(6, dtype=dtype)
        ]
    rounding = (100 + 10 * apart) * torch.finfo(dtype).eps
    assert (y - exact[:, 0]).abs().max() < rounding
    assert (torch.cat(slopes, 1) - steep[:, 0]).abs().max() < rounding * steep.abs().max()


@pytest.mark.parametrize("name", ["y", "x", "coef"])
def test_a_wrong_result_would_be_seen(name, monkeypatch):
    right = exact_results

    def wrong(*given):
        found = right(*given)
        true, size = found[name]
        return found | {name: (true * (1 + 1e-4), size)}

    monkeypatch.setitem(globals(), "exact_results", wrong)
    assert any(measure(seed)[0] > 1 for seed in range(8))
