"""Formulas out of trained networks; and honest answers where there is none."""

import copy
import functools
import math

import numpy as np
import pytest
import sympy
import torch

import edgewise as ew
from edgewise.formula.exactness import is_structured
from edgewise.formula.program import Program
from edgewise.search.evidence import explained_fraction
from edgewise.symbolic import LIBRARY, SymbolicKAN, regress
from edgewise.symbolic.criterion import inexact_constants
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicLayer
from edgewise.symbolic.verdict import judge
from edgewise.training import levenberg_marquardt

F64 = torch.float64
BASES = (ew.BSpline(5), ew.Gaussian(8), ew.RSWAF(8, -2, 2, inv_denominator=2.0))
LONG = 300.0  # seconds: no answer may depend on how busy the machine is


def points(columns=2, count=300, seed=0):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(count, columns, generator=g, dtype=F64) * 2 - 1


def hello(x):
    return torch.exp(torch.sin(math.pi * x[:, :1]) + x[:, 1:2] ** 2)


def learned(widths, x, y, basis=None, norm="affine", steps=40, seed=0):
    g = torch.Generator().manual_seed(seed)
    model = ew.KAN(widths, basis=basis, norm=norm, seed=g, dtype=F64)
    levenberg_marquardt(model, (x, y), steps=steps)
    return model


@functools.cache
def hello_model(basis=BASES[0]):
    """Near the truth: sin(πx0) + x1² in the middle, as training from many seeds finds it."""
    x = points()
    middle = (torch.sin(math.pi * x[:, :1]) + x[:, 1:] ** 2) / 2 - 0.2
    layers = [ew.KANLinear(n, 1, basis=basis, norm=None, dtype=F64) for n in (2, 1)]
    levenberg_marquardt(layers[0], (x, middle), steps=3)
    levenberg_marquardt(layers[1], (layers[0](x).detach(), hello(x)), steps=3)
    model = ew.KAN.from_layers(layers)
    levenberg_marquardt(model, (x, hello(x)), steps=20)
    return model


def as_numbers(formula, x):
    names = sympy.symbols(f"x0:{x.shape[1]}")
    return np.broadcast_to(sympy.lambdify(names, formula)(*x.numpy().T), len(x))


# ---- what is there is found ---------------------------------------------------------------------


@pytest.mark.parametrize("basis", BASES, ids=lambda b: b.name)
def test_hello(basis):
    x, fresh = points(), points(seed=9)
    model = hello_model() if basis is BASES[0] else hello_model(basis)
    found = regress(model, x, hello(x), budget=LONG)
    assert found.report.found
    assert found.report.exact
    x0, x1 = sympy.symbols("x0 x1")
    assert sympy.simplify(found.formula() - sympy.exp(sympy.sin(sympy.pi * x0) + x1**2)) == 0
    wanted = hello(fresh)[:, 0].numpy()
    assert as_numbers(found.formula(), fresh) == pytest.approx(wanted, abs=1e-6)
    assert found(fresh)[:, 0].detach().numpy() == pytest.approx(wanted, abs=1e-6)
    assert {e.function for e in found.report.edges} == {"sin", "x^2", "exp"}
    assert min(e.r2 for e in found.report.edges) > 0.999
    assert found.report.network_r2 < found.report.r2
    assert "found: exact" in str(found.report)
    told = str(found.report)
    assert "h₀ → y: exp" in told
    assert "x₀ → h₀: sin" in told
    assert "layer" not in told
    assert f"y = {found.report.statements[0].tree!s:.0}" in told
    shown = found.report._repr_html_()
    assert '<div class="formula"' in shown
    assert (
        "<td>x₁ → h₀</td><td>x²</td><td>1.0" in shown
        or "<td>x₁ → h₀</td><td>x²</td><td>0.99" in shown
    )


