"""c · f(a x + b) + d out of curves: constants recovered, whatever the units."""

import math
from dataclasses import replace
from itertools import cycle

import pytest
import torch

from edgewise.symbolic import LIBRARY, curve_fits
from edgewise.symbolic.curve_fits import WeightedCurves, fit_function

F64 = torch.float64
NAMES = [n for n in LIBRARY if n not in ("0", "sign")]
POINTS = 120
INPUTS, OUTPUTS = 4, 6


def uniform(g, *shape, low=-1.0, high=1.0):
    return torch.rand(shape, generator=g, dtype=F64) * (high - low) + low


def drawn(name, seed=0):
    return drawn_with_constants(name, seed)[0]


def drawn_with_constants(name, seed=0):
    """WeightedCurves on inputs of different ranges, each the function with constants of its own.

    The arguments cover an interval inside the domain: at least 0.7 wide, so that every function
    bends, and at most a few turns of those that oscillate.
    """
    f = LIBRARY[name]
    g = torch.Generator().manual_seed(seed)
    middle = uniform(g, INPUTS, 1, low=-5, high=5)
    half = 10 ** uniform(g, INPUTS, 1, low=-1, high=2)
    x = middle + half * torch.linspace(-1, 1, POINTS, dtype=F64)
    high = f.domain[1]
    one_sided = f.pole is not None or name == "log" or "sqrt" in name or "1.5" in name
    if one_sided:  # a power away from 0; on either side where there are two
        start = uniform(g, INPUTS, OUTPUTS, low=0.2, high=1.0)
        end = start + uniform(g, INPUTS, OUTPUTS, low=1.0, high=4.0)
        if f.pole is not None:
            flip = uniform(g, INPUTS, OUTPUTS) > 0
            start, end = torch.where(flip, -end, start), torch.where(flip, -start, end)
    elif math.isfinite(high):
        centre = uniform(g, INPUTS, OUTPUTS, low=-0.3, high=0.3)
        width = uniform(g, INPUTS, OUTPUTS, low=0.4, high=0.65)
        start, end = centre - width, centre + width
    elif name == "tan":
        centre = uniform(g, INPUTS, OUTPUTS, low=-0.3, high=0.3)
        start, end = centre - 0.8, centre + 0.8
    else:
        centre = uniform(g, INPUTS, OUTPUTS)
        width = uniform(g, INPUTS, OUTPUTS, low=1.1, high=12.0 if name == "sin" else 2.5)
        start, end = centre - width, centre + width
    a = (end - start) / (2 * half)
    b = start - a * (middle - half)
    if not f.symmetric and f.free != "scale":  # mirrored: exp
        a, b = torch.where(uniform(g, INPUTS, OUTPUTS) > 0, 1.0, -1.0) * a, b * 0
    c = uniform(g, INPUTS, OUTPUTS, low=0.3, high=3) * uniform(g, INPUTS, OUTPUTS).sign()
    d = uniform(g, INPUTS, OUTPUTS, low=-4, high=4)
    u = a[..., None] * x[:, None] + b[..., None]
    if f.free == "shift":
        u = u - u.mean(-1, keepdim=True)
    y = c[..., None] * f.torch(u) + d[..., None]
    return WeightedCurves(x, y, torch.ones(OUTPUTS, POINTS, dtype=F64)), a, b


def predicted(fit, x):
    u = fit.a[..., None] * x[:, None] + fit.b[..., None]
    return fit.c[..., None] * fit.function.torch(u) + fit.d[..., None]


def r2_of(y, p, w):
    """Weighted, by its definition."""
    w = w / w.sum(-1, keepdim=True)
    mean = (y * w).sum(-1, keepdim=True)
    return 1 - ((y - p).square() * w).sum(-1) / ((y - mean).square() * w).sum(-1)


@pytest.mark.parametrize("name", NAMES)
def test_recovers_the_function_with_random_constants(name):
    curves = drawn(name)
    fit = fit_function(LIBRARY[name], curves)
    assert fit.r2.shape == (INPUTS, OUTPUTS)
    assert float(fit.r2.min()) >= 1 - 1e-9
    p = predicted(fit, curves.x)
    torch.testing.assert_close(r2_of(curves.y, p, curves.weight), fit.r2, rtol=0, atol=1e-10)
    u = fit.a[..., None] * curves.x[:, None] + fit.b[..., None]
    assert LIBRARY[name].is_defined(u).all()


