"""Every function of the library against its sympy expression, its flags, and its extremes."""

import math

import numpy as np
import pytest
import sympy
import torch

import edgewise as ew
from edgewise.formula.affine import core_of
from edgewise.formula.continued import TINY
from edgewise.formula.data import COUNTED_ROWS
from edgewise.formula.expression import Input, apply
from edgewise.formula.function import _difference
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.formula.signs import is_no_negative, is_positive
from edgewise.laws.functions import ERF, JINC, SINC
from edgewise.symbolic import LIBRARY, Function, Library
from edgewise.symbolic.criterion import constants, edge_bits
from edgewise.symbolic.curve_fits import WeightedCurves, fit_function
from edgewise.training import levenberg_marquardt

F64 = torch.float64
Z = sympy.Symbol("z", real=True)
NAMES = list(LIBRARY)
PYKAN = {  # pykan 0.2.8's SYMBOLIC_LIB, name by name
    "x": "z",
    "x^2": "z**2",
    "x^3": "z**3",
    "x^4": "z**4",
    "x^5": "z**5",
    "1/x": "1/z",
    "1/x^2": "1/z**2",
    "1/x^3": "1/z**3",
    "1/x^4": "1/z**4",
    "1/x^5": "1/z**5",
    "sqrt": "sqrt(z)",
    "x^0.5": "sqrt(z)",
    "x^1.5": "sqrt(z)**3",
    "1/sqrt(x)": "1/sqrt(z)",
    "1/x^0.5": "1/sqrt(z)",
    "exp": "exp(z)",
    "log": "log(z)",
    "abs": "Abs(z)",
    "sin": "sin(z)",
    "cos": "cos(z)",
    "tan": "tan(z)",
    "tanh": "tanh(z)",
    "sgn": "sign(z)",
    "arcsin": "asin(z)",
    "arccos": "acos(z)",
    "arctan": "atan(z)",
    "arctanh": "atanh(z)",
    "0": "0",
    "gaussian": "exp(-z**2)",
}


def inside(function, rows=400, reach=3.0, seed=0, gap=0.02):
    """Random arguments at which f is defined and smooth."""
    low, high = (max(-reach, function.domain[0] + gap), min(reach, function.domain[1] - gap))
    g = torch.Generator().manual_seed(seed)
    u = torch.rand(rows, generator=g, dtype=F64) * (high - low) + low
    if function.pole is not None or function.name in ("abs", "sign"):
        u = u[u.abs() > gap]
    if function.name == "tan":
        u = u[u.cos().abs() > gap]
    return u


def values(expression, u):
    found = sympy.lambdify(Z, expression, ["scipy", "numpy"])(u.numpy())
    return torch.from_numpy(np.broadcast_to(np.asarray(found, dtype=float), u.shape).copy())


def extremes(dtype):
    """Zero, poles, ends of domains, the largest numbers, and what is just beside them."""
    info = torch.finfo(dtype)
    v = [0.0, info.tiny, TINY / 2, TINY, 2 * TINY, 1 - TINY, 1 - 2 * TINY, 1.0, 1 - info.eps / 2]
    v += [1 + info.eps, 1 + TINY, 1.5, math.pi / 2, math.pi, 1.5 * math.pi, 88.7, 89.0, 300, 709.8]
    v += [info.max**p for p in (0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.6, 0.9)]
    v += [1e300] * (dtype == F64) + [info.max / 2, info.max]
    v = torch.tensor(v, dtype=dtype)
    return torch.cat([v, -v])


@pytest.mark.parametrize("name", NAMES)
def test_torch_and_sympy_agree(name):
    f = LIBRARY[name]
    u = inside(f)
    assert len(u) > 300
    torch.testing.assert_close(f.torch(u), values(f.sympy(Z), u), rtol=1e-13, atol=1e-15)
    shaped = u[:300].view(3, 4, 25)
    assert torch.equal(f.torch(shaped), f.torch(u[:300]).view(3, 4, 25))
    slope = values(sympy.diff(f.sympy(Z), Z), u) if name != "sign" else torch.zeros_like(u)
    value, found = f.value_and_slope(u)
    assert torch.equal(value, f.torch(u))
    torch.testing.assert_close(found, slope, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [torch.float32, F64], ids=str)