def test_the_report_has_the_formula_and_the_names_of_edges():
    x = points()
    model = hello_model()
    found = regress(model, x, hello(x), budget=LONG, input_names=["push", "x1"])
    (statement,) = found.report.statements
    values = Program(statement.tree).values(x.numpy())
    assert values == pytest.approx(hello(x)[:, 0].numpy(), abs=1e-6)
    assert f"{statement}" in str(found.report)
    assert {e.name for e in found.report.edges} == {"push → h₀", "x₁ → h₀", "h₀ → y"}
    shown = found.report._repr_html_()
    assert '<div class="formula" role="img" aria-label="y = exp(' in shown
    assert "<td>x₁ → h₀</td><td>x²</td>" in shown
    curves = regress(model, x, hello(x), numeric_above=0.0, budget=LONG).report
    assert curves.statements == []
    assert "(curve)" in curves._repr_html_()


def test_without_y_the_answers_of_the_network_are_read():
    """What the network makes of the function, not more: a formula of it, near the truth."""
    x = points()
    model = hello_model()
    with torch.no_grad():
        answers = model(x)
    found = regress(model, x, budget=LONG)
    assert found.report.network_r2 == pytest.approx(1, abs=1e-12)
    assert {e.function for e in found.report.edges} == {"sin", "x^2", "exp"}
    residual = (found(x) - answers).detach()
    assert found.report.rmse == pytest.approx(float(residual.square().mean().sqrt()))
    assert found.report.rmse < 0.02
    assert not found.report.exact


def test_two_outputs_and_names():
    x = points()
    y = torch.stack([2 * x[:, 0] + x[:, 1] ** 2, 3 * x[:, 1].exp() - 0.5], 1)
    model = learned([2, 2], x, y, steps=5)
    found = regress(model, x, y, input_names=["u", "v"], budget=LONG)
    u, v = sympy.symbols("u v")
    for f, wanted in zip(found.formula(), (2 * u + v**2, 3 * sympy.exp(v) - 0.5), strict=True):
        assert sympy.simplify(f - sympy.nsimplify(wanted)) == 0
    assert found.formula(1).free_symbols == {v}
    assert model.input_names is None


def test_a_pruned_model_reads_the_same_x():
    x = points(4)
    y = torch.sin(2 * x[:, 2:3]) + x[:, :1]
    model = learned([4, 1], x, y, steps=5)
    small = ew.prune(model, x, input_threshold=0.1)
    assert small.inputs == [0, 2]
    found = regress(small, x, y[:, 0], budget=LONG)
    x0, x2 = sympy.symbols("x0 x2")
    assert sympy.simplify(found.formula() - x0 - sympy.sin(2 * x2)) == 0
    assert found(points(4, seed=3)).shape == (300, 1)


def test_a_layernorm_is_unmixed():
    x = points(3)
    y = (torch.sin(2 * x[:, :1]) + x[:, 1:2] ** 2) + 0.5 * x[:, 2:]
    model = learned([3, 1], x, y, ew.Gaussian(8), norm="layer", steps=10)
    found = regress(model, x, y, budget=LONG)
    x0, x1, x2 = sympy.symbols("x0 x1 x2")
    assert sympy.simplify(found.formula() - sympy.sin(2 * x0) - x1**2 - x2 / 2) == 0
    assert found.report.exact
    answers = regress(model, x, budget=LONG)  # of a network that isn't a sum of curves
    assert as_numbers(answers.formula(), x) == pytest.approx(answers(x).detach()[:, 0].numpy())


# ---- what isn't there isn't claimed -------------------------------------------------------------


def test_noise_is_no_formula():
    x = points(count=200)
    y = torch.randn(200, 1, generator=torch.Generator().manual_seed(3)).double()
    found = regress(learned([2, 1], x, y, steps=5), x, y, budget=LONG)
    assert not found.report.found
    assert not found.report.exact
    assert found.report.r2 < 0.5
    assert str(found.report).startswith("no formula found: ")


def test_a_formula_under_noise_is_one():
    x = points(count=400)
    clean = torch.sin(2 * x[:, :1]) + x[:, 1:] ** 2
    noise = torch.randn(400, 1, generator=torch.Generator().manual_seed(3)).double()
    y = clean + 0.05 * clean.std() * noise
    found = regress(learned([2, 1], x, y, steps=5), x, y, budget=LONG)
    assert found.report.found
    assert not found.report.exact
    assert "look like noise" in found.report.reason
    assert found.report.r2 == pytest.approx(1 - 0.05**2, abs=1e-3)
    assert (found(x) - clean).square().mean().sqrt() < 0.02 * clean.std()


