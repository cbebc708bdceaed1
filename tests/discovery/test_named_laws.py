"""Named laws in searches: they are proposed at once, and formulas get their names."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import numpy as np
import pytest

import edgewise as ew
from edgewise.discovery.card import make_card
from edgewise.discovery.column_scales import Scales
from edgewise.discovery.problem import Problem
from edgewise.discovery.search import restrict
from edgewise.discovery.strategies import Named
from edgewise.discovery.strategies.named import uses_only, weight_of
from edgewise.formula.expression import Input, add, exact, free, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.laws.library import LAWS, get
from edgewise.laws.naming import divides_by_sum, name_formula
from edgewise.laws.suggest import every_law
from edgewise.search.budget import Budget
from every_pair import every_value

CURVES = {
    "michaelis_menten": lambda t: 3 * t / (1 + t),
    "gompertz": lambda t: 3 * np.exp(-5 * np.exp(-0.7 * t)),
    "two_gaussian": lambda t: 3 * np.exp(-((t - 3) ** 2)) + 5 * np.exp(-((t - 7) ** 2)) + 1,
    "damped_oscillation": lambda t: 3 * np.exp(-0.2 * t) * np.sin(2.5 * t + 0.3),
}


def propose(x, y, **settings):
    problem = Problem(x=x, y=y, **settings)
    budget = Budget(600, 8000)
    return list(Named().propose(problem, budget)), budget


def best_of(candidates, x, y):
    """The candidate with the least standard deviation of the residuals, and this."""
    left = [float((y - Program(c.tree).values(x)).std()) for c in candidates]
    return candidates[int(np.argmin(left))], min(left)


@pytest.mark.parametrize("name", CURVES)
def test_a_law_of_few_noisy_rows_is_proposed_at_once(name):
    rng = np.random.default_rng(2)
    t = np.sort(rng.uniform(0.1, 10, 30))
    y = CURVES[name](t)
    y = y + 0.01 * y.std() * rng.normal(size=30)
    candidates, budget = propose(t[:, None], y)
    assert budget.spent <= 8000
    assert len(candidates) <= 14
    called = [c for c in candidates if c.source == get(name).title]
    made, left = best_of(called, t[:, None], y)
    assert left < 0.015 * y.std()
    assert 3 < made.prior_bits < 16 or name == "two_gaussian"
    assert made.prior_bits > 40 or name != "two_gaussian"


def test_one_peak_is_a_law_and_a_sum_of_peaks_a_curve():
    known = {law.name: weight_of(law) for law in every_law()}
    assert known["gaussian_peak"] > known["one_gaussian"] > known["one_gaussian_line"] > 0
    assert known["damped_oscillation_offset"] > 0
    assert known["two_gaussian"] == known["three_gaussian_line"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "33*x1**(2/3)*sqrt(x0)",  # Manning
        "5*x1/(1 + x0/0.7 + x1)",  # competitive inhibition
        "exp(-(x1 - 2)**2)*x0",
        "4*exp(-0.6*x0)/x1",
        "7*x1/(0.8 + x1) + 0.4*x0",
        "8*x0*x1/(3*x2 - 0.2*x0) - 0.5*(x0/(3*x2))**2",  # van der Waals
    ],
)
def test_laws_of_several_columns_in_any_order(text):
    rng = np.random.default_rng(0)
    tree, names = parse_formula(text)
    x = rng.uniform(0.5, 4, (60, len(names)))
    y = Program(tree).values(x)
    y = y + 0.002 * y.std() * rng.normal(size=60)
    candidates, _ = propose(x, y)
    assert best_of(candidates, x, y)[1] < 0.003 * y.std()


def test_weights_count():
    t = np.linspace(0.2, 9, 40)
    y = 3 * t / (1 + t)
    y[::4] += 5.0
    weight = np.where(np.arange(40) % 4 == 0, 1e-9, 1.0)
    made = propose(t[:, None], y, weight=weight / weight.mean())[0][0]
    assert made.source == get("michaelis_menten").title
    assert np.allclose(Program(made.tree).values(t[:, None])[1:4], y[1:4], rtol=1e-3)


def test_two_classes_have_no_law():
    x = np.linspace(-1, 1, 60)[:, None]
    assert propose(x, np.sign(x[:, 0] - 0.01), threshold=0.0)[0] == []


def test_a_small_library_allows_its_functions_alone():
    small = LIBRARY.only("x", "x^2", "exp")
    assert uses_only(get("exponential"), small)
    assert uses_only(get("parabola"), small)
    assert not uses_only(get("power_law"), small)
    assert not uses_only(get("sine"), small)
    assert not uses_only(get("michaelis_menten"), small)
    assert all(uses_only(law, LIBRARY) for law in LAWS.values())


@pytest.mark.parametrize(
    ("text", "names", "title"),
    [
        ("3.5 - 0.7/(x0 + 0.2)", ["S"], "Michaelis–Menten"),
        ("2*exp(-0.3*x0) + 1", ["t"], "exponential decay to a limit"),
        ("1.5 + 1.5*tanh(0.35*x0 - 1.05)", ["t"], "logistic growth"),
        ("0.5*x0*x1**2", ["m", "v"], "kinetic energy"),
        ("8.3*x0*x1/x2", ["n", "T", "V"], "ideal gas law"),
        ("6.28*sqrt(x0/x1)", ["l", "g"], "product of powers"),
        ("x0*x1*x2*x3", ["a", "b", "c", "d"], "power law of four variables"),
        ("2*x0**1.4*x1*x2/x3*sqrt(x4)", list("abcde"), "power law of five variables"),
        ("sin(x0) + x1", ["a", "b"], None),
        ("x0**3 + x0**2 + x0", ["a"], None),
        ("2.0", ["a"], None),
    ],
)
def test_a_formula_that_is_a_law_gets_its_name(text, names, title):
    tree, _ = parse_formula(text)
    x = np.random.default_rng(0).uniform(0.3, 5, (80, len(names)))
    y = Program(tree).values(x) + 0.001 * np.random.default_rng(1).normal(size=80)
    named = name_formula(tree, x, y, None, names)
    assert (None if named is None else named.law.title) == title
    if named is not None:
        assert named.deviation == pytest.approx(0.001, rel=0.3)
        assert set(named.inputs) == set(names)
        assert np.allclose(named.predict(dict(zip(names, x.T, strict=True))), y, atol=0.01)


@pytest.mark.parametrize(
    ("text", "name", "output", "law"),
    [
        *(("3.2*x0/(x0 + 2.5)", n, o, w) for n, o, w in [
            ("c", "q", "langmuir"), ("S", "v", "michaelis_menten"), ("c", "y", "michaelis_menten"),
            ("spawners", "recruitment", "beverton_holt"), ("pressure", "price", "michaelis_menten"),
        ]),
        *(("54 - 44*exp(-0.23*x0)", n, o, w) for n, o, w in [
            ("t", "L", "von_bertalanffy"), ("t", "y", "exponential_offset"),
        ]),
        *(("1 - exp(-0.05*x0**2.6)", n, o, w) for n, o, w in [
            ("t", "X", "avrami"), ("s", "P", "weibull_strength"),
        ]),
        ("6*exp(-0.05*log(x0)**2)", "x", "y", "lognormal_peak"),
        ("4.85/((x0 - 8)**2 + 0.81) + 2", "x", "y", "one_lorentzian"),
        ("0.05*x0 + 4.85/((x0 - 8)**2 + 0.81) + 2", "x", "y", "one_lorentzian_line"),
        ("9*exp(-0.06*x0) + 6*exp(-0.41*(x0 - 8)**2) + 9*exp(-0.194*(x0 - 15)**2)", "x", "y",
         "two_gaussian_decay"),
        ("13/((x0 - 15)**2 + 1.44) + 2.5/((x0 - 22)**2 + 0.63) + 4.8/((x0 - 8)**2 + 0.8) + 2",
         "x", "y", "three_lorentzian"),
    ],
)  # fmt: skip
def test_names_choose_among_equal_functions(text, name, output, law):
    """Of names that tell nothing the law with the fewest numbers is taken."""
    tree, _ = parse_formula(text)
    x = np.random.default_rng(0).uniform(0.5, 28, (80, 1))
    y = Program(tree).values(x)
    named = name_formula(tree, x, y, None, [name], output=output)
    assert named.law.name == law
    np.testing.assert_allclose(named.predict({name: x[:, 0]}), y, rtol=1e-6)


PARAMETERS_IN_COLUMNS = [
    ("2*pi*sqrt(x0/x1)", ["l", "g"], "T", "pendulum"),
    ("2*pi*sqrt(x1/x0)", ["gravity", "length"], "period", "pendulum"),
    ("x0*x1", ["R", "I"], "V", "ohm"),
    ("x0*x1", ["stiffness", "extension"], "force", "hooke"),
    ("8.99*x0*x1/x2**2", ["q1", "q2", "r"], "F", "coulomb"),
    ("x0*x1*x2/x3", ["R", "n", "T", "V"], "p", "ideal_gas"),
    ("x0*x1/(x1 - x0)", ["f", "g"], "b", "thin_lens"),
    ("x0*x1/(x2 + x1)", ["Vmax", "S", "Km"], "v", "michaelis_menten"),
    ("2.5*x0/(x1*(1 + x2/0.3) + x0)", ["S", "Km", "I"], "v", "competitive_inhibition"),
    ("x0**2*sin(2*x1)/x2", ["v", "a", "g"], "R", "projectile_range"),
    ("x0*exp(-x1/(8.314462618*x2))", ["A", "Ea", "T"], "k", "arrhenius"),
    ("x0*(x1 - x2)/(x1 + x2)", ["g", "m1", "m2"], "a", "atwood"),
]


@every_value(case=PARAMETERS_IN_COLUMNS, noise=[0.01, 0.0])
def test_a_parameter_of_a_law_may_be_a_column(case, noise):
    text, names, output, law = case
    columns = [f"x{i}" for i in range(len(names))]
    tree, _ = parse_formula(text, columns)
    x = np.random.default_rng(0).uniform(0.3, 5, (60, len(names)))
    y = Program(tree).values(x)
    y = y + noise * y.std() * np.random.default_rng(1).normal(size=60)
    named = name_formula(tree, x, y, None, names, output=output)
    assert named.law.name == law
    assert set(named.inputs) == set(names)
    assert np.allclose(named.predict(dict(zip(names, x.T, strict=True))), y, atol=0.1 * y.std())
    assert all(named.title in text for text in (str(named), repr(named)))
    assert named.title in unescape(named._repr_html_())
    nameless = name_formula(tree, x, y, None, columns)
    assert nameless is None or nameless.law.title != named.title


def test_the_number_of_a_law_must_be_its_own():
    """Without numbers to fit, 6.1·√(l/g) is no pendulum: the rows say so; 6.27 they allow."""
    x = np.random.default_rng(0).uniform(0.3, 5, (60, 2))
    y = 2 * np.pi * np.sqrt(x[:, 0] / x[:, 1])
    y = y * (1 + 0.02 * np.random.default_rng(1).normal(size=60))
    titles = {}
    for factor in (6.1, 6.27):
        tree, _ = parse_formula(f"{factor}*sqrt(x0/x1)", ["x0", "x1"])
        rows = y * factor / 6.28
        titles[factor] = name_formula(tree, x, rows, None, ["l", "g"], output="T").title
    assert titles == {6.1: "product of powers", 6.27: "period of a pendulum"}


@pytest.mark.parametrize(
    ("names", "output"), [(["m", "k"], "T"), (["R", "I"], "price"), (["a", "b"], "V")]
)
def test_a_product_of_other_columns_is_no_law(names, output):
    x = np.random.default_rng(0).uniform(0.3, 5, (60, 2))
    text = "2*pi*sqrt(x0/x1)" if output == "T" else "x0*x1"
    tree, _ = parse_formula(text, ["x0", "x1"])
    named = name_formula(tree, x, Program(tree).values(x), None, names, output=output)
    assert named.title in ("product of powers", "power law of two variables")


def test_a_column_below_the_bound_of_its_parameter_has_no_law():
    tree, _ = parse_formula("x0*x1/(x2 + x1)", ["x0", "x1", "x2"])
    x = np.random.default_rng(0).uniform(0.3, 5, (60, 3))
    x[:, 2] = -6 - x[:, 2]
    names = ["Vmax", "S", "Km"]
    assert name_formula(tree, x, Program(tree).values(x), None, names, output="v") is None


def test_a_column_of_one_value_has_no_power():
    tree, _ = parse_formula("0.5*x0*x1**2")
    x = np.random.default_rng(0).uniform(0.3, 5, (40, 2))
    x[:, 0] = 1.2
    assert name_formula(tree, x, Program(tree).values(x), None, ["m", "v"]) is None


def test_the_title_of_a_law_is_its_own():
    titles = [law.title for law in LAWS.values()]
    assert len(set(titles)) == len(titles)


def test_discover_says_the_name():
    rng = np.random.default_rng(0)
    conc = rng.uniform(0.05, 1.1, 120)
    rate = 212.7 * conc / (0.0641 + conc)
    rate = rate + 0.01 * rate.std() * rng.normal(size=120)
    found = ew.discover(
        conc[:, None], rate, input_names=["S"], evaluations=5000, budget=600, progress=False
    )
    law = found.winner.law
    assert law.law.name == "michaelis_menten"
    assert law.estimates["Km"] == pytest.approx(0.0641, abs=4 * law.errors["Km"])
    assert "Michaelis–Menten: Vmax = 212." in str(found)
    card = make_card(found)
    assert "Known as “Michaelis–Menten”: y = Vmax*S/(Km + S) with Vmax = 212." in card.meaning


@pytest.mark.parametrize(
    ("text", "divides"),
    [
        *(("2*x0**2 + 3*x0", False), ("(x0 + 1)**3", False), ("x1/x0 + 5", False)),
        *(("x0/(x0 + 2)", True), ("sqrt(x0**2 + x1)", True), ("1/(x0*(x1 + 3))", True)),
    ],
)
def test_sums_below_a_line_or_under_a_root(text, divides):
    tree, _ = parse_formula(text)
    assert divides_by_sum(tree, tree.inputs) is divides
    assert divides_by_sum(power(add(Input(0), exact(1)), free(0.7)), frozenset({0})) is None


def swing(rows=40, noise=0.005):
    """Lengths and accelerations, and periods of pendulums."""
    g = np.random.default_rng(5)
    x = np.stack([g.uniform(0.1, 2, rows), g.uniform(1.6, 24, rows)], 1)
    return x, 2 * np.pi * np.sqrt(x[:, 0] / x[:, 1]) * (1 + noise * g.normal(size=rows))


def test_a_law_whose_parameter_is_a_column_is_tried_with_its_own_constants():
    x, y = swing()
    found = {
        names: list(Named().propose(Problem(x, y, names=names), Budget(60, 10_000)))
        for names in [("l", "g", "T"), ("a", "b", "c"), ()]
    }
    told = [c for c in found["l", "g", "T"] if c.source == "period of a pendulum"]
    assert [str(c.tree.free_count) for c in told] == ["0"]
    np.testing.assert_allclose(
        Program(told[0].tree).values(x), 2 * np.pi * (x[:, 0] / x[:, 1]) ** 0.5
    )
    assert told[0].prior_bits < min(c.prior_bits for c in found[()] if c.tree.inputs == {0, 1})
    assert [c.source for c in found["a", "b", "c"]] == [c.source for c in found[()]]


def test_names_follow_the_columns_and_leave_scaled_ones():
    x, y = swing()
    problem = Problem(np.c_[x, x[:, 0] ** 2], y, names=("l", "g", "u", "T"))
    assert restrict(problem, [1, 2]).names == ("g", "u", "T")
    assert Scales.of(problem).divide(problem).names == problem.names
    large = replace(problem, y=1e200 * y)
    assert Scales.of(large).divide(large).names == ()


def test_named_columns_make_a_law_of_few_rows():
    x, y = swing()
    found = ew.discover(
        x, y, input_names=["l", "g"], output_name="T", evaluations=10_000, progress=False
    )
    assert found.verdict.kind == "law"
    assert (found.winner.source, str(found.winner)) == ("period of a pendulum", "2*pi*sqrt(l/g)")


@pytest.mark.parametrize("text", ["x0*x1", "x0/x1", "2*x0*exp(-x1)"])
def test_a_law_whose_fit_determines_nothing_is_no_name(text):
    """Powers of negative numbers have no slopes by exponents, and "the fit did not converge".

    And 2 x0 e^(-x1) is Bateman's function with a rate of absorption that is infinite.
    """
    low = 0.5 if "exp" in text else -2.0
    x = np.random.default_rng(0).uniform(low, 2, (100, 2))
    tree, _ = parse_formula(text)
    y = Program(tree).values(x)
    for noise in (0.0, 0.01):
        law = name_formula(tree, x, y + noise * np.random.default_rng(1).normal(size=100))
        assert law is None or (law.converged and np.isfinite(list(law.errors.values())).all())
    positive = np.abs(x)
    law = name_formula(tree, positive, Program(tree).values(positive))
    assert law is None or law.converged