def test_steps_are_found_to_the_spacing_of_the_grid():
    """sign has no slope to follow: exact at 21 places, and elsewhere a 40th of the range away."""
    at = torch.linspace(-0.9, 0.9, 19, dtype=F64)
    x = torch.linspace(-1, 1, 120, dtype=F64)
    y = 0.4 * (x - at[:, None]).sign() + 3
    fit = fit_function(LIBRARY["sign"], WeightedCurves(x[None], y[None], torch.ones_like(y)))
    torch.testing.assert_close(predicted(fit, x[None])[0], y)
    drawn_fit = fit_function(LIBRARY["sign"], drawn("sign"))
    assert float(drawn_fit.r2.min()) > 0.85


@pytest.mark.parametrize("name", [n for n in NAMES if n != "x"])
def test_the_constants_themselves_come_back(name):
    """Up to the freedom that the flags name."""
    f = LIBRARY[name]
    curves, a, b = drawn_with_constants(name, seed=1)
    fit = fit_function(f, curves)
    if f.free == "scale":  # where the pole or corner is
        torch.testing.assert_close(fit.b / fit.a, b / a, rtol=1e-3, atol=1e-3)
    elif f.free == "shift":
        torch.testing.assert_close(fit.a, a, rtol=1e-4, atol=0)
    else:
        sign = (fit.a * a).sign()
        torch.testing.assert_close(sign * fit.a, a, rtol=1e-3, atol=1e-3)
        shift = sign * fit.b - b
        if f.period:  # sin and tan: c's sign makes up for half a period
            shift = torch.remainder(shift + 0.1, math.pi) - 0.1
        torch.testing.assert_close(shift, 0 * b, rtol=0, atol=1e-2)


@pytest.mark.parametrize("name", ["x", "x^2", "1/x", "sqrt", "exp", "sin", "arcsin", "arctan"])
def test_r2_is_affine_invariant(name):
    """Other units of x and y change constants, never the choice."""
    f = LIBRARY[name]
    g = torch.Generator().manual_seed(3)
    curves = drawn("sin" if name != "sin" else "tanh", seed=2)  # another function: R² < 1
    curves = replace(curves, y=curves.y + 0.05 * torch.randn(curves.y.shape, generator=g).double())
    fit = fit_function(f, curves)
    assert float(fit.r2.max()) < 1
    torch.testing.assert_close(
        r2_of(curves.y, predicted(fit, curves.x), curves.weight), fit.r2, rtol=0, atol=1e-9
    )
    for p, q, s, t in ((1e6, -3e6, 1, 0), (-1e-6, 0, 1, 0), (1, 0, 1e3, -700), (-2, 1, 1e-4, 0.5)):
        other = fit_function(f, replace(curves, x=s * curves.x + t, y=p * curves.y + q))
        torch.testing.assert_close(other.r2, fit.r2, rtol=0, atol=1e-6)
        torch.testing.assert_close(
            predicted(other, s * curves.x + t),
            p * predicted(fit, curves.x) + q,
            rtol=0,
            atol=2e-3 * abs(p) * float(curves.y.std()),
        )


def test_edges_do_not_touch_each_other():
    """All at once gives what each alone gives, also in blocks of inputs."""
    curves = drawn("tanh", seed=4)
    for name in ("x^2", "sin", "log"):
        together = fit_function(LIBRARY[name], curves)
        for i in range(INPUTS):
            for o in range(OUTPUTS):
                alone = WeightedCurves(
                    curves.x[i : i + 1], curves.y[i : i + 1, o : o + 1], curves.weight[:1]
                )
                one = fit_function(LIBRARY[name], alone)
                assert float(one.r2) == pytest.approx(float(together.r2[i, o]), abs=1e-9)


