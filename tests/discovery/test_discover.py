"""Formulas with known answers: found from tables, exactly; and what is no formula is called so."""

import random

import numpy as np
import pandas as pd
import pytest
import sympy
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import make_moons

import edgewise as ew
from edgewise.bases import RSWAF, BSpline, Gaussian
from edgewise.bench.discovery import ROWS, errors
from edgewise.discovery import discover
from edgewise.discovery.discover import _front, _verdict
from edgewise.discovery.search import Data, Try
from edgewise.symbolic import LIBRARY
from edgewise.symbolic.formula import symbols_of, to_numpy
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicKAN, SymbolicLayer

F64 = torch.float64
BASES = {
    "bspline": BSpline(grid=7),
    "gaussian": Gaussian(num=10),
    "rswaf": RSWAF(num=10, inv_denominator=2.0),
}


def hello(x):
    return torch.exp(torch.sin(torch.pi * x[:, 0]) + x[:, 1] ** 2)


def product(x):
    return x[:, 0] * x[:, 1]


def radius(x):
    return (x[:, 0] ** 2 + x[:, 1] ** 2).sqrt()


def velocities(x):
    return (x[:, 0] + x[:, 1]) / (1 + x[:, 0] * x[:, 1])


KNOWN = {f.__name__: f for f in (hello, product, radius, velocities)}


def rows(count=600, columns=2, low=-0.9, high=0.9, seed=0):
    g = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(count, columns, generator=g, dtype=F64)


def noise(count, seed=1):
    return torch.randn(count, generator=torch.Generator().manual_seed(seed), dtype=F64)


def search(x, y, budget=60.0, **options):
    return discover(x, y, budget=budget, progress=False, **options)


def relative_error(found, f, columns=2, **where):
    """Of the sympy expression, on fresh points."""
    x = rows(500, columns, seed=99, **where)
    function = to_numpy(found.formula, symbols_of(found.input_names))
    with np.errstate(all="ignore"):
        value = np.broadcast_to(function(*x.numpy().T), 500)
    want = f(x).numpy()
    return float(np.sqrt(np.mean((value - want) ** 2)) / want.std())


# ---- known answers ----------------------------------------------------------------------------


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("name", KNOWN)
def test_finds_the_exact_formula(name, basis):
    f, x = KNOWN[name], rows()
    found = search(x, f(x), bases=[BASES[basis]])
    assert found.found
    assert "exact" in found.reason
    assert relative_error(found, f) <= 1e-6
    assert relative_error(found, f, low=-0.99, high=0.99) <= 1e-6  # beyond the data, too
    assert found.winner in found.front
    assert found.winner.r2 == pytest.approx(1, abs=1e-12)
    assert found.winner.rmse <= 1e-6 * float(f(x).std())
    with torch.no_grad():  # the network is the formula
        torch.testing.assert_close(found.model(x)[:, 0], f(x), rtol=1e-9, atol=1e-9)


def test_simple_constants_are_exact_ones():
    x0, x1 = sympy.symbols("x0 x1")
    want = {
        hello: sympy.exp(sympy.sin(sympy.pi * x0) + x1**2),
        product: x0 * x1,
        radius: sympy.sqrt(x0**2 + x1**2),
    }
    for f, expression in want.items():
        assert sympy.simplify(search(rows(), f(rows())).formula - expression) == 0


@pytest.mark.parametrize(
    ("f", "low", "high", "columns"),
    [
        (lambda x: -torch.exp(x[:, 0] + x[:, 1]), -1.0, 1.0, 2),
        (lambda x: x[:, 0] / (2 + x[:, 1]), -1.0, 1.0, 2),
        (lambda x: 3 * x[:, 0] - 0.5 * x[:, 1] + 7, -1.0, 1.0, 2),
        (lambda x: x[:, 0] ** 3, -1.0, 1.0, 1),
        (lambda x: x[:, 0] * x[:, 1] / x[:, 2] ** 2, 1.0, 3.0, 3),
        (lambda x: torch.exp(-((x[:, 0] - x[:, 1]) ** 2) / 2), 1.0, 3.0, 2),
    ],
    ids=["negative", "ratio", "line", "cube", "newton", "a difference"],
)
def test_finds_others(f, low, high, columns):
    x = rows(500, columns, low, high)
    found = search(x, f(x))
    assert found.found
    assert relative_error(found, f, columns, low=low, high=high) <= 1e-6


