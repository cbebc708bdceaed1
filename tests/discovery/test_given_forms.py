"""A form that is given: its text, curves of its unknown functions, their names, and errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import edgewise as ew
from edgewise.discovery.known import Known
from edgewise.discovery.penalised_spline import PenalisedSpline
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.discovery.template import read_template
from edgewise.discovery.unknown_functions import fit_unknowns
from edgewise.discovery.verdict import given_bits
from edgewise.formula.expression import Input
from edgewise.formula.library import LIBRARY
from edgewise.formula.printing import to_sympy, to_text
from edgewise.formula.program import Program

COLUMNS = ["x1", "x2", "x3"]


def rows(count=150, seed=0):
    return np.random.default_rng(seed).uniform(0.5, 3, (count, 3))


def noise(count=150, seed=1, size=0.01):
    return size * np.random.default_rng(seed).normal(size=count)


def fit(text, y, x=None):
    x = rows() if x is None else x
    return fit_unknowns(read_template(text, COLUMNS, LIBRARY), x, y, None, 0)


# ---- texts ------------------------------------------------------------------------------------


def test_a_form_has_columns_numbers_and_unknown_functions():
    template = read_template("a*x1 + b*x2/F(x3) + sin(x1)", COLUMNS, LIBRARY)
    assert template.numbers == ("a", "b")
    assert [u.name for u in template.unknowns] == ["F"]
    filled = template.fill([2.0, 3.0], [parse("exp(x0) + 1")])
    x = rows(5)
    expected = 2 * x[:, 0] + 3 * x[:, 1] / (np.exp(x[:, 2]) + 1) + np.sin(x[:, 0])
    np.testing.assert_allclose(Program(filled).values(x), expected, rtol=1e-14)


def parse(text):
    from edgewise.formula.parse import parse_formula

    return parse_formula(text)[0]


@pytest.mark.parametrize("column", ["x2 [m]", "S [mM]", "flow rate", "2nd"])
def test_a_form_names_columns_as_the_table_does(column):
    template = read_template(f"a*x1 + F({column})", ["x1", column], LIBRARY)
    assert template.numbers == ("a",)
    assert [u.arguments for u in template.unknowns] == [(Input(1),)]
    alone = read_template(f"y = a*{column}/(b + x1)", ["x1", column], LIBRARY)
    x = rows(5)[:, :2]
    np.testing.assert_allclose(
        Program(alone.fill([2.0, 3.0], [])).values(x), 2 * x[:, 1] / (3 + x[:, 0])
    )


def test_written_numbers_are_held_and_named_ones_are_free():
    template = read_template("9.81*a*x1", COLUMNS, LIBRARY)
    filled = template.fill([2.0], [])
    exact = [n.value for n in filled.numbers() if n.exact is not None]
    assert 9.81 in exact or len(filled.numbers()) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a*x1 +", "such as 'sin"),
        ("a*x1 + x9", "lower-case names of numbers to fit in form, got 'x9'"),
        ("a*Speed", "got 'Speed'"),
        ("a*x1 + a*x2", "each number of form once, got 'a' 2 times"),
        ("F(x1) + F(x2)", "each unknown function once"),
        ("F(x1, x2, x3)", "one or two variables"),
        ("a*x1 + F(b)", "function of columns"),
        ("a + b", "to name a column"),
        ("x1 if x2 else x3", "expected numbers, names"),
        ("x1/2.5", "a number to fit or an unknown function"),
        ("a*x1(x2 + 1)", r"got x1\(…\), a column: write x1\*\("),
        (3, "form as a text"),
    ],
)
def test_texts_that_are_no_form(text, words):
    with pytest.raises(ValueError, match=words):
        read_template(text, COLUMNS, LIBRARY)


# ---- curves -----------------------------------------------------------------------------------


def test_splines_have_a_unit_sum_slopes_and_unpenalised_lines():
    at = np.linspace(2, 5, 60)[:, None]
    spline = PenalisedSpline.over(at, 60)
    base = spline.basis(at)
    np.testing.assert_allclose(base.sum(1), 1, atol=1e-13)
    coef = np.random.default_rng(0).normal(size=spline.size)
    step = 1e-6
    inner = at[5:-5]
    slope = (spline.basis(inner + step) - spline.basis(inner - step)) @ coef / (2 * step)
    np.testing.assert_allclose(spline.basis(inner, slope_of=0) @ coef, slope, atol=1e-5)
    line = np.linspace(1, 2, spline.size)
    assert abs(line @ spline.penalty @ line) < 1e-12


def test_the_jacobian_is_that_of_differences():
    x = rows(40)
    fitted = fit("a*x1 + G(x2 + c*x3)", x[:, 0] + np.sin(x[:, 1] + 0.7 * x[:, 2]), x)
    problem, state = fitted.problem, fitted.state
    jacobian = problem.jacobian(state)
    step = 1e-6
    for place in range(jacobian.shape[1]):
        move = np.zeros(jacobian.shape[1])
        move[place] = step
        up = problem.values(problem.unpack(state, move))
        down = problem.values(problem.unpack(state, -move))
        wrong = np.abs(jacobian[:, place] - (up - down) / (2 * step)) > 1e-5
        assert wrong.sum() <= 2  # The curve has a corner at its first and last argument.


def test_a_curve_and_a_number_are_found_with_an_honest_band():
    x = rows()
    truth = 1 + np.exp(-np.linspace(0.6, 2.9, 40))
    y = 2 * x[:, 0] + x[:, 1] / (1 + np.exp(-x[:, 2])) + noise()
    fitted = fit("a*x1 + x2/F(x3)", y)
    assert fitted.state.numbers[0] == pytest.approx(2, abs=0.01)
    value, error = fitted.curve(0, np.linspace(0.6, 2.9, 40)[:, None])
    inside = np.abs(value - truth) <= 2 * error
    assert inside.mean() >= 0.8
    assert error.max() < 0.02
    assert fitted.noise == pytest.approx(1e-4, rel=0.4)
    assert not fitted.notes


@pytest.mark.parametrize(
    ("text", "kind"),
    [("a*F(x1)", "a was set to 1"), ("F(x1) + b", "b was set to 0")],
)
def test_a_number_that_the_form_does_not_determine_is_fixed(text, kind):
    fitted = fit(text, np.sin(rows()[:, 0]) + 2 + noise())
    assert [n for n in fitted.notes if n.startswith(kind)]


def test_scale_and_shift_between_two_functions_are_normalised():
    x = rows()
    product = fit("F(x1)*G(x2)", np.exp(x[:, 0]) * np.sin(x[:, 1]) + noise())
    assert product.notes == ("G has mean 1: the form doesn't determine its scale",)
    mean = product.curve(1, x[:, 1:2])[0].mean()
    assert mean == pytest.approx(1, abs=1e-3)
    total = fit("F(x1) + G(x2)", np.exp(x[:, 0]) + np.sin(x[:, 1]) + noise())
    assert total.notes[0].startswith("G has mean 0")


def test_a_function_of_two_variables():
    x = rows(300, seed=4)
    y = 1.5 * x[:, 2] + np.sin(x[:, 0] * x[:, 1]) + noise(300)
    fitted = fit_unknowns(read_template("a*x3 + F(x1, x2)", COLUMNS, LIBRARY), x, y, None, 0)
    assert fitted.state.numbers[0] == pytest.approx(1.5, abs=0.02)
    value, _ = fitted.curve(0, x[:, :2])
    assert np.std(value - np.sin(x[:, 0] * x[:, 1])) < 0.1


# ---- names ------------------------------------------------------------------------------------


def test_an_unknown_function_gets_its_formula():
    x = rows()
    truth = 2 * x[:, 0] + 3 * x[:, 1] * np.exp(-0.8 * x[:, 2])
    found = ew.discover(
        x, truth + noise(), input_names=COLUMNS, form="a*x1 + b*x2*F(x3)", budget=1000,
        evaluations=6000, library=["x", "exp", "1/x", "x^2"], progress=False,
    )  # fmt: skip
    assert np.std(found.predict(x) - truth) < 0.005
    assert "exp(" in str(found.winner)
    assert list(found.curves) == ["F"]
    table = found.curves["F"].table()
    assert list(table.columns) == ["u", "F", "low", "high"]
    assert (table["low"] < table["high"]).all()
    assert "b was set to 1" in found.curves["F"].notes[0]


def test_a_form_without_unknown_functions_is_a_fit_of_its_numbers():
    x = rows()
    found = ew.discover(
        x, 2.5 * x[:, 0] + 1.5 * np.exp(-0.75 * x[:, 1]), input_names=COLUMNS,
        form="a*x1 + b*exp(-c*x2)", progress=False,
    )  # fmt: skip
    assert found.verdict.kind == "exact"
    assert sorted(round(abs(n.value), 6) for n in found.winner.tree.numbers()) == [0.75, 1.5, 2.5]


@pytest.mark.parametrize("form", ["a*x1 + F(x2)", "a*x1 + b*x2 + c"])
def test_no_formula_leaves_the_form(form):
    """In a sum of functions of x1 and of x2, a change of x1 has the same effect at any x2."""
    x = rows()
    found = ew.discover(
        x, x[:, 0] * x[:, 1] + noise(), input_names=COLUMNS, form=form, evaluations=8_000,
        budget=300, progress=False,
    )  # fmt: skip
    assert found.verdict.kind == "approximation"
    corners = np.array([[0.7, 0.9, 1], [0.7, 1.8, 1], [1.6, 0.9, 1], [1.6, 1.8, 1]])
    for formula in (*found.front, *found.alternatives):
        a, b, c, d = formula.predict(corners)
        assert a - b - c + d == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("form", ["-1.3*sin(x1) + F(x2)", "-1.3*sin(x1) + a*x2"])
def test_numbers_that_are_written_stay_where_the_rows_prefer_others(form):
    """The rows say 1.29; nowhere may the written part be anything but 1.3 times the sine."""
    x = rows() - 1.5
    y = -1.29 * np.sin(x[:, 0]) - 0.2 * x[:, 1] + noise(size=0.02)
    found = ew.discover(
        x, y, input_names=COLUMNS, form=form, evaluations=4_000, budget=300, progress=False
    )
    assert "1.3*sin(x1)" in str(found.winner) or "13*sin(x1)/10" in str(found.winner)
    turned = np.array([[1.0, 0.4, 0.0], [0.0, 0.4, 0.0]])
    for formula in (found.winner, *found.front, *found.alternatives):
        change = -np.subtract(*formula.predict(turned))
        assert change == pytest.approx(1.3 * np.sin(1.0), abs=1e-12)


@pytest.mark.parametrize("value", ["1.380649e-23", "3.14159265358979", "8.314462618"])
def test_constants_of_nature_are_held_and_written_as_they_are(value):
    filled = read_template(f"a + {value}*x1", COLUMNS, LIBRARY).fill([2.5], [])
    assert [n.value for n in filled.numbers() if n.exact is not None] == [float(value)]
    assert to_text(filled, COLUMNS) == f"{value}*x1 + 2.5"
    assert str(to_sympy(filled, COLUMNS)) == f"{value}*x1 + 2.5"


def test_an_unknown_function_may_be_a_wave_of_many_periods():
    t = np.linspace(0, 24, 300)
    x = np.stack([np.exp(-0.1 * t) * np.cos(1.4 * t), t], 1)
    y = -2 * x[:, 0] + 0.8 * np.cos(1.3 * t)
    found = ew.discover(
        x, y, input_names=["z", "t"], form="a*z + F(t)", evaluations=4_000, budget=300,
        progress=False,
    )  # fmt: skip
    assert found.verdict.kind == "exact"


@pytest.mark.parametrize(
    ("options", "words"),
    [({"start": ["x1"]}, "form without start"), ({"units": {"x1": "m"}}, "form without units")],
)
def test_what_does_not_go_with_a_form(options, words):
    x = rows()
    with pytest.raises(ValueError, match=words):
        ew.discover(x, x[:, 0], input_names=COLUMNS, form="a*x1", progress=False, **options)


def test_only_the_part_that_was_found_has_to_be_likely_beforehand():
    x = rows(200)
    y = 2 * x[:, 0] + 3 * x[:, 1] * np.exp(-0.8 * x[:, 2]) + noise(200, size=0.02)
    settings = {"input_names": COLUMNS, "budget": 300, "progress": False}
    found = ew.discover(x, y, form="a*x1 + b*x2*F(x3)", evaluations=8_000, **settings)
    same = Problem(x, y)
    given = given_bits(replace(same, known=Known(template=fit("a*x1 + b*x2*F(x3)", y, x))))
    assert found.evidence.statistics.prior == pytest.approx(found.evidence.one.prior - given)
    assert given_bits(same) == 0
    assert given == pytest.approx(
        formula_bits(parse("1.5*x0 + 1.5*x1*x2"), 3) - formula_bits(Input(2), 3)
    )


@pytest.mark.parametrize("form", ["a*x0 + b", "F(x0)", "a*x0 + F(x1)", "k*x0/(x0 + b)"])
@pytest.mark.parametrize("value", [0.0, 3.0, 2.0**63])
def test_a_form_of_a_constant_is_refused(form, value):
    x = np.random.default_rng(0).uniform(1, 2, (20, 2))
    with pytest.raises(ValueError, match=r"varies with form, got .* leave form out"):
        ew.discover(x, np.full(20, value), form=form, progress=False)


def test_a_form_without_finite_errors_is_named():
    """Its number changes nothing, so that nothing is left to fit, and all values are e^(e^e^…)."""
    random = np.random.default_rng(0)
    x = random.uniform(0.2, 3, (30, 2))
    y = 2 * x[:, 0] + np.sin(x[:, 1]) + 0.01 * random.normal(size=30)
    with pytest.raises(ValueError, match=r"finite errors on rows left out, got none .* check form"):
        ew.discover(x, y, form="exp(exp(exp(a*x0)))", budget=0.5, evaluations=100, progress=False)


@pytest.mark.parametrize("left", ["y = ", "y=", "rate ~ "])
def test_a_left_hand_side_is_passed_over(left):
    form = read_template(left + "a*x0 + F(x1)", ["x0", "x1"], LIBRARY)
    assert form.tree.key == read_template("a*x0 + F(x1)", ["x0", "x1"], LIBRARY).tree.key


def test_a_form_has_one_sign_of_equality():
    with pytest.raises(ValueError, match="discover form: expected a formula such as"):
        read_template("y = x0 = a*x1", ["x0", "x1"], LIBRARY)


def test_curves_of_two_arguments_are_flat_beyond_their_rows():
    """Slopes are those of differences inside, and 0 along an argument that is beyond its range."""
    rows = np.random.default_rng(0).uniform(-1, 1, (60, 2))
    spline = PenalisedSpline.over(rows, 60)
    at = np.array([[0.2, -0.3], [1.7, 0.1], [0.1, -2.0], [3.0, 3.0]])
    for n in range(2):
        step = 1e-6 * np.eye(2)[n]
        slopes = (spline.basis(at + step) - spline.basis(at - step)) / 2e-6
        np.testing.assert_allclose(spline.basis(at, n), slopes, atol=1e-7)


@pytest.mark.parametrize("frequency", [1.3, 21.0])
def test_an_unknown_frequency_is_found(frequency):
    """Residuals have a minimum for each frequency, and descents from about 1 found the nearest."""
    t = np.linspace(0, 10, 150)
    x = np.column_stack([t, rows()[:, 1:]])
    y = 1.5 * np.cos(frequency * t) + 0.7 * x[:, 1] + np.log(x[:, 2]) + noise()
    made = fit("a*cos(w*x1) + b*x2 + F(x3)", y, x)
    numbers = dict(zip(made.template.numbers, made.state.numbers, strict=True))
    assert numbers["w"] == pytest.approx(frequency, rel=1e-3)
    assert numbers["a"] == pytest.approx(1.5, rel=0.01)
    assert made.noise == pytest.approx(1e-4, rel=0.4)


# ---- names of unknown functions ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "law", "found"),
    [
        ("a*x1*F(x2, x3)", lambda x: 2 * x[0] * np.exp(-x[1] / x[2]), "2*x1*exp(-x2/x3)"),
        ("F(x1)*G(x2)", lambda x: 2 * x[0] * np.exp(-x[1]), "2*x1*exp(-x2)"),
    ],
)
def test_short_functions_are_tried_first(form, law, found):
    """A function's simplest names take no work, and were left out where work is short."""
    x = rows(200)
    result = ew.discover(
        x, law(x.T), input_names=COLUMNS, form=form, evaluations=3000, progress=False
    )
    assert result.verdict.kind == "exact", result
    assert str(result.winner) == found