def test_values_and_gradients_are_finite_everywhere(name, dtype):
    f, u = LIBRARY[name], extremes(dtype)
    value, slope = f.value_and_slope(u)
    assert value.dtype == slope.dtype == dtype
    assert value.isfinite().all(), u[~value.isfinite()]
    assert slope.isfinite().all(), u[~slope.isfinite()]


@pytest.mark.parametrize("name", NAMES)
def test_gradcheck(name):
    f = LIBRARY[name]
    u = inside(f, 12, reach=2.0, gap=0.1).requires_grad_()
    if name not in ("0", "sign"):
        assert torch.autograd.gradcheck(f.torch, (u,))
    else:
        assert not f.value_and_slope(u)[1].any()


@pytest.mark.parametrize("name", NAMES)
def test_exact_at_the_ends_of_its_domain_and_undefined_beyond(name):
    f = LIBRARY[name]
    ends = torch.tensor([e for e in f.domain if math.isfinite(e)], dtype=F64)
    assert f.is_defined(ends).all()
    assert f.is_defined(inside(f)).all()
    with np.errstate(all="ignore"):
        torch.testing.assert_close(f.torch(ends), values(f.sympy(Z), ends), rtol=2e-8, atol=1e-15)
        outward = [e for e in (f.domain[0] - 1e-3, f.domain[1] + 1e-3) if math.isfinite(e)]
        beyond = torch.tensor(outward, dtype=F64)
        assert not f.is_defined(beyond).any()
        assert not values(f.sympy(Z), beyond).isfinite().any()
    if f.pole is not None:
        assert not f.is_defined(torch.tensor([f.pole, f.pole + TINY / 2, f.pole - TINY / 2])).any()
        assert f.sympy(Z).subs(Z, f.pole) == sympy.zoo


def is_line(f, g):
    """Whether g = p f + q."""
    a = torch.stack([f, torch.ones_like(f)], 1)
    missed = g - a @ torch.linalg.pinv(a) @ g
    return float(missed.abs().max()) < 1e-9 * float(g.abs().max().clamp_min(1e-300))


@pytest.mark.parametrize("name", NAMES)
def test_flags_say_what_c_and_d_make_up_for(name):
    """Both ways: what a flag claims holds, and what holds is claimed."""
    f = LIBRARY[name]
    u = inside(f, 200, reach=2.0, gap=0.3)
    scaled, shifted = u * 0.7, u + 0.5
    scales = is_line(f.torch(u), f.torch(scaled))
    shifts = is_line(f.torch(u), f.torch(torch.where(f.is_defined(shifted), shifted, u)))
    assert {"scale": (True, False), "shift": (False, True), "both": (True, True), "": (0, 0)}[
        f.free
    ] == (scales, shifts)
    assert constants(core_of(f)) == 3 - scales - shifts
    if f.domain[0] == -f.domain[1]:
        assert f.symmetric == is_line(f.torch(u), f.torch(-u))
    else:
        assert not f.symmetric
    if f.period:
        torch.testing.assert_close(f.torch(u + f.period), f.torch(u))
        assert not is_line(f.torch(u), f.torch(u + f.period / 3))


def test_pykans_functions_are_there():
    assert len(PYKAN) == 29
    ours = [f.sympy(Z) for f in LIBRARY.values()]
    for name, written in PYKAN.items():
        assert sympy.sympify(written, {"z": Z}) in ours, name
    assert len(LIBRARY) == len({str(e) for e in ours})  # and none twice


def test_searched_leaves_out_shifted_copies_only():
    left_out = set(LIBRARY) - {f.name for f in LIBRARY.distinct()}
    assert left_out == {"cos", "arccos"}
    u = inside(LIBRARY["cos"])
    torch.testing.assert_close(LIBRARY["cos"].torch(u), LIBRARY["sin"].torch(u + math.pi / 2))
    u = inside(LIBRARY["arccos"])
    assert is_line(LIBRARY["arcsin"].torch(u), LIBRARY["arccos"].torch(u))
    assert [f.name for f in LIBRARY.only("cos", "x").distinct()] == ["cos", "x"]
    assert "cos" in {f.name for f in LIBRARY.without("sin").distinct()}


