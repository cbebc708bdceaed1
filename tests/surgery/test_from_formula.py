"""Formulas read from text, and networks that compute them."""

import math

import pytest
import torch

import edgewise as ew
from edgewise.formula.parse import parse_formula
from edgewise.grids.changes import ChangeWarning
from edgewise.symbolic import SymbolicKAN


def rows(low, high, n=300, seed=0):
    t = torch.rand(n, len(low), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return torch.tensor(low) + t * (torch.tensor(high) - torch.tensor(low))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("exp(sin(pi*x0) + x1**2)", [-1.0, -1.0], [1.0, 1.0]),
        ("x0*x1", [-2.0, -1.0], [1.0, 3.0]),
        ("x0*x1 + x0/(1 + x1**2)", [-1.0, -1.0], [1.0, 1.0]),
    ],
)
def test_regress_gives_the_formula_back(text, low, high):
    ranges = list(zip(low, high, strict=True))
    kan = ew.surgery.from_formula(text, ranges, basis=ew.BSpline(8, 5), tolerance=1e-7)
    x = rows(low, high, 800)
    exact = ew.surgery.from_formula(text, ranges).requires_grad_(False)
    found = ew.symbolic.regress(kan, x, exact(x), evaluations=3000).requires_grad_(False)
    fresh = rows(low, high, 200, seed=1)
    assert (found(fresh) - exact(fresh)).abs().max() < 1e-6
    import sympy

    gap = sympy.simplify(sympy.nsimplify(found.formula() - exact.formula(), rational=True))
    size = [abs(float(gap.subs({"x0": a, "x1": b}))) for a, b in fresh[:20].tolist()]
    assert max(size) < 1e-6


def test_functions_are_the_library_s_and_sympys_names():
    text = "asin(x)+arctan(x)+Abs(x)+ln(x+3)+sgn(x)+tanh(x)+sqrt(x+2)+gaussian(x)+cosh(x)+2^x+e**x"
    model = ew.surgery.from_formula(text, (-0.9, 0.8))
    x = torch.linspace(-0.9, 0.8, 50, dtype=torch.float64)[:, None]
    expected = (
        x.asin() + x.atan() + x.abs() + (x + 3).log() + x.sign() + x.tanh() + (x + 2).sqrt()
        + (-x * x).exp() + x.cosh() + 2**x + math.e**x
    )  # fmt: skip
    assert (model(x) - expected).abs().max() < 1e-12
    assert model.input_names == ["x"]


def test_expressions_of_sympy_keep_their_digits():
    import sympy

    a, b = sympy.symbols("a b")
    model = ew.surgery.from_formula(
        sympy.Float("0.12345678901234567", 18) * a * b - sympy.Rational(1, 3)
    )
    x = torch.tensor([[1.0, 1.0]], dtype=torch.float64)
    assert model(x).item() == pytest.approx(0.12345678901234567 - 1 / 3, abs=1e-16)


def test_names_of_inputs():
    assert parse_formula("x3 + x1")[1] == ["x0", "x1", "x2", "x3"]
    assert parse_formula("v*m")[1] == ["m", "v"]
    assert parse_formula("x1 + y")[1] == ["x1", "y"]
    model = ew.surgery.from_formula("b + 2*a", input_names=["b", "a", "c"])
    assert model.in_features == 3
    assert model(torch.tensor([[1.0, 10.0, 0.0]], dtype=torch.float64)).item() == 21
    with pytest.raises(ValueError, match="name all inputs"):
        ew.surgery.from_formula("a + b", input_names=["a"])


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "x.real", "x[0]", "lambda x: x", "x if x else 1",
        "[x]", "f'{x}'", "x // 2", "x % 2", "sin(x, x)", "sin(*x)", "sin(x=1)", "(sin)(sin)(x)",
        "True + x", "1j*x", "'a'", "x; x", "", "x +", "1e999", "1e99*x",
        "(" * 300 + "x" + ")" * 300,
        "-" * 200 + "x", "x" * 30_000, "x := 2", "nothing(x)", "x/0", "x < 1", "x\0", "await x",
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        ew.surgery.from_formula(text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ranges": (1, -1)}, "low < high"),
        ({"ranges": [(0, 1)] * 3}, "2 of these"),
        ({"ranges": (0, math.inf)}, "finite"),
        ({"ranges": "ab"}, "ranges"),
        ({"spare": 1}, "with a basis"),
        ({"basis": "no such"}, "basis"),
    ],
)
def test_odd_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        ew.surgery.from_formula("x0 + x1", **arguments)


def test_formulas_must_be_defined_in_their_ranges():
    with pytest.raises(ValueError, match="is defined"):
        ew.surgery.from_formula("log(x0)", (-1, 1))
    assert isinstance(ew.surgery.from_formula("log(x0)", (0.1, 1)), SymbolicKAN)


def test_curves_that_are_too_coarse_say_so():
    with pytest.warns(ChangeWarning, match="differ from the formula"):
        model = ew.surgery.from_formula("sign(x0 - 0.123)", basis=ew.BSpline(5))
    assert model.report.relative > 0.1


def test_constants_beside_products_and_products_of_constants():
    text = "(1 + x0*x1)*(2 - x0) + 3"
    model = ew.surgery.from_formula(text, basis=ew.BSpline(3))
    x = rows([-1.0, -1.0], [1.0, 1.0])
    expected = (1 + x[:, :1] * x[:, 1:]) * (2 - x[:, :1]) + 3
    assert (model(x) - expected).abs().max() < 1e-9
    inside = ew.surgery.from_formula("sin(2*(x0*x1 + 1))", basis=ew.BSpline(8, 5))
    assert (inside(x) - torch.sin(2 * (x[:, :1] * x[:, 1:] + 1))).abs().max() < 1e-6
    constant = ew.surgery.from_formula("2.5", (0, 1), basis="chebyshev")
    assert constant(torch.zeros(1, 1, dtype=torch.float64)).item() == pytest.approx(2.5)


@pytest.mark.filterwarnings("ignore:layers.* functions never fire")
def test_spare_nodes_change_nothing_until_they_are_trained(tmp_path):
    generator = torch.Generator().manual_seed(0)
    plain = ew.surgery.from_formula("exp(x0*x1)", basis=ew.BSpline(8, 5))
    model = ew.surgery.from_formula("exp(x0*x1)", basis=ew.BSpline(8, 5), spare=2, seed=generator)
    assert [level.written for level in model.levels()] == [2, (2, 1), 1]
    x = rows([-1.0, -1.0], [1.0, 1.0])
    assert (model(x) - plain(x)).abs().max() < 1e-12
    y = (1.3 * x[:, :1] * x[:, 1:]).exp() + 0.1 * x[:, :1] ** 3
    before = float(ew.evaluate(model, (x, y))["loss"])
    ew.fit(model, (x, y), optimizer="lbfgs", steps=15, progress=False)
    assert float(ew.evaluate(model, (x, y))["loss"]) < 1e-2 * before
    ew.save(model, tmp_path / "m.safetensors")
    assert torch.equal(ew.load(tmp_path / "m.safetensors")(x), model(x))


def test_free_numbers_train_and_exact_ones_stay():
    model = ew.surgery.from_formula("2*sin(3.1*x0)")
    x = torch.linspace(-1, 1, 100, dtype=torch.float64)[:, None]
    found = model.refine(x, 2 * torch.sin(3.3 * x))
    assert str(found.formula().evalf(4)) == "2.0*sin(3.3*x0)"