def test_an_input_that_is_constant_or_of_no_effect_does_no_harm():
    x = torch.cat([rows(400), torch.full((400, 1), 3.0, dtype=F64), rows(400, 1, seed=4)], 1)
    found = search(x, radius(x))
    assert found.found
    assert {s.name for s in found.formula.free_symbols} == {"x0", "x1"}


def test_a_row_beyond_the_others_does_not_hide_the_formula_of_a_network():
    """In this sample a row that judges lies where no row fits the network's outer curve."""
    x, y, x_test, y_test = next(r for r in ROWS if r.name == "singular log").data(0)
    found = search(x, y, 90.0, bases=[BASES["bspline"]])
    assert found.found
    assert errors(found, x_test, y_test)[1] <= 1e-6


@pytest.mark.parametrize("sample", range(3))
def test_products_are_found_from_any_sample(sample):
    x = rows(300, 2, -1, 1, seed=sample)
    found = search(x, product(x))
    assert found.found
    assert found.formula == sympy.Symbol("x0") * sympy.Symbol("x1")


@pytest.mark.parametrize(
    ("name", "share"),
    [("hello", 0.01), ("hello", 0.05), ("product", 0.01), ("product", 0.05), ("velocities", 0.05)],
)
def test_finds_the_formula_within_the_noise(name, share):
    f, x = KNOWN[name], rows(800)
    y = f(x)
    found = search(x, y + share * y.std() * noise(800), budget=60.0)
    assert found.found
    assert "noise" in found.reason
    assert relative_error(found, f) < 0.25 * share
    assert found.winner.rmse == pytest.approx(share * float(y.std()), rel=0.2)


@pytest.mark.parametrize("seed", [1, 2])
def test_noise_alone_is_no_formula(seed):
    found = search(rows(400, 2), noise(400, seed), budget=2.0)
    assert not found.found
    assert "explains" in found.reason
    assert str(found).startswith("no formula found; the best approximation is: y =")
    assert found.winner.r2 < 0.1


def test_a_claim_without_noise_is_a_formula_that_is_exact():
    """Of a function that is hard to find within three seconds: either found, or not claimed."""

    def f(x):
        steep = torch.exp(-8 * (x[:, 0] - 0.3) ** 2 * x[:, 1])
        return steep / (1.2 + torch.sin(5 * x[:, 0] * x[:, 1] ** 3))

    found = search(rows(400), f(rows(400)), budget=3.0)
    assert found.found == (relative_error(found, f) <= 1e-6)


# ---- the result -------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30))
def test_the_front_is_all_that_nothing_beats(pairs):
    tries = [Try(None, float(share), float(bits), "") for bits, share in pairs]
    front = [(t.complexity, t.share) for t in _front(tries)]
    unbeaten = {
        (bits, share)
        for bits, share in pairs
        if not any(b <= bits and s <= share and (b, s) != (bits, share) for b, s in pairs)
    }
    assert front == sorted(unbeaten)


def test_the_front_is_a_pareto_front_and_numbers_are_those_of_unseen_rows():
    x = rows(500)
    y = torch.sin(3 * x[:, 0]) * x[:, 1] + x[:, 0] ** 2 + 0.05 * noise(500)
    found = search(x, y, budget=4.0)
    for a in found.front:
        others = [b for b in found.front if b is not a]
        assert not any(b.complexity <= a.complexity and b.rmse <= a.rmse for b in others)
    sizes = [f.complexity for f in found.front]
    assert sizes == sorted(sizes)
    assert found.winner in found.front
    # The rows come in the order of the search, the last fifth judges.
    place = (found.x[:, None] == x[None]).all(-1).double().argmax(1)
    assert torch.equal(x[place], found.x)
    assert len(set(place.tolist())) == 500
    test = slice(400, None)
    target = y[place][test]
    for formula in found.front:
        with torch.no_grad():
            missed = (formula.model(found.x[test])[:, 0] - target).square().mean()
        assert formula.rmse == pytest.approx(float(missed.sqrt()), rel=1e-9)
        share = (1 - formula.r2) / formula.rmse**2
        assert share == pytest.approx((1 - found.winner.r2) / found.winner.rmse**2, rel=1e-6)
        with np.errstate(all="ignore"), torch.no_grad():
            values = formula.model.numpy()(found.x.numpy())
        inside = np.isfinite(values[:, 0])  # outside of asin's domain torch has its end
        assert inside.mean() > 0.9
        want = formula.model(found.x).detach().numpy()
        np.testing.assert_allclose(values[inside], want[inside], rtol=1e-6, atol=1e-8)
        assert formula.source in str(formula)
    assert found.baseline <= 1