def test_a_library_without_the_function_is_no_formula():
    x = points()
    y = torch.sin(6 * x[:, :1]) + x[:, 1:]
    poor = LIBRARY.only("0", "x", "x^2", "x^3")
    model = learned([2, 1], x, y, ew.BSpline(10), steps=5)
    found = regress(model, x, y, library=poor, expressions=False, budget=LONG)
    assert not found.report.found
    assert {e.function for e in found.report.edges} <= set(poor)
    assert not regress(model, x, y, library=poor, budget=3).report.found


def test_constant_targets_are_no_formula():
    x = points(count=50)
    y = torch.full((50, 1), 2.5, dtype=F64)
    found = regress(learned([2, 1], x, y, steps=5), x, y, budget=LONG)
    assert not found.report.found
    assert found.report.reason == "y is constant"
    torch.testing.assert_close(found(points(seed=4)), torch.full((300, 1), 2.5, dtype=F64))


def test_a_constant_beside_an_exact_output_is_exact_too():
    x = points()
    y = torch.cat([torch.sin(3 * x[:, :1]), torch.full((len(x), 1), 2.0, dtype=F64)], 1)
    found = regress(learned([2, 2], x, y, ew.BSpline(20), steps=20), x, y, budget=LONG)
    assert found.report.exact


def test_numeric_above_leaves_curves():
    x = points()
    y = torch.sin(2 * x[:, :1]) + (x[:, 1:] * 9).sin() * (x[:, 1:] * 4).cos()
    model = learned([2, 1], x, y, ew.BSpline(20), steps=5)
    plain = {"library": ["0", "x", "x^2", "sin"], "expressions": False, "budget": LONG}
    found = regress(model, x, y, numeric_above=1e-3, **plain)
    assert not found.is_symbolic
    assert found.stack()[0].numeric_ends() == [(1, 0)]
    assert found.edge_labels() == [[["sin"], [None]]]
    assert [(e.input, e.function) for e in found.report.edges] == [(0, "sin"), (1, None)]
    assert not found.report.found
    assert found.report.reason == "some edges are still curves"
    assert "(curve)" in str(found.report)
    assert found.report.r2 > 0.999
    none = regress(model, x, y, numeric_above=0.0, **plain)
    assert none.stack()[0].numeric_ends()
    every = regress(model, x, y, numeric_above=math.inf, **plain)
    assert every.is_symbolic


EDGES = {
    "cubic": lambda x: x**3 + x**2 + x,
    "product": lambda x: torch.sin(3 * x) * torch.exp(-x),
    "sum": lambda x: torch.sin(3 * x) + x**2,
}


@pytest.mark.parametrize("kind", EDGES)
def test_edges_become_expressions(kind, tmp_path):
    """Of one network with two inputs: a curve that no single function is, beside one that is."""
    x, fresh = points(), points(seed=9)

    def law(x):
        return EDGES[kind](x[:, :1]) + 2 * x[:, 1:].exp()

    model = learned([2, 1], x, law(x), ew.BSpline(24, 5), steps=5)
    found = regress(model, x, law(x), budget=LONG)
    assert found.report.exact, found.report
    assert found(fresh).detach().numpy() == pytest.approx(law(fresh).numpy(), abs=1e-9)
    assert as_numbers(found.formula(), fresh) == pytest.approx(law(fresh)[:, 0].numpy(), abs=1e-9)
    assert not found.formula().atoms(sympy.Float)
    first, second = sorted(found.report.edges, key=lambda e: e.input)
    assert second.function == "exp"
    assert found.edge_labels()[0][0][0] == first.function
    assert first.r2 > 0.9999
    found.save(tmp_path / "m.safetensors")
    assert ew.load(tmp_path / "m.safetensors").formula() == found.formula()