def test_libraries_by_name():
    mine = Function("mine", torch.erf, lambda z: sympy.erf(z))
    larger = LIBRARY.with_functions(mine)
    assert set(larger) == {*LIBRARY, "mine"}
    assert larger["mine"] is mine
    assert "mine" not in LIBRARY
    other = Function("exp", torch.expm1, lambda z: sympy.exp(z) - 1)
    assert LIBRARY.with_functions(other)["exp"] is other
    assert len(LIBRARY.with_functions(other)) == len(LIBRARY)
    assert list(LIBRARY.only("exp", "x")) == ["exp", "x"]
    assert set(LIBRARY.without("exp", "nothing")) == set(LIBRARY) - {"exp"}
    assert list(Library([])) == []


def test_names_that_are_not_there():
    with pytest.raises(KeyError, match=r"expected a function among .*sin.*got 'sine'"):
        LIBRARY["sine"]
    with pytest.raises(ValueError, match=r"expected functions among .*got 'sine': add it with"):
        LIBRARY.only("sin", "sine")


def test_a_function_of_ones_own():
    mine = LIBRARY.only("x", "x^2", "sin").with_functions(
        Function("u exp u", lambda u: u * u.exp(), lambda z: z * sympy.exp(z))
    )
    x = torch.linspace(-1, 1, 200, dtype=F64)
    u = 1.7 * x - 0.4
    y = 0.6 * u * u.exp() + 2
    curves = WeightedCurves(x[None], y[None, None], torch.ones(1, 200).double())
    fit = fit_function(mine["u exp u"], curves)
    assert [float(v) for v in (fit.a, fit.b, fit.c, fit.d)] == pytest.approx([1.7, -0.4, 0.6, 2])
    data = torch.linspace(-1, 1, 60, dtype=F64)[:, None]
    target = 0.6 * (1.7 * data - 0.4) * (1.7 * data - 0.4).exp()
    model = ew.KAN([1, 1], dtype=F64)
    levenberg_marquardt(model, (data, target), steps=5)
    found = ew.symbolic.regress(model, data, target, library=mine)
    assert [e.parts.function for e in found.stack()[0].symbolic.edges()] == [mine["u exp u"]]
    symbol = sympy.Symbol("x0")
    fresh = np.linspace(-1, 1, 17)
    formula = sympy.lambdify(symbol, found.formula())(fresh)
    assert formula == pytest.approx(0.6 * (1.7 * fresh - 0.4) * np.exp(1.7 * fresh - 0.4), abs=1e-9)


def test_without_gradients_no_mode_is_switched(monkeypatch):
    """A switch is a node of an exported graph, and to inline it takes a fifth of an export."""
    u = torch.tensor([0.2, 0.5])
    with torch.no_grad(), monkeypatch.context() as patch:
        patch.setattr(torch, "set_grad_enabled", None)
        for name in ("sqrt", "sin", "tan"):
            assert LIBRARY[name](u).isfinite().all()


def test_bits_grow_with_complexity_harm_and_precision():
    bits = [
        edge_bits(core_of(LIBRARY["sin"]), harm, 1e-6, 8, rows=COUNTED_ROWS)
        for harm in (0, 1e-7, 1e-6, 1e-3, 1)
    ]
    assert bits == sorted(bits)
    assert bits[0] == pytest.approx(3 + 3 * 0.5 * math.log2(1e6))
    assert bits[2] == pytest.approx(bits[0] + 4)  # harm = floor: half a bit for each coefficient
    assert edge_bits(core_of(LIBRARY["0"]), 0.0, 1e-6, 8, rows=COUNTED_ROWS) == 0
    line = edge_bits(core_of(LIBRARY.identity), 0, 1e-6, 8, rows=COUNTED_ROWS)
    assert line == pytest.approx(1 + 0.5 * math.log2(1e6))
    by_constants = [
        edge_bits(core_of(LIBRARY[n]), 0, 1e-6, 8, rows=COUNTED_ROWS) for n in ("x", "x^2", "sin")
    ]
    assert by_constants == sorted(by_constants)