def test_the_same_seed_gives_the_same_result():
    x = rows(400)
    y = hello(x) + 0.05 * noise(400)
    a, b = (search(x, y, seed=7) for _ in range(2))
    assert str(a.formula) == str(b.formula)
    assert [str(f) for f in a.front] == [str(f) for f in b.front]
    assert (a.found, a.reason, a.baseline) == (b.found, b.reason, b.baseline)
    assert torch.equal(a.x, b.x)
    assert not torch.equal(a.x, search(x, y, seed=8, budget=1e-9).x)


def test_no_random_state_and_no_input_is_changed():
    x = rows(300)
    y = -hello(x)
    before = x.clone(), y.clone()
    states = torch.get_rng_state(), np.random.get_state()[1].copy(), random.getstate()  # noqa: NPY002
    default = torch.get_default_dtype(), torch.get_num_threads()
    search(x, y)
    search(x, noise(300), budget=1.0)
    assert torch.equal(torch.get_rng_state(), states[0])
    assert np.array_equal(np.random.get_state()[1], states[1])  # noqa: NPY002
    assert random.getstate() == states[2]
    assert (torch.get_default_dtype(), torch.get_num_threads()) == default
    assert torch.equal(x, before[0])
    assert torch.equal(y, before[1])


FORMS = {
    "numpy": lambda x, y: (x.numpy(), y.numpy()),
    "float32": lambda x, y: (x.float(), y.float()),
    "float32 of numpy": lambda x, y: (x.float().numpy(), y.float().numpy()[:, None]),
    "a column": lambda x, y: (x, y[:, None]),
    "with gradients": lambda x, y: (x.clone().requires_grad_(), y.clone().requires_grad_()),
}


@pytest.mark.parametrize("form", FORMS)
def test_accepts(form):
    x, y = FORMS[form](rows(), radius(rows()))
    found = search(x, y)
    assert found.found
    assert relative_error(found, radius) <= 1e-6
    assert found.model(rows(5)).dtype == F64


def test_a_table_brings_its_names():
    table = pd.DataFrame({"u": rows()[:, 0].numpy(), "v": rows()[:, 1].numpy()})
    found = search(table, (table["u"] * table["v"]).rename("w"))
    assert found.formula == sympy.Symbol("u") * sympy.Symbol("v")
    assert "w = u*v" in str(found)
    named = search(table, table["u"] * table["v"], input_names=["a", "b"], output_name="w")
    assert "w = a*b" in str(named)
    assert "y = u*v" in str(search(table, table["u"] * table["v"]))


def test_columns_of_text_are_refused():
    table = pd.DataFrame({"u": rows()[:, 0].numpy(), "v": "blue"})
    with pytest.raises(ValueError, match=r"discover expected x to be numbers.*encode columns"):
        search(table, table["u"])


def test_one_input_may_be_a_vector():
    x = rows(300, 1)[:, 0]
    found = search(x, x**2 + 1)
    assert found.formula == sympy.Symbol("x0") ** 2 + 1


def test_names_are_those_of_the_formula():
    x = rows(300)
    found = search(x, radius(x), input_names=["lambda", "width (mm)"], output_name="r")
    assert found.formula.free_symbols == set(symbols_of(["lambda", "width (mm)"]))
    assert found.model.input_names == found.input_names == ["lambda", "width (mm)"]
    assert "r = " in str(found)


def test_many_rows_are_sampled():
    x = rows(5000)
    found = search(x, radius(x))
    assert found.x.shape == (3000, 2)
    assert found.found


@pytest.mark.parametrize("value", [0.0, 2.0, 0.1, -3.3])
def test_a_constant_is_its_value_and_no_finding(value):
    found = search(rows(300), torch.full((300,), value, dtype=F64))
    assert not found.found
    assert found.reason == "y is constant"
    assert float(found.formula) == pytest.approx(value, abs=1e-12)
    assert found.winner.rmse <= 1e-12


@pytest.mark.parametrize(
    ("low", "inside"),
    [(0, lambda x: x[:, 0] > 0.2), (3, lambda x: x[:, 1] < -0.4)],
    ids=["above", "below"],
)
def test_two_classes(low, inside):
    x = rows(400, 2, -1, 1)
    found = search(x, torch.where(inside(x), low + 2, low), budget=60.0)
    assert found.accuracy is not None
    assert found.accuracy > 0.95
    assert f"test accuracy {found.accuracy:.3f}" in str(found)
    with torch.no_grad():
        right = (found.model(found.x[320:])[:, 0] > 0) == inside(found.x[320:])
    assert found.accuracy == pytest.approx(float(right.double().mean()))