def test_without_expressions_every_edge_is_one_function():
    x = points()
    y = EDGES["sum"](x[:, :1])
    model = learned([2, 1], x, y, ew.BSpline(24, 5), steps=5)
    found = regress(model, x, y, expressions=False, budget=LONG)
    assert not found.report.found
    assert {edge.function for edge in found.report.edges} <= set(LIBRARY)


def test_hidden_edges_become_expressions():
    """exp(-h) sin(3 h) of h = x0 + x1²."""
    x = points(count=600)
    middle = x[:, :1] + x[:, 1:] ** 2
    y = torch.exp(-middle) * torch.sin(3 * middle)
    layers = [ew.KANLinear(n, 1, basis=ew.BSpline(40, 5), norm=None, dtype=F64) for n in (2, 1)]
    levenberg_marquardt(layers[0], (x, middle / 3), steps=3)
    levenberg_marquardt(layers[1], (layers[0](x).detach(), y), steps=3)
    found = regress(ew.KAN.from_layers(layers), x, y, budget=LONG)
    assert found.report.exact, found.report
    fresh = points(seed=5)
    h = fresh[:, :1] + fresh[:, 1:] ** 2
    wanted = (torch.exp(-h) * torch.sin(3 * h)).numpy()
    assert found(fresh).detach().numpy() == pytest.approx(wanted, abs=1e-9)


# ---- how ----------------------------------------------------------------------------------------


def test_nothing_given_is_changed_and_answers_repeat():
    x = points(count=100)
    y = torch.sin(2 * x[:, :1]) + x[:, 1:]
    model = learned([2, 1], x, y, steps=5).train()
    before, data = copy.deepcopy(model.state_dict()), (x.clone(), y.clone())
    state = torch.get_rng_state()
    first, second = (regress(model, x, y, budget=LONG) for _ in range(2))
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert torch.equal(x, data[0])
    assert torch.equal(y, data[1])
    assert model.training
    assert first.formula() == second.formula()
    assert torch.equal(first(x), second(x))


def test_snap_is_a_choice():
    x = points()
    y = torch.sin(math.pi * x[:, :1]) + x[:, 1:]
    model = learned([2, 1], x, y, steps=5)
    found = regress(model, x, y, snap=False, budget=LONG)
    assert not found.exact_constants()
    assert found.formula().atoms(sympy.Float)
    assert found.report.exact
    assert regress(model, x, y, budget=LONG).formula().atoms(sympy.Float) == set()


def test_float32_lists_and_hours_of_budget_or_none():
    x = points(1, 100)
    y = 2 * x**2
    model = learned([1, 1], x, y, steps=5).float()
    for given in (x, x.float(), x.numpy(), x.tolist()):
        found = regress(model, given, y, budget=0.0)
        assert found(x).dtype == F64
        assert (found(x) - y).abs().max() < 1e-4
    assert {p.dtype for p in model.parameters()} == {torch.float32}


def test_verdicts():
    x = points(count=400)
    edges = SymbolicEdges(
        2, torch.zeros(1, dtype=F64), [Edge(0, 0, LIBRARY.identity, 1.0, 0.0, 1.0)]
    )
    model, y = SymbolicKAN([SymbolicLayer(edges)]), x[:, :1]
    noise = torch.randn(400, 1, generator=torch.Generator().manual_seed(0)).double()
    smooth = (3 * x[:, :1]).sin() * x[:, 1:]

    def of(residual, network=1.0):
        return judge(model, x, y, residual, network).kind

    assert of(0 * y) == of(0.9e-12 * smooth / smooth.std() * y.std()) == "exact"
    assert of(1.2e-12 * noise * y.std()) == "plausible"
    assert of(1e-7 * smooth) == "approximation"
    assert of(0.1 * noise) == "plausible"
    assert of(0.1 * noise, network=1e-4) == "approximation"
    assert of(0.1 * smooth) == of(1e-4 * smooth) == "approximation"
    assert of(0.1 * noise + 0.1 * smooth) == "approximation"
    assert of(2 * noise) == "approximation"
    waves = [Edge(0, 0, LIBRARY["sin"], 1.0 + k / 7, 0.3, 0.1) for k in range(15)]
    model = SymbolicKAN([SymbolicLayer(SymbolicEdges(2, edges.bias, waves))])
    assert inexact_constants(model) == 46  # and a bias
    assert of(0.1 * noise) == "approximation"  # a curve through the data
    assert of(1e-30 * noise) == of(1e-13 * noise) == "approximation"  # so many numbers fit anything
    assert explained_fraction(x, smooth) > 0.99
    assert explained_fraction(x, noise) < 0.04
    assert explained_fraction(x, 1e5 * smooth + 7) == pytest.approx(explained_fraction(x, smooth))
    wider = torch.cat([x, torch.full_like(x[:, :1], 1.2)], 1)
    assert explained_fraction(wider, noise) == explained_fraction(x, noise)
    assert explained_fraction(wider, smooth) == explained_fraction(x, smooth)