def test_limits_hold_for_the_whole_form_and_leave_it_its_form():
    x = rows(80)[:, :2]
    y = 2 * x[:, 0] * np.exp(-x[:, 1]) + noise(80, size=0.02)
    limits = {"slopes": {"x1": "decreasing"}, "at": [{"x0": 0, "y": 0}]}
    found = ew.discover(
        x, y, form="F(x0)*G(x1)", sigma=0.02, limits=limits, evaluations=3000, progress=False
    )
    assert str(found.winner) == "2*x0*exp(-x1)"
    # With the factor x0 it can't decrease by x0; without it, it isn't of the form.
    limits = {"slopes": {"x0": "decreasing"}}
    found = ew.discover(x, y, form="x0*F(x1)", limits=limits, evaluations=500, progress=False)
    assert "has the given form and obeys the limits" in str(found)
    assert not found.winner.tree.inputs
    assert "obeys the limits: search without one of both" in found._repr_html_()


def test_an_unknown_function_is_told_in_one_line():
    curve = ew.discovery.UnknownCurve(
        "F", np.array([[0.5, 1.0], [2.0, 3.0]]), np.zeros(2), np.full(2, 0.1), notes=()
    )
    told = "<UnknownCurve F: arguments 0.5 to 2 and 1 to 3, 95 % band of width 0.39>"
    assert repr(curve) == told