@pytest.mark.parametrize(
    ("seen", "unseen", "is_found"), [(1.0, 1.0, True), (1.0, 3.0, False), (0.0, 1.0, False)]
)
def test_a_formula_must_hold_on_rows_that_no_fit_has_seen(seen, unseen, is_found):
    x, error = rows(500), 0.01 * noise(500)
    error[:400] *= seen
    error[400:] *= unseen
    edge = Edge(0, 0, LIBRARY["x"], 1.0, 0.0, 1.0)
    model = SymbolicKAN([SymbolicLayer(SymbolicEdges(2, torch.zeros(1, dtype=F64), [edge]))])
    y = x[:, 0] + error
    fixed = {"sign": 1.0, "train": 400, "library": LIBRARY, "reach": 16.0, "bar": None}
    clock = {"began": 0.0, "deadline": 0.0, "generator": torch.Generator()}
    data = Data(x, y, variance=float(y.var()), **fixed, **clock)
    verdict = _verdict(data, model)
    assert verdict.found == is_found
    assert is_found or "times as much on rows that no fit has seen" in verdict.reason


def test_a_short_formula_tells_the_moons():
    x, y = make_moons(800, noise=0.1, random_state=0)
    found = search(x, y, 60.0)
    assert found.found
    assert "unseen rows" in found.reason
    assert found.formula.count_ops() <= 20
    x, y = make_moons(2000, noise=0.1, random_state=1)
    with torch.no_grad():
        answer = found.model(torch.from_numpy(x))[:, 0] > 0
    assert float((answer == torch.from_numpy(y == 1)).double().mean()) >= 0.99


def test_classes_by_lot_are_no_formula():
    x = rows(400, 2, -1, 1)
    found = search(x, noise(400) > 0, budget=8.0)
    assert not found.found
    assert "the larger class" in found.reason or "a smooth function" in found.reason


def test_the_mean_of_two_classes_is_right_where_the_larger_one_is():
    x = rows(400, 2, -1, 1)
    inside = x[:, 0] > -0.5
    found = search(x, inside, budget=1e-9)
    assert found.accuracy == pytest.approx(float((found.x[320:, 0] > -0.5).double().mean()))


def test_numbers_have_no_accuracy():
    x = rows(300)
    assert search(x, product(x)).accuracy is None
    assert search(x, (3 * x[:, 0]).round().long(), budget=1e-9).accuracy is None


def test_too_little_time_is_the_mean():
    x = rows(200)
    found = search(x, hello(x), budget=1e-9)
    assert not found.found
    assert float(found.formula) == pytest.approx(float(found.model(x).detach().mean()))
    assert abs(float(found.formula) - float(hello(x).mean())) < 0.3 * float(hello(x).std())


def test_a_small_library_is_all_that_is_used():
    x = rows(300)
    library = ew.interpret.symbolic.LIBRARY.only("0", "x", "x^2")
    found = search(x, x[:, 0] ** 2 - x[:, 1], library=library, budget=5.0)
    assert found.found
    for formula in found.front:
        used = {f.name for layer in formula.model.stack() for f in layer.symbolic.functions}
        assert used <= {"x", "x^2", "1/x"}  # 1/x makes the ratios of groups


# ---- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x, y: (x.index_fill(0, torch.tensor([3]), torch.nan), y), "NaN or Inf"),
        (lambda x, y: (x, y.index_fill(0, torch.tensor([3]), torch.inf)), "NaN or Inf"),
        (lambda x, y: (x[:19], y[:19]), r"at least 20 rows and one input, got \(19, 2\)"),
        (lambda x, y: (x[:, :0], y), r"at least 20 rows and one input, got \(60, 0\)"),
        (lambda x, y: (x, y[:50]), r"got \(60, 2\) and \(50,\)"),
        (lambda x, y: (x, x), "one output at a time"),
        (lambda x, y: (x[None], y), r"x \(rows, in\)"),
    ],
)
def test_wrong_data(change, message):
    x = rows(60)
    with pytest.raises(ValueError, match=message):
        search(*change(x, radius(x)))


@pytest.mark.parametrize("names", [["a"], ["a", "b", "c"], ["a", "a"], []])
def test_names_that_do_not_fit(names):
    x = rows(60)
    with pytest.raises(ValueError, match="expected 2 different input names"):
        search(x, radius(x), input_names=names)