EVERY = {**LIBRARY, **{f.name: f for f in (ERF, SINC, JINC)}}


@pytest.mark.parametrize("name", EVERY)
def test_numpy_and_torch_have_the_same_values_and_slopes(name):
    f = EVERY[name]
    u = inside(f)
    value, slope = f.value_and_slope(u)
    for xp, at in ((np, u.numpy()), (torch, u)):
        found = f.evaluate(at, xp)
        assert type(found) is type(at)
        np.testing.assert_allclose(np.asarray(found), value, rtol=1e-11, atol=1e-15)
        slopes = np.broadcast_to(np.asarray(f.differentiate(at, found, xp)), slope.shape)
        np.testing.assert_allclose(slopes, slope, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", EVERY)
def test_parity_range_inverse_and_known_values_both_ways(name):
    f = EVERY[name]
    u = inside(f, 4000, reach=26.0, gap=1e-6)
    if f.domain[0] == -f.domain[1] or f.pole == 0:
        signs = [s for s in (1, -1) if torch.allclose(f.torch(-u), s * f.torch(u), rtol=1e-12)]
        assert f.parity in (signs if name == "0" else signs[:1] or [0])
    else:
        assert f.parity == 0
    value = f.torch(u)
    low, high = f.range
    assert low <= value.min()
    assert value.max() <= high
    for end, reached in ((low, value.min()), (high, value.max())):
        if math.isfinite(end):  # these arguments come near to it
            assert abs(reached - end) < 0.06
    if f.inverse:
        other = EVERY[f.inverse]
        v = inside(other, 50, gap=1e-3)
        v = v if f.undoes(other) else v.clamp(*f.range)
        torch.testing.assert_close(f.torch(other.torch(v)), v, rtol=1e-8, atol=1e-8)
    for at, known in f.known.items():
        assert float(f.torch(torch.tensor(float(at), dtype=F64))) == pytest.approx(known, abs=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_text_is_read_as_the_function(name):
    f = EVERY[name]
    u = inside(f, 20)[:, None].numpy()
    for spelled in (f.spelling.text, *f.spelling.aliases):
        if spelled and "{u}" not in spelled:
            tree, _ = parse_formula(f"{spelled}(x0)")
            np.testing.assert_allclose(Program(tree).values(u), f.evaluate(u[:, 0]), rtol=1e-13)


def test_slopes_by_differences_are_those_of_the_function():
    """Of a function that torch can't differentiate."""
    f = Function("sine", torch.sin, sympy.sin)
    u = torch.cat([torch.linspace(-3, 3, 50, dtype=F64), torch.tensor([1e-9], dtype=F64)])
    torch.testing.assert_close(_difference(f.torch, u), u.cos(), rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("function", [SINC, JINC], ids=["sinc", "jinc"])
def test_slopes_of_waves_that_fade_are_right_to_rounding_beside_0(function):
    """Those of sin(u)/u and 2 J1(u)/u, whose series are taken there."""
    u = torch.logspace(-9, -0.5, 60, dtype=F64)
    slopes = function.differentiate(u, function.evaluate(u, torch), torch)
    second = {SINC: -1 / 3, JINC: -1 / 4}[function]  # of the value at 0
    fourth = {SINC: 1 / 30, JINC: 1 / 48}[function]
    sixth = {SINC: -1 / 840, JINC: -1 / 1536}[function]
    expected = u * (second + u**2 * (fourth + u**2 * sixth))
    torch.testing.assert_close(slopes[u < 0.05], expected[u < 0.05], rtol=2e-7, atol=0)


@pytest.mark.parametrize("name", EVERY)
def test_signs_that_are_claimed_hold_at_0_too(name):
    f, node = EVERY[name], apply(EVERY[name], Input(0))
    u = torch.cat([inside(f), torch.zeros(1, dtype=F64)])
    value = f.torch(u[f.is_defined(u)])
    assert (value > 0).all() or not is_positive(node)
    assert (value >= 0).all() or not is_no_negative(node)
    low = float(value.min())
    assert is_positive(node) == (f.range[0] > 0 and low > 0)