def test_blocks_of_inputs(monkeypatch):
    curves = drawn("sin", seed=5)
    whole = fit_function(LIBRARY["sin"], curves)
    monkeypatch.setattr(curve_fits, "GRID_NUMBERS", 1)
    torch.testing.assert_close(fit_function(LIBRARY["sin"], curves).r2, whole.r2)


def test_rows_without_weight_do_not_count():
    curves = drawn("sin", seed=6)
    y, weight = curves.y.clone(), curves.weight.clone()
    y[:, :, ::7] = 1e3
    weight[:, ::7] = 0
    fit = fit_function(LIBRARY["sin"], WeightedCurves(curves.x, y, weight))
    assert float(fit.r2.min()) >= 1 - 1e-9
    heavier = fit_function(LIBRARY["sin"], WeightedCurves(curves.x, y, 1e8 * weight))
    torch.testing.assert_close(heavier.r2, fit.r2)


def test_each_output_has_its_weights():
    x = torch.linspace(-1, 1, 200, dtype=F64)
    y = torch.where(x < 0, 2 * x, 5 * x)[None, None].expand(1, 2, -1)
    weight = torch.stack([x < 0, x > 0]).double()
    fit = fit_function(LIBRARY.identity, WeightedCurves(x[None], y, weight))
    torch.testing.assert_close(fit.a * fit.c, torch.tensor([[2.0, 5.0]], dtype=F64))
    torch.testing.assert_close(fit.r2, torch.ones(1, 2, dtype=F64))


def test_reach_bounds_the_frequency_that_is_found():
    x = torch.linspace(-1, 1, 400, dtype=F64)
    y = (30 * x + 0.3).sin()[None, None]
    curves = WeightedCurves(x[None], y, torch.ones(1, 400, dtype=F64))
    assert float(fit_function(LIBRARY["sin"], curves, reach=16).r2) < 0.5
    assert float(fit_function(LIBRARY["sin"], curves, reach=40).r2) > 1 - 1e-9


@pytest.mark.parametrize("value", [0.0, 1 / 3, -1e6, 1e-9])
def test_constant_curves(value):
    g = torch.Generator().manual_seed(0)
    x = uniform(g, 2, 50)
    curves = WeightedCurves(x, torch.full((2, 3, 50), value, dtype=F64), uniform(g, 3, 50, low=0.1))
    for f in LIBRARY.values():
        fit = fit_function(f, curves)
        torch.testing.assert_close(predicted(fit, x), curves.y, rtol=1e-12, atol=1e-300)
        assert ((fit.r2 >= 0) & (fit.r2 <= 1)).all(), f.name


NASTY = {
    "constant x": lambda x, y: (torch.full_like(x, 0.7), y),
    "x at zero": lambda x, y: (0 * x, y),
    "huge x": lambda x, y: (1e100 * x, y),
    "tiny x": lambda x, y: (1e-100 * x, y),
    "far x": lambda x, y: (1e9 + x, y),
    "huge y": lambda x, y: (x, 1e100 * y),
    "tiny y": lambda x, y: (x, 1e-100 * y),
    "an outlier": lambda x, y: (x, torch.where(x == x.max(), 1e30, y)),
    "two points": lambda x, y: (x[:, :2], y[..., :2]),
    "one point": lambda x, y: (x[:, :1], y[..., :1]),
}


@pytest.mark.parametrize(
    ("kind", "weighted"),
    [
        *zip(NASTY, cycle([True, False]), strict=False),
        *(("x at zero", True), ("huge y", True), ("one point", True)),
    ],
)
def test_never_nan(kind, weighted):
    g = torch.Generator().manual_seed(1)
    x, y = uniform(g, 1, 40), uniform(g, 1, 2, 40)
    x, y = NASTY[kind](x, y)
    weight = torch.ones(2, x.shape[1], dtype=F64)
    weight[1] *= weighted  # or a node that nothing depends on
    for f in LIBRARY.values():
        fit = fit_function(f, WeightedCurves(x, y, weight))
        for part in (fit.a, fit.b, fit.c, fit.d, fit.r2):
            assert part.isfinite().all(), f.name
        assert (fit.r2 <= 1).all(), f.name
        assert predicted(fit, x)[weight.sum(-1)[None].expand(1, -1) > 0].isfinite().all(), f.name