@pytest.mark.parametrize("rows", [6, 10, 20, 40, 80])
def test_noise_of_few_rows_has_no_structure(rows):
    g = torch.Generator().manual_seed(rows)
    noise = [torch.randn(2, rows, 1, generator=g, dtype=torch.float64) for _ in range(100)]
    alarms = sum(is_structured(explained_fraction(x, r), rows) for x, r in noise)
    assert alarms <= 12  # 5 are expected, and more than 12 in one of a thousand cases


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"model": torch.nn.Linear(2, 1)},
            TypeError,
            r"regress expected a KAN .*got Linear: it has no KAN",
        ),
        ({"x": points(3)}, ValueError, r"expected inputs with last dimension 2, got shape"),
        (
            {"x": points() * math.nan},
            ValueError,
            r"finite numbers, got .* in row 0: fill in",
        ),
        ({"x": points()[:0]}, ValueError, r"x expected at least one row of inputs, got shape"),
        (
            {"y": points(2)},
            ValueError,
            r"shape \(rows, 1\), got shape \(300, 2\): for cl",
        ),
        ({"y": points(1)[:9]}, ValueError, "regress expected y with 300 rows, as x, got 9: for"),
        ({"y": points(1) / 0}, ValueError, "regress y expected finite numbers, got"),
        (
            {"y": points(1) + 1j},
            ValueError,
            r"regress y expected real numbers, got torch.complex",
        ),
        (
            {"x": points() * 1j},
            ValueError,
            r"x expected real numbers, got torch.complex",
        ),
        ({"y": ["a"] * 300}, ValueError, "regress y expected numbers or booleans, got text"),
        ({"y": points(1) * 1e120}, ValueError, r"regress expected y within 1e±70, got .*rescale"),
        ({"y": points(1) * 1e-120}, ValueError, r"regress expected y within 1e±70, got .*rescale"),
        ({"x": points() * 1e100}, ValueError, r"regress expected x within 1e±70, got .*rescale"),
        ({"x": points() * 1e-100}, ValueError, r"regress expected x within 1e±70, got .*rescale"),
        ({"library": ["bessel"]}, ValueError, r"expected functions among .*got 'bessel'"),
        ({"library": "sin"}, TypeError, r"expected a Library or a list of names"),
        ({"input_names": ["a"]}, ValueError, r"expected 2 different input names, got \['a'\]"),
        ({"input_names": ["a", "a"]}, ValueError, r"expected 2 different input names, got"),
        ({"library": LIBRARY.only()}, ValueError, r"regress expected a library .*got none: "),
        ({"reach": 0.0}, ValueError, r"regress expected reach > 0 and at most 10000, got 0\.0: "),
        (
            {"reach": math.nan},
            ValueError,
            r"regress expected reach > 0 and at most 10000, got nan: ",
        ),
    ],
)
def test_what_can_not_be(change, error, message):
    given = {"model": ew.KAN([2, 1], dtype=F64), "x": points(), "y": points(1), **change}
    with pytest.raises(error, match=message):
        regress(given.pop("model"), given.pop("x"), given.pop("y"), **given)
